// Files as they should not be, through the real program: each is refused by name, or lands with every line accounted for.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ZipFile } from 'yazl';
import { header, landing, row, writeCorpus } from './hostile-files.js';
import { ended, type FileRow, type IngestDocument, Place, type StatusDocument } from './place.js';

async function zipOf(files: Readonly<Record<string, Buffer | string>>): Promise<Buffer> {
  const archive = new ZipFile();
  for (const [name, content] of Object.entries(files)) archive.addBuffer(Buffer.from(content), name);
  archive.end();
  const chunks: Buffer[] = [];
  for await (const chunk of archive.outputStream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

describe('is refused, with nothing stored:', () => {
  let place: Place;
  beforeAll(async () => {
    place = await Place.make();
  });
  afterAll(() => place.remove());

  const refused: readonly (readonly [
    what: string,
    name: string,
    content: () => Buffer | string | Promise<Buffer>,
    code: string,
    said: RegExp,
  ])[] = [
    ['an empty file', 'empty.csv', () => '', 'FILE_EMPTY', /empty\.csv/],
    ['blank lines alone', 'blank.csv', () => '\n \r\n\t\n', 'FILE_EMPTY', /blank lines/],
    ['a file without a header', 'bare.csv', () => row('a') + row('b'), 'TABLE_UNKNOWN', /bare\.csv.*no known column/],
    [
      'a table of something else',
      'cars.csv',
      () => 'plate,colour\nX,red\n',
      'TABLE_UNKNOWN',
      /cars\.csv.*"plate", "colour"/,
    ],
    [
      'a table without its id',
      'visits.csv',
      () => 'patient_id,visit_date,diagnosis_code\np1,2024-01-05,A00\n',
      'TABLE_UNKNOWN',
      /visits\.csv.*visit_id/,
    ],
    [
      'two columns that mean one field',
      'twice.csv',
      () => `visit_id,Visit-ID,patient_id,visit_date\na,b,p1,2024-01-05\n`,
      'TABLE_UNKNOWN',
      /"visit_id" and "Visit-ID" both mean visit_id/,
    ],
    ['random bytes', 'random.csv', () => randomBytes(100_000), 'FILE_NOT_TEXT', /random\.csv/],
    [
      'a workbook named .csv',
      'book.csv',
      () => zipOf({ 'xl/workbook.xml': '<x/>' }),
      'FILE_NOT_TEXT',
      /book\.csv is an Excel workbook/,
    ],
    [
      'an image named .csv',
      'scan.csv',
      () => Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
      'FILE_NOT_TEXT',
      /an image/,
    ],
    [
      'UTF-16 without its mark',
      'wide.csv',
      () => Buffer.from(header + row('a'), 'utf16le'),
      'FILE_NOT_TEXT',
      /UTF-16 without a byte order mark/,
    ],
    [
      'a header that is never closed',
      'quote.csv',
      () => `visit_id,"patient_id,visit_date\n${row('a')}`,
      'HEADER_UNREADABLE',
      /quote\.csv, line 1/,
    ],
    ['a header of 3 MB', 'long.csv', () => `visit_id,${'x'.repeat(3_000_000)}`, 'HEADER_TOO_LONG', /long\.csv/],
    [
      'a zip bomb',
      'bomb.zip',
      () => zipOf({ 'visits.csv': Buffer.alloc(150_000_000, 'a') }),
      'ARCHIVE_BOMB',
      /bomb\.zip\/visits\.csv: \d+ bytes inflate to 150000000/,
    ],
    [
      'a gzip bomb',
      'bomb.csv.gz',
      () => gzipSync(header + row('a').repeat(6_000_000)),
      'ARCHIVE_BOMB',
      /bomb\.csv\.gz/,
    ],
    [
      'a zip that leads out',
      'out.zip',
      async () =>
        Buffer.from(
          (await zipOf({ 'xx/visits.csv': header })).toString('latin1').replaceAll('xx/visits', '../visits'),
          'latin1',
        ),
      'ARCHIVE_UNSAFE_NAME',
      /\.\.\/visits\.csv/,
    ],
    ['a zip without a text', 'none.zip', () => zipOf({ 'readme.md': 'x' }), 'NO_FILES', /none\.zip\/readme\.md/],
    [
      'a zip cut short',
      'cut.zip',
      async () => (await zipOf({ 'visits.csv': header })).subarray(0, 60),
      'ARCHIVE_DAMAGED',
      /cut\.zip/,
    ],
    [
      'a gzip cut short',
      'cut.csv.gz',
      () =>
        gzipSync(header + Array.from({ length: 200_000 }, (_, n) => row(`v${n * 7919}`)).join('')).subarray(0, 500_000),
      'GZIP_TRUNCATED',
      /cut\.csv\.gz/,
    ],
    ['text that is no gzip', 'no.csv.gz', () => header, 'ARCHIVE_DAMAGED', /no\.csv\.gz/],
  ];

  test.each(refused)('%s', async (_, name, content, code, said) => {
    await writeFile(join(place.path, name), await content());
    const failure = await place.failure(['ingest', name]);
    expect(failure.code).toBe(code);
    expect(failure.detail).toMatch(said);
    expect(await readdir(place.lake('raw')).catch(() => [])).toEqual([]);
    const left = await readdir(place.lake('.scratch')).catch(() => []);
    expect(left.filter((entry) => entry !== 'locks')).toEqual([]);
  });

  test('a named pipe, which might never end', async () => {
    execFileSync('mkfifo', [join(place.path, 'pipe.csv')]);
    expect(await place.failure(['ingest', 'pipe.csv'])).toMatchObject({ code: 'FILE_UNREADABLE' });
  });

  test('a folder in which one file is whole and others are not: all of those are named', async () => {
    const folder = join(place.path, 'several');
    await mkdir(folder);
    await writeFile(join(folder, 'good.csv'), header + row('a'));
    await writeFile(join(folder, 'bad.csv'), '');
    await writeFile(join(folder, 'worse.csv'), randomBytes(1000));
    const { code, detail } = await place.failure(['ingest', 'several']);
    expect(code).toBe('FILES_UNREADABLE');
    expect(detail).toMatch(/FILE_EMPTY: bad\.csv[\s\S]*FILE_NOT_TEXT: worse\.csv/);
    expect(await readdir(place.lake('raw')).catch(() => [])).toEqual([]);
  });
});

describe('lands with every line accounted for:', () => {
  let place: Place;
  let landed: IngestDocument;
  let status: StatusDocument;
  let rejects: { file: string; line: number; code: string }[];
  let published: unknown[][];
  beforeAll(async () => {
    place = await Place.make();
    await writeCorpus(join(place.path, 'hostile'));
    landed = await place.json(['ingest', 'hostile', '--as', 'visits']);
    await place.json(['run']);
    status = await place.json(['status']);
    ({ rejects } = await place.json<{ rejects: typeof rejects }>(['rejects', '--limit', '1000']));
    published = await place.query('select visit_id, diagnosis_description from visits');
  });
  afterAll(() => place.remove());

  test.each(Object.entries(landing))('%j', (name, expected) => {
    const account = status.accounting.find(({ file }) => file === name) as FileRow;
    const { lines, header: head, blank, used, duplicates, rejected, not_used } = account;
    expect([head, blank, used, duplicates, rejected]).toEqual(expected.lines);
    expect(head + blank + used + duplicates + rejected + not_used).toBe(lines);
    const ofFile = rejects.filter(({ file }) => file === name);
    expect(ofFile.map(({ line, code }) => [line, code])).toEqual(expected.rejects ?? []);
    const file = landed.batches[0]?.files.find((one) => one.name === name);
    expect(file?.encoding).toBe(expected.encoding ?? 'utf-8');
    for (const [id, text] of Object.entries(expected.published)) expect(published).toContainEqual([id, text]);
  });

  test('and nothing else is published', () => {
    const ids = Object.values(landing).flatMap((file) => Object.keys(file.published));
    expect(published.map(([id]) => id).sort()).toEqual(ids.sort());
    expect(status.accounting).toHaveLength(Object.keys(landing).length);
  });

  test('no name or value is run by a shell, and none reaches the terminal as a control sequence', async () => {
    for (const command of ['status', 'rejects']) {
      const { code, stdout } = await place.run([command]);
      expect(code).toBe(0);
      expect(stdout).not.toContain('\u001b');
    }
    expect((await place.run(['status'])).stdout).toContain('two·lines.csv');
    const { stderr } = await place.run(['ingest', '\u001b[31mgone.csv']);
    expect(stderr).toMatch(/FILE_NOT_FOUND/);
    expect(stderr).not.toContain('\u001b');
    expect((await readdir(place.path)).filter((name) => name.startsWith('stolen'))).toEqual([]);
  });

  test('a formula in the list of rejects is text to a spreadsheet', async () => {
    await place.json(['rejects', '--csv', 'rejects.csv']);
    const rows = parse(await readFile(join(place.path, 'rejects.csv')), { columns: true }) as Record<string, string>[];
    expect(rows.find(({ file }) => file === 'formula.csv')?.value).toBe("'=TODAY()");
    for (const cell of rows.flatMap(Object.values)) expect(cell).not.toMatch(/^[=+@-][^0-9.]/);
  });
});

test('semicolons with decimal commas, and dates as they are written with them, are numbers and dates', async () => {
  const place = await Place.make();
  const content =
    'visit_id;patient_id;visit_date;glucose_level;severity_score\na;p1;05.01.2024;98,5;3,5\nb;p1;2024-01-06;"1.098,5";3.5\n';
  await writeFile(join(place.path, 'visits.csv'), content);
  await place.json(['ingest', 'visits.csv']);
  await place.json(['run']);
  expect(
    await place.query('select visit_id, visit_date, glucose_level, severity_score from visits order by 1'),
  ).toEqual([
    ['a', '2024-01-05', 98.5, 3.5],
    ['b', '2024-01-06', null, 3.5],
  ]);
  await place.remove();
});

test('archives within a path of quotes and blanks land member by member', async () => {
  const place = await Place.make();
  const folder = join(place.path, `O'Brien "$(id)" & co`);
  await mkdir(folder);
  await writeFile(join(folder, 'visits.csv.gz'), gzipSync(header + row('gz')));
  await writeFile(
    join(folder, 'all.zip'),
    await zipOf({ 'a/visits.csv': header + row('zip1'), 'b/visits.csv': header + row('zip2') }),
  );
  await place.json(['ingest', folder]);
  await place.json(['run']);
  const { accounting } = await place.json<StatusDocument>(['status']);
  expect(accounting.map(({ file, used }) => [file, used])).toEqual([
    ['all.zip/a/visits.csv', 1],
    ['all.zip/b/visits.csv', 1],
    ['visits.csv.gz', 1],
  ]);
  await place.remove();
});

test('a line of a gigabyte costs a record, not the memory', async () => {
  const place = await Place.make();
  const path = join(place.path, 'visits.csv');
  const block = Buffer.alloc(2 ** 24, 'x');
  const file = await open(path, 'w');
  await file.write(`${header}${row('before')}long,p1,2024-01-05,`);
  for (let written = 0; written < 2 ** 30; written += block.length) await file.write(block);
  await file.write(`\n${row('after')}`);
  await file.close();

  const child = place.start(['ingest', 'visits.csv', '--json']);
  const end = ended(child);
  let done = false;
  void end.finally(() => {
    done = true;
  });
  let peak = 0;
  while (!done) {
    // The most memory that the process has had, in kB: proc(5).
    const text = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
    peak = Math.max(peak, Number(/VmHWM:\s+(\d+) kB/.exec(text)?.[1] ?? 0));
    await pause(20);
  }
  const { code, stderr } = await end;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(peak).toBeGreaterThan(0);
  expect(peak).toBeLessThan(600_000);

  await place.json(['run']);
  const { accounting } = await place.json<StatusDocument>(['status']);
  expect(accounting).toMatchObject([{ lines: 4, header: 1, used: 2, rejected: 1 }]);
  expect(await place.json(['rejects'])).toMatchObject({ total: 1, rejects: [{ line: 3, code: 'record_too_long' }] });
  await place.remove();
});
