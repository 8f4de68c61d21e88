// Landing text that a reader has checked and numbered.
import { createWriteStream } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDuckdb } from '../../../src/engine/duckdb/engine.js';
import { type Engine, rowsOf } from '../../../src/engine/engine.js';
import type { Lander } from '../../../src/engine/lander.js';

let folder: string;
let engine: Engine & Lander;
let last = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carelake-lander-'));
  engine = await openDuckdb({ memory: 500_000_000, threads: 2, temporary: join(folder, 'spill') });
});
afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true });
});

const landing = (text: string, columns: number) => ({
  text,
  columns,
  delimiter: ',',
  multiline: true,
  file: 'visits.csv',
  output: join(folder, `landed-${++last}.parquet`),
});
const read = (path: string, sql = 'select * from landed order by _row') =>
  rowsOf<Record<string, unknown>>(engine, { name: 'read', sql, inputs: { landed: [path] } });
const written = async (text: string) => {
  const path = join(folder, `text-${++last}.txt`);
  await writeFile(path, text);
  return path;
};
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

test('keeps every field as text beside its file and numbers; an empty field, quoted or not, is NULL', async () => {
  const text = await written('1,2,1,007,,"a ""b"", c"\n2,3,2,NULL,"","line\r\nend"\n');
  const job = { ...landing(text, 3), file: "it's [a]/v.csv" };
  expect(await engine.land(job)).toEqual({ rows: 2 });
  expect(await read(job.output)).toEqual([
    { _file: "it's [a]/v.csv", _row: 1, _line: 2, _lines: 1, c0: '007', c1: null, c2: 'a "b", c' },
    { _file: "it's [a]/v.csv", _row: 2, _line: 3, _lines: 2, c0: 'NULL', c1: null, c2: 'line\r\nend' },
  ]);
});

test('an empty text lands as a file without rows', async () => {
  const job = landing(await written(''), 2);
  expect(await engine.land(job)).toEqual({ rows: 0 });
  expect(await read(job.output)).toEqual([]);
});

test('any text in a quoted field comes back as it was, at every delimiter', async () => {
  const unit = fc.constantFrom('a', 'é', '😀', '"', ',', ';', '\t', '|', '\n', '\r', ' ', '#', "'", '\\', '1,2,1,x\n');
  const field = fc.string({ unit, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(field, field), { maxLength: 20 }),
      fc.constantFrom(',', ';', '\t', '|'),
      async (rows, delimiter) => {
        const lines = rows.map(([a, b], row) => `${[row, row, 1, quoted(a), quoted(b)].join(delimiter)}\n`);
        const job = { ...landing(await written(lines.join('')), 2), delimiter };
        expect(await engine.land(job)).toEqual({ rows: rows.length });
        const found = (await read(job.output)).map(({ c0, c1 }) => [c0 ?? '', c1 ?? '']);
        expect(found).toEqual(rows);
      },
    ),
    { numRuns: 30 },
  );
});

test('long quoted fields full of lines that look like records stay fields', async () => {
  const inside = '7,7,1,fake,fake\n'.repeat(100_000);
  const text = join(folder, 'nested.txt');
  const lines = function* () {
    for (let row = 1; row <= 30; row++) yield `${row},${row},1,x${row},${quoted(inside)}\n`;
  };
  await pipeline(Readable.from(lines()), createWriteStream(text));
  const job = landing(text, 2);
  expect(await engine.land(job)).toEqual({ rows: 30 });
  const sql = "select count(*) as n from landed where c0 = 'x' || cast(_row as string) and length(c1) = 1600000";
  expect(await read(job.output, sql)).toEqual([{ n: 30 }]);
});

test('several threads find the same rows as one', async () => {
  const text = join(folder, 'many.txt');
  const lines = function* () {
    for (let row = 1; row <= 300_000; row++) yield `${row},${row + 1},1,v${row},"a, ""b""",${'x'.repeat(row % 90)}\n`;
  };
  await pipeline(Readable.from(lines()), createWriteStream(text));
  const sums = [];
  for (const multiline of [true, false]) {
    const job = { ...landing(text, 3), multiline };
    expect(await engine.land(job)).toEqual({ rows: 300_000 });
    sums.push(
      await read(
        job.output,
        "select cast(sum(_row) as bigint) as rows, cast(sum(length(c2)) as bigint) as x, min(c1) as c1, max(c1) as c2 from landed where c0 = 'v' || cast(_row as string)",
      ),
    );
  }
  expect(sums[0]).toEqual(sums[1]);
  expect(sums[0]?.[0]).toMatchObject({ rows: (300_000 * 300_001) / 2, c1: 'a, "b"', c2: 'a, "b"' });
});

test('10,000 columns land in the memory of an ordinary engine, which they leave alone', async () => {
  const fields = Array.from({ length: 10_000 }, (_, index) => `v${index}`).join(',');
  const text = await written(Array.from({ length: 50 }, (_, row) => `${row},${row},1,${fields}\n`).join(''));
  const job = landing(text, 10_000);
  expect(await engine.land(job)).toEqual({ rows: 50 });
  expect(await read(job.output, "select count(*) as n from landed where c0 = 'v0' and c9999 = 'v9999'")).toEqual([
    { n: 50 },
  ]);
  expect((await readdir(join(folder, 'spill'))).length).toBe(1);
});

test.each([
  ['too few fields', '1,1,1,a\n'],
  ['too many fields', '1,1,1,a,b,c\n'],
  ['a number that is none', 'x,1,1,a,b\n'],
])('a text that its reader should not have written is ENGINE_FAILED: %s', async (_, text) => {
  await expect(engine.land(landing(await written(text), 2))).rejects.toMatchObject({ code: 'ENGINE_FAILED' });
});

test('records behind a quote that is never closed vanish, which the count tells', async () => {
  expect(await engine.land(landing(await written('1,1,1,a,b\n2,2,1,a,"b\n3,3,1,a,b\n'), 2))).toEqual({ rows: 1 });
});
