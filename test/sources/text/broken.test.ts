// What is broken is rejected with its reason and its place, nothing else is, and the lines add up.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HEAD_BYTES, readHead } from '../../../src/sources/text/head.js';
import { collect, read } from './reading.js';

const values = (outcome: { records: { values: (string | null)[] }[] }) =>
  outcome.records.map(({ values }) => values.map((value) => value ?? '').join('|'));
const rejected = (outcome: { rejects: { line: number; reason: string }[] }) =>
  outcome.rejects.map(({ line, reason }) => `${line} ${reason}`);

describe('a mangled text', () => {
  const fragment = fc.constantFrom(
    '"',
    '""',
    ',',
    ',',
    '\n',
    '\n',
    '\r',
    '\r\n',
    'a',
    'b,c',
    'x,y\n',
    ' ',
    '\0',
    '\u001f',
    'é',
  );
  const bytes = fc
    .array(
      fc.oneof(
        { weight: 9, arbitrary: fragment.map((text) => Buffer.from(text)) },
        { weight: 1, arbitrary: fc.constant(Buffer.of(0xe9)) },
      ),
      {
        maxLength: 60,
      },
    )
    .map((parts) => Buffer.concat([Buffer.from('h1,h2\n'), ...parts]));

  it('loses no line: each is header, blank, accepted or rejected, and each record has a number of its own', async () => {
    await fc.assert(
      fc.asyncProperty(bytes, async (text) => {
        const { summary, records, rejects } = await read(text);
        const physical = text.toString('latin1').split(/\r\n|\r|\n/);
        const lines = physical.length - (physical.at(-1) === '' ? 1 : 0);
        expect(summary.lines).toBe(lines);
        const taken = new Array<number>(lines + 1).fill(0);
        const all = [...records, ...rejects].sort((a, b) => a.row - b.row);
        expect(all.map(({ row }) => row)).toEqual(all.map((_, index) => index + 1));
        for (const { line, lines: own } of all)
          for (let at = line; at < line + own; at++) taken[at] = (taken[at] ?? 0) + 1;
        const blank = physical.map(
          (line, index) => index > 0 && index < lines && taken[index + 1] === 0 && /^[ \t]*$/.test(line),
        );
        expect(taken.slice(2).map((count, index) => count === 1 || (count === 0 && blank[index + 1]))).not.toContain(
          false,
        );
        expect(blank.filter(Boolean)).toHaveLength(summary.blank);
      }),
      { numRuns: 500 },
    );
  });

  it('is read alike in chunks of any size', async () => {
    await fc.assert(
      fc.asyncProperty(bytes, fc.integer({ min: 1, max: 9 }), async (text, chunk) => {
        const whole = await read(text);
        const inParts = await read(text, { chunk, pieceBytes: 1 });
        expect({ ...inParts, pieces: [] }).toEqual({ ...whole, pieces: [] });
      }),
      { numRuns: 200 },
    );
  });
});

describe('a quote that is never closed', () => {
  it('costs only its own line in the middle of a file', async () => {
    const outcome = await read('id,name,age\n1,"Ann,30\n2,Bob,31\n3,"Cy, Jr.",32\n4,Di,33\n');
    expect(rejected(outcome)).toEqual(['2 quote_unterminated']);
    expect(values(outcome)).toEqual(['2|Bob|31', '3|Cy, Jr.|32', '4|Di|33']);
    expect(outcome.records.map(({ row, line }) => [row, line])).toEqual([
      [2, 3],
      [3, 4],
      [4, 5],
    ]);
  });

  it.each(['', '\n', '\r\n'])('costs only its own line at the end of a file that ends with %j', async (end) => {
    const outcome = await read(`id,name\n1,Ann\n2,"Bob${end}`);
    expect(rejected(outcome)).toEqual(['3 quote_unterminated']);
    expect(outcome.rejects[0]?.text).toBe('2,"Bob');
    expect(values(outcome)).toEqual(['1|Ann']);
  });

  it('costs only its own line where the rest of the file has no quote', async () => {
    const rest = Array.from({ length: 200_000 }, (_, index) => `${index},name of ${index}\n`).join('');
    const outcome = await read(`id,name\nx,"open\n${rest}`);
    expect(rejected(outcome)).toEqual(['2 quote_unterminated']);
    expect(outcome.summary.records).toBe(200_000);
  });

  it('does not swallow the good records up to the next quoted value', async () => {
    const outcome = await read('a,b\n1,"x\n2,y\n3,z\n4,"q"\n');
    expect(rejected(outcome)).toEqual(['2 quote_unterminated']);
    expect(values(outcome)).toEqual(['2|y', '3|z', '4|q']);
  });

  it('takes a time in proportion to the file even on every line', async () => {
    const text = `a,b,c\n${'1,"open,2\n'.repeat(300_000)}`;
    const outcome = await read(text);
    expect(outcome.summary.rejectedRecords).toBe(300_000);
  });
});

describe('a record with a wrong number of fields', () => {
  it('is rejected alone', async () => {
    const outcome = await read('a,b\n1\n1,2\n1,2,3\n1,2,\n,\n');
    expect(rejected(outcome)).toEqual(['2 too_few_fields', '4 too_many_fields', '5 too_many_fields']);
    expect(values(outcome)).toEqual(['1|2', '|']);
  });

  it('may end in a delimiter where the header does', async () => {
    const outcome = await read('a,b,\n1,2,\n');
    expect(outcome.head.columns).toEqual(['a', 'b', '']);
    expect(values(outcome)).toEqual(['1|2|']);
  });

  it('does not leave the torn end of a record of several lines as a record', async () => {
    const outcome = await read('a,b,c\n1,"x\ny",2,3\n4,5,6\n');
    expect(rejected(outcome)).toEqual(['2 quote_unterminated', '3 quote_unterminated']);
    expect(values(outcome)).toEqual(['4|5|6']);
  });
});

describe('other broken records', () => {
  it('are rejected for text after a closing quote', async () => {
    const outcome = await read('a,b\n"x"y,1\n"x" ,1\n2,3\n');
    expect(rejected(outcome)).toEqual(['2 text_after_quote', '3 text_after_quote']);
    expect(values(outcome)).toEqual(['2|3']);
  });

  it('are rejected for NUL bytes, with all lines of the record', async () => {
    const outcome = await read('a,b\n1,x\0\n2,"p\n\0q"\n3,y\n');
    expect(rejected(outcome)).toEqual(['2 nul_byte', '3 nul_byte']);
    expect(outcome.rejects.map(({ lines, text }) => [lines, text])).toEqual([
      [1, '1,x\u2400'],
      [2, '2,"p\n\u2400q"'],
    ]);
    expect(values(outcome)).toEqual(['3|y']);
  });

  it('keep the first 500 characters, never half of one', async () => {
    const outcome = await read(`a,b\n${'😀'.repeat(600)}\n${'é'.repeat(2000)}\n`);
    expect(outcome.rejects.map(({ text }) => text)).toEqual(['😀'.repeat(250), 'é'.repeat(500)]);
  });

  it('are written out in batches where there are very many', async () => {
    const outcome = await read(`a,b\n${'bad\n'.repeat(50_000)}1,2\n`, { pieceBytes: 100_000 });
    expect(outcome.summary).toMatchObject({ rejectedRecords: 50_000, rejectedLines: 50_000, records: 1 });
    expect(outcome.pieces.filter(({ kind }) => kind === 'rejects').length).toBeGreaterThan(3);
  });
});

describe('a line above the limit', () => {
  const limit = 16 * 1024 * 1024;

  it.each([0, 1])('is rejected from %i byte over the limit on', async (over) => {
    const outcome = await read(`a,b\n1,${'x'.repeat(limit - 2 + over)}\r\n2,3\n`, { chunk: 1024 * 1024 });
    expect(rejected(outcome)).toEqual(over === 0 ? [] : ['2 record_too_long']);
    expect(outcome.records.at(-1)).toMatchObject({ row: 2, line: 3, values: ['2', '3'] });
  });

  it('passes at a gigabyte in bounded memory', async () => {
    const start = Buffer.from('a,b\n1,2\n3,"');
    const filling = Buffer.alloc(1024 * 1024, 'x');
    async function* text() {
      yield start;
      for (let index = 0; index < 1024; index++) yield filling;
      yield Buffer.from('\n5,6\n');
    }
    const before = process.memoryUsage.rss();
    const outcome = await collect(
      text(),
      readHead('long.csv', Buffer.concat([start, filling]).subarray(0, HEAD_BYTES), false),
    );
    expect(process.memoryUsage.rss() - before).toBeLessThan(300 * 1024 * 1024);
    expect(rejected(outcome)).toEqual(['3 record_too_long']);
    expect(values(outcome)).toEqual(['1|2', '5|6']);
    expect(outcome.summary).toMatchObject({ lines: 4, bytes: start.length + 1024 * filling.length + 5 });
  });

  it('never makes a written record longer than a lander takes', async () => {
    const outcome = await read(`a,b\n1,x${'"'.repeat(limit - 10)}\n2,3\n`);
    expect(rejected(outcome)).toEqual(['2 record_too_long']);
    expect(values(outcome)).toEqual(['2|3']);
  });
});
