// Landing files: what is the same file, what stops everything, how names, tables and columns are found, order and crashes.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from 'vitest';
import { ZipFile } from 'yazl';
import { CarelakeError } from '../../src/errors.js';
import type { Lake } from '../../src/lake/lake.js';
import { readBatches } from '../../src/pipeline/batch.js';
import type { IngestRequest } from '../../src/pipeline/land/identity.js';
import { ingest } from '../../src/pipeline/land/ingest.js';
import type { Progress } from '../../src/pipeline/land/progress.js';
import type { IngestResult } from '../../src/pipeline/land/report.js';
import { openWorkspace, type Workspace } from './harness.js';

let workspace: Workspace;
afterEach(() => workspace.close());

const patients = 'patient_id,age\np1,40\np2,50\n';
const visits = 'visit_id,patient_id,visit_date\nv1,p1,2024-01-05\n';

/** name → already there, of every file that an ingest reports. */
const reported = ({ batches }: IngestResult): Record<string, boolean> =>
  Object.fromEntries(batches.flatMap(({ files }) => files.map((file) => [file.name, file.already_there])));

async function keysOf(lake: Lake): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of lake.list('')) keys.push(key);
  return keys;
}

async function zipped(members: Readonly<Record<string, string>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(members)) zip.addBuffer(Buffer.from(content), name);
  zip.end();
  return buffer(zip.outputStream);
}

describe('the same content again', () => {
  test('under another name is there already, under the name that it came by now', async () => {
    workspace = await openWorkspace();
    const first = await workspace.land({ 'patients.csv': patients });
    const keys = await keysOf(workspace.lake);
    const second = await workspace.land({ 'again.csv': patients });
    expect(reported(first)).toEqual({ 'patients.csv': false });
    expect(reported(second)).toEqual({ 'again.csv': true });
    expect(second.batches[0]).toMatchObject({ id: first.batches[0]?.id, source: 'default' });
    expect(await keysOf(workspace.lake)).toEqual(keys);
  });

  test('in another folder is there already, and what is new beside it lands alone', async () => {
    workspace = await openWorkspace();
    await workspace.land({ 'patients.csv': patients });
    const again = await workspace.land({ 'in/patients.csv': patients, 'in/visits.csv': visits }, { order: ['in'] });
    expect(reported(again)).toEqual({ 'patients.csv': true, 'visits.csv': false });
    expect((await readBatches(workspace.lake)).map(({ files }) => files.map(({ name }) => name))).toEqual([
      ['patients.csv'],
      ['visits.csv'],
    ]);
  });

  test('twice in one folder lands once, and both are told', async () => {
    workspace = await openWorkspace();
    const files = { 'in/a.csv': patients, 'in/b.csv': patients, 'in/deep/c.csv': patients };
    const landed = await workspace.land(files, { order: ['in'] });
    expect(reported(landed)).toEqual({ 'a.csv': false, 'b.csv': true, 'deep/c.csv': true });
    const { manifest } = await workspace.run();
    expect(manifest.accounting.map(({ file, records }) => [file, records.used])).toEqual([['a.csv', 2]]);
  });

  test('of a zip is there already, member by member', async () => {
    workspace = await openWorkspace();
    const zip = await zipped({ 'patients.csv': patients, 'visits.csv': visits });
    const first = await workspace.land({ 'export.zip': zip });
    const second = await workspace.land({ 'renamed.zip': zip });
    expect(reported(first)).toEqual({ 'export.zip/patients.csv': false, 'export.zip/visits.csv': false });
    expect(reported(second)).toEqual({ 'renamed.zip/patients.csv': true, 'renamed.zip/visits.csv': true });
    expect((await keysOf(workspace.lake)).filter((key) => key.startsWith('raw/files'))).toHaveLength(1);
  });

  test('given twice on the command line, as a folder and by its own path, lands once', async () => {
    workspace = await openWorkspace();
    const landed = await workspace.land(
      { 'in/patients.csv': patients, 'in/deep/visits.csv': visits },
      { order: ['in', 'in/patients.csv', 'in/deep/visits.csv', 'in/./patients.csv'] },
    );
    const { manifest } = await workspace.run();
    expect(landed.batches).toHaveLength(1);
    expect(manifest.accounting.map(({ file, records }) => [file, records.used])).toEqual([
      ['deep/visits.csv', 1],
      ['patients.csv', 2],
    ]);
  });

  test('for another source, in another mode or with a mapping is not the same', async () => {
    workspace = await openWorkspace();
    await workspace.land({ 'patients.csv': patients });
    expect(reported(await workspace.land({ 'patients.csv': patients }, { source: 'east' }))).toEqual({
      'patients.csv': false,
    });
    expect(reported(await workspace.land({ 'patients.csv': patients }, { mode: 'snapshot' }))).toEqual({
      'patients.csv': false,
    });
    const mapping = { columns: { patients: { age: 'age' } } };
    expect(reported(await workspace.land({ 'patients.csv': patients }, { mapping }))).toEqual({
      'patients.csv': false,
    });
    expect((await readBatches(workspace.lake)).map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
  });

  test('as the newest snapshot changes nothing; an older snapshot again is a new state', async () => {
    workspace = await openWorkspace();
    const both = { 'patients.csv': patients };
    const one = { 'patients.csv': 'patient_id,age\np1,41\n' };
    const ids = async () =>
      (await workspace.rows('patients', 'select patient_id, age from t order by 1')).map((row) => Object.values(row));
    await workspace.land(both, { mode: 'snapshot' });
    await workspace.land(one, { mode: 'snapshot' });
    expect(reported(await workspace.land(one, { mode: 'snapshot' }))).toEqual({ 'patients.csv': true });
    await workspace.run();
    expect(await ids()).toEqual([['p1', 41]]);
    expect(reported(await workspace.land(both, { mode: 'snapshot' }))).toEqual({ 'patients.csv': false });
    await workspace.run();
    expect(await ids()).toEqual([
      ['p1', 40],
      ['p2', 50],
    ]);
    const batches = await readBatches(workspace.lake);
    expect(new Set(batches.map(({ id }) => id)).size).toBe(3);
  });

  test('twice within a snapshot lands once', async () => {
    workspace = await openWorkspace();
    const landed = await workspace.land({ 'a.csv': patients, 'b.csv': patients }, { mode: 'snapshot' });
    expect(reported(landed)).toEqual({ 'a.csv': false, 'b.csv': true });
    const { manifest } = await workspace.run();
    expect(manifest.accounting).toHaveLength(1);
  });
});

describe('one file at fault', () => {
  test.each([
    ['an empty one', { 'broken.csv': '' }, 'FILE_EMPTY'],
    ['a binary one', { 'broken.csv': Buffer.from([0, 1, 2, 3, 0, 255, 254, 0, 7]) }, 'FILE_NOT_TEXT'],
    ['one of no known table', { 'broken.csv': 'colour,shape\nred,round\n' }, 'TABLE_UNKNOWN'],
    ['one without a needed column', { 'broken.csv': 'visit_id,visit_date\nv1,2024-01-01\n' }, 'TABLE_UNKNOWN'],
    ['a damaged zip', { 'broken.zip': 'PK\u0003\u0004 and no more' }, 'ARCHIVE_DAMAGED'],
    ['a damaged gzip', { 'broken.csv.gz': 'no gzip' }, 'ARCHIVE_DAMAGED'],
  ])('stops everything before anything is stored: %s', async (_, broken, code) => {
    workspace = await openWorkspace();
    await expect(workspace.land({ 'patients.csv': patients, ...broken })).rejects.toMatchObject({ code });
    expect(await keysOf(workspace.lake)).toEqual([]);
  });

  test('is named; where there are several, all of them are', async () => {
    workspace = await openWorkspace();
    const landing = workspace.land({ 'a.csv': '', 'patients.csv': patients, 'z.csv': '\n\n' });
    await expect(landing).rejects.toMatchObject({
      code: 'FILES_UNREADABLE',
      message: expect.stringMatching(/a\.csv.*\n.*z\.csv/),
    });
    const unknown = workspace.land({ 'a.csv': 'x,y\n1,2\n', 'patients.csv': patients, 'z.csv': 'q\n1\n' });
    await expect(unknown).rejects.toMatchObject({
      code: 'TABLE_UNKNOWN',
      faults: [{ file: 'a.csv' }, { file: 'z.csv' }],
    });
    expect(await keysOf(workspace.lake)).toEqual([]);
  });

  test('in the middle stores nothing either', async () => {
    workspace = await openWorkspace();
    const { gzipSync } = await import('node:zlib');
    const long = gzipSync(
      `patient_id,age\n${Array.from({ length: 300_000 }, (_, n) => `p${n},${n % 90}`).join('\n')}\n`,
    );
    const cut = workspace.land({ 'a.csv': patients, 'cut.csv.gz': long.subarray(0, long.length - 50_000) });
    await expect(cut).rejects.toMatchObject({ code: 'GZIP_TRUNCATED' });
    expect(await keysOf(workspace.lake)).toEqual([]);
  });

  test.each([
    [{ paths: ['/no/such/file.csv'] }, 'FILE_NOT_FOUND'],
    [{ paths: [] }, 'NO_FILES'],
    [{ from: 'hl7' }, 'SOURCE_UNKNOWN'],
    [{ from: 'uci-diabetes' }, 'UCI_FILE_UNKNOWN'],
    [{ as: 'people' }, 'TABLE_UNKNOWN'],
    [{ as: 'visits' }, 'TABLE_UNKNOWN'],
    [{ source: 'Nördlich' }, 'SOURCE_NAME'],
    [{ source: "x' or 1" }, 'SOURCE_NAME'],
    [{ source: '' }, 'SOURCE_NAME'],
  ] as const)('by the request %j is refused', async (request, code) => {
    workspace = await openWorkspace();
    await withFolder({ 'patients.csv': patients }, async (folder) => {
      const landing = directly({ paths: [join(folder, 'patients.csv')], ...request });
      await expect(landing).rejects.toMatchObject({ code });
    });
    expect(await keysOf(workspace.lake)).toEqual([]);
  });
});

describe('several texts at once', () => {
  const long = (table: string, rows: number): string =>
    `patient_id,age\n${Array.from({ length: rows }, (_, n) => `${table}${n},${n % 90}`).join('\n')}\n`;

  test('stand in the batch in the order of their names, whichever ends first', async () => {
    workspace = await openWorkspace();
    const files = {
      'a.csv': long('a', 60_000),
      'b.csv': long('b', 10),
      'c.csv': long('c', 30_000),
      'd.csv': long('d', 5),
    };
    const landed = await workspace.land(files, { order: ['d.csv', 'b.csv', 'c.csv', 'a.csv'] });
    expect(landed.batches[0]?.files.map(({ name, records }) => [name, records])).toEqual([
      ['a.csv', 60_000],
      ['b.csv', 10],
      ['c.csv', 30_000],
      ['d.csv', 5],
    ]);
    const [batch] = await readBatches(workspace.lake);
    expect(batch?.tables[0]?.files).toEqual(['a.csv', 'b.csv', 'c.csv', 'd.csv']);
    expect(batch?.tables[0]?.parquet).toEqual([0, 1, 2, 3].map((n) => `patients-0-${n}-records-0.parquet`));
  });

  test('end where one of them fails, with its error, and leave nothing', async () => {
    workspace = await openWorkspace({ lake: 'local' });
    const { gzipSync } = await import('node:zlib');
    const whole = gzipSync(long('x', 300_000));
    const landing = workspace.land({ 'a.csv': long('a', 900_000), 'cut.csv.gz': whole.subarray(0, -50_000) });
    await expect(landing).rejects.toMatchObject({ code: 'GZIP_TRUNCATED' });
    expect(await keysOf(workspace.lake)).toEqual([]);
    expect(await workspace.lake.sweep(0, true)).toEqual({ removed: 0, bytes: 0 });
  });

  test('tell how far all of them have come', async () => {
    workspace = await openWorkspace();
    const files = { 'a.csv': long('a', 200_000), 'b.csv': long('b', 150_000) };
    const all = files['a.csv'].length + files['b.csv'].length;
    const told: Progress[] = [];
    await workspace.land(files, { onProgress: (progress) => told.push(progress) });
    expect(told.length).toBeGreaterThan(2);
    expect(told.map(({ bytes }) => bytes)).toEqual(told.map(({ bytes }) => bytes).sort((a, b) => a - b));
    for (const { files: names, of } of told) expect([names, of]).toEqual([['a.csv', 'b.csv'], all]);
    expect(told.at(-1)?.bytes).toBe(all);
  });
});

describe('tables and columns', () => {
  test('files of one table with different headers land together, each read by its own', async () => {
    workspace = await openWorkspace();
    await workspace.land({
      'a.csv': 'patient_id,age,name\np1,40,Ann\n',
      'b.csv': 'Age;Patient ID;BMI\n50;p2;25,5\n',
      'c.csv': 'patient_id,age,name\np3,60,Cy\n',
    });
    const [batch] = await readBatches(workspace.lake);
    expect(batch?.tables.map(({ name, part, files }) => [name, part, files])).toEqual([
      ['patients', 0, ['a.csv', 'c.csv']],
      ['patients', 1, ['b.csv']],
    ]);
    await workspace.run();
    expect(await workspace.rows('patients', 'select patient_id, age, name, bmi from t order by 1')).toEqual([
      { patient_id: 'p1', age: 40, name: 'Ann', bmi: null },
      { patient_id: 'p2', age: 50, name: null, bmi: 25.5 },
      { patient_id: 'p3', age: 60, name: 'Cy', bmi: null },
    ]);
  });

  test('--as says which table a file holds', async () => {
    workspace = await openWorkspace();
    const notes = 'visit_id,description\nv1,Asthma\n';
    await expect(workspace.land({ 'notes.csv': notes })).rejects.toMatchObject({
      code: 'TABLE_UNKNOWN',
      message: expect.stringMatching(/could be .*diagnoses.*--as/),
    });
    await workspace.land({ 'notes.csv': notes }, { as: 'diagnoses' });
    expect((await readBatches(workspace.lake))[0]?.tables[0]?.name).toBe('diagnoses');
  });

  test('the name of a file decides where its header fits several tables', async () => {
    workspace = await openWorkspace();
    await workspace.land({ '2024/procedures-2024.csv': 'visit_id,description\nv1,Appendectomy\n' });
    expect((await readBatches(workspace.lake))[0]?.tables[0]?.name).toBe('procedures');
  });

  test('two columns that mean one field are an error, unless one bears its name', async () => {
    workspace = await openWorkspace();
    await expect(workspace.land({ 'p.csv': 'MRN,Person ID,age\n1,2,3\n' })).rejects.toMatchObject({
      code: 'TABLE_UNKNOWN',
      message: expect.stringMatching(/"MRN" and "Person ID" both mean patient_id/),
    });
    await workspace.land({ 'p.csv': 'MRN,patient_id,age\nm,p,3\n' });
    await workspace.run();
    expect(await workspace.rows('patients', 'select patient_id from t')).toEqual([{ patient_id: 'p' }]);
  });

  test('columns that no field reads are told and kept', async () => {
    workspace = await openWorkspace();
    const { unread } = await workspace.land({
      'patients.csv': 'patient_id,age,Shoe Size,shoe size\np1,40,43,44\n',
      'visits.csv': visits,
    });
    expect(unread).toEqual({ 'patients.csv': ['Shoe Size', 'shoe size'] });
    const [batch] = await readBatches(workspace.lake);
    expect(batch?.tables[0]?.columns).toEqual(['patient_id', 'age', 'Shoe Size', 'shoe size']);
  });

  test('files that are passed over are told, with why', async () => {
    workspace = await openWorkspace();
    await withFolder(
      { 'patients.csv': patients, '.hidden.csv': 'x', 'notes.docx': 'x', 'sheet.xlsx': 'x' },
      async (folder) => {
        await symlink(join(folder, 'patients.csv'), join(folder, 'link.csv'));
        const { skipped } = await directly({ paths: [folder] });
        expect(skipped).toEqual([
          { file: '.hidden.csv', why: 'hidden' },
          { file: 'link.csv', why: 'a symbolic link' },
          { file: 'notes.docx', why: 'not .csv, .tsv or .txt' },
          { file: 'sheet.xlsx', why: 'a spreadsheet; save its sheet as CSV' },
        ]);
      },
    );
  });
});

describe('a mapping', () => {
  test('names columns by name and by position, for each table its own', async () => {
    workspace = await openWorkspace();
    const mapping = {
      dates: 'dmy' as const,
      columns: { visits: { visit_id: 'Fall-Nr', visit_date: 3 }, patients: { patient_id: 'Pat', age: 2 } },
    };
    await workspace.land(
      { 'patienten.csv': 'Pat;Jahre\np1;40\n', 'faelle.csv': 'Fall-Nr;patient_id;am\nv1;p1;3/4/2024\n' },
      { mapping },
    );
    await workspace.run();
    expect(await workspace.ask('select visit_id, visit_date, patient_known from visits')).toEqual([
      { visit_id: 'v1', visit_date: '2024-04-03', patient_known: true },
    ]);
  });

  test('of one table leaves files of other tables as they are', async () => {
    workspace = await openWorkspace();
    const mapping = { columns: { visits: { visit_id: 'Fall-Nr' } } };
    await workspace.land(
      { 'patients.csv': patients, 'visits.csv': 'Fall-Nr,patient_id,visit_date\nv1,p1,2024-01-05\n' },
      { mapping },
    );
    expect((await readBatches(workspace.lake))[0]?.tables.map(({ name }) => name)).toEqual(['patients', 'visits']);
  });

  test.each([
    ['a column that the header lacks', { visits: { visit_id: 'Case' } }, /"Case"/],
    ['a position behind the last column', { visits: { visit_id: 4 } }, /4/],
    ['a field that the table lacks', { visits: { case_id: 'visit_id' } }, /case_id/],
  ])('with %s is refused', async (_, columns, message) => {
    workspace = await openWorkspace();
    const landing = workspace.land({ 'visits.csv': visits }, { mapping: { columns } });
    await expect(landing).rejects.toMatchObject({
      code: 'MAPPING_INVALID',
      message: expect.stringMatching(message),
    });
    expect(await keysOf(workspace.lake)).toEqual([]);
  });
});

describe('names', () => {
  test('of files that are named alike get as much of their path as tells them apart', async () => {
    workspace = await openWorkspace();
    const landed = await workspace.land(
      {
        'x/north/visits.csv': visits,
        'y/south/visits.csv': visits.replace('v1', 'v2'),
        'north/b/visits.csv': visits.replace('v1', 'v3'),
        'all/north/visits.csv': visits.replace('v1', 'v4'),
      },
      { order: ['x/north/visits.csv', 'y/south', 'north/b/visits.csv', 'all'] },
    );
    expect(Object.keys(reported(landed)).sort()).toEqual([
      'all/north/visits.csv',
      'b/visits.csv',
      'south/visits.csv',
      'x/north/visits.csv',
    ]);
    const { manifest } = await workspace.run();
    expect(manifest.accounting.map(({ records }) => records.used)).toEqual([1, 1, 1, 1]);
    expect(manifest.tables.visits?.rows).toBe(4);
  });

  test.each([
    "o'brien.csv",
    '$(touch pwned).csv',
    '`touch pwned`.csv',
    'a"b;c.csv',
    'ünïcode 名.csv',
    '--as.csv',
    '%s\\n.csv',
  ])('such as %j are only names', async (name) => {
    workspace = await openWorkspace({ lake: 'local' });
    const landed = await workspace.land({ [name]: `${patients}broken\n` });
    const { manifest } = await workspace.run();
    expect(reported(landed)).toEqual({ [name]: false });
    expect(manifest.accounting).toMatchObject([{ file: name, lines: 4, used: 2, rejected: 1 }]);
    expect(await workspace.rows('patients', 'select distinct _file as file from t')).toEqual([{ file: name }]);
    expect(await workspace.rejects()).toMatchObject([{ file: name, line: 4 }]);
    expect(reported(await workspace.land({ [name]: `${patients}broken\n` }))).toEqual({ [name]: true });
    expect(existsSync('pwned')).toBe(false);
  });

  test('with a line end are only names too', async () => {
    workspace = await openWorkspace({ lake: 'local' });
    expect(reported(await workspace.land({ 'two\nlines.csv': patients }))).toEqual({ 'two\nlines.csv': false });
    expect((await workspace.run()).manifest.accounting).toMatchObject([{ file: 'two\nlines.csv', used: 2 }]);
  });
});

describe('time and order', () => {
  test('a clock that was set back is told, and the newest landing stays today', async () => {
    workspace = await openWorkspace();
    await workspace.land({ 'patients.csv': patients }, { on: '2024-06-15' });
    const { warnings } = await workspace.land(
      { 'visits.csv': 'visit_id,patient_id,visit_date\nv1,p1,2024-06-15\nv2,p1,2024-06-16\n' },
      { on: '2023-01-01' },
    );
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/2023-01-01.*2024-06-15/);
    const { manifest } = await workspace.run();
    expect(manifest.as_of).toBe('2024-06-15');
    expect((await workspace.rejects()).map(({ code, line }) => [line, code])).toEqual([[3, 'in_future']]);
    const batches = await readBatches(workspace.lake);
    expect(batches.map(({ landed }) => landed)).toEqual(['2024-06-15', '2024-06-15']);
    expect((await workspace.land({ 'more.csv': 'patient_id,age\np9,1\n' }, { on: '2024-07-01' })).warnings).toEqual([]);
  });

  test('two ingests at once take different numbers, and both are there', async () => {
    workspace = await openWorkspace({ lake: 'local' });
    const files = Array.from({ length: 6 }, (_, n) => ({ [`patients-${n}.csv`]: `patient_id,age\np,${n}\nq${n},1\n` }));
    await Promise.all(files.map((file) => workspace.land(file)));
    const batches = await readBatches(workspace.lake);
    expect(batches.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6]);
    const { manifest } = await workspace.run();
    expect(manifest.tables.patients?.rows).toBe(7);
    const winner = Number(batches.at(-1)?.files[0]?.name.match(/[0-9]/)?.[0]);
    expect(await workspace.rows('patients', `select age from t where patient_id = 'p'`)).toEqual([{ age: winner }]);
  });

  test('the same file in two ingests at once is used once and accounted for twice', async () => {
    workspace = await openWorkspace({ lake: 'local' });
    await Promise.all([workspace.land({ 'a.csv': patients }), workspace.land({ 'b.csv': patients })]);
    const { manifest } = await workspace.run();
    expect(manifest.tables.patients?.rows).toBe(2);
    for (const { records } of manifest.accounting) expect(records.used + records.duplicates).toBe(2);
  });

  test('a crash between claiming a number and storing the batch leaves a gap and nothing else', async () => {
    workspace = await openWorkspace();
    const crashing: Lake = {
      ...workspace.lake,
      commit: (folder, key, last) =>
        last === 'batch.json'
          ? Promise.reject(new CarelakeError('LAKE_FAILED', 'gone'))
          : workspace.lake.commit(folder, key, last),
    };
    await withFolder({ 'patients.csv': patients }, async (folder) => {
      await expect(directly({ paths: [folder] }, crashing)).rejects.toMatchObject({ code: 'LAKE_FAILED' });
      expect(await readBatches(workspace.lake)).toEqual([]);
      await directly({ paths: [folder] });
    });
    expect((await readBatches(workspace.lake)).map(({ sequence }) => sequence)).toEqual([2]);
    const { manifest } = await workspace.run();
    expect(manifest.tables.patients?.rows).toBe(2);
  });
});

function directly(request: IngestRequest, lake: Lake = workspace.lake): Promise<IngestResult> {
  return ingest(request, { lake, lander: workspace.engine, clock: () => new Date('2024-06-15T12:00:00') });
}

async function withFolder(
  files: Readonly<Record<string, string>>,
  use: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'carelake-ingest-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), content);
    }
    await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
