// Every command as a user types it: exit status, the one JSON document of --json, and what is said.
import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publishedTables } from '../../src/catalog/catalog.js';
import { ended, type IngestDocument, Place, type StatusDocument } from './place.js';

const commands = [
  'demo',
  'generate',
  'ingest',
  'run',
  'status',
  'runs',
  'rejects',
  'lineage',
  'query',
  'export',
  'train',
  ...['models list', 'models card', 'models promote', 'models rollback', 'models export', 'models drift'],
  'predict',
  ...['audit verify', 'audit export'],
  'gc',
  'backup',
  'restore',
  'doctor',
] as const;

/** Two patients, three visits of which one is refused for its date, one prescription. */
const files = {
  'patients.csv': 'patient_id,name,age,gender\np1,Ann,40,F\np2,Bob,50,M\n',
  'visits.csv':
    'Visit ID;Patient;visit_date;glucose\nv1;p1;2024-01-05;5,5 mmol/L\nv2;p2;2024-02-30;90\nv3;p9;2024-03-01;"91"\n',
  'prescriptions.csv': 'prescription_id,visit_id,medication\nr1,v1,"=cmd()"\n',
};

async function placeWith(content: Readonly<Record<string, string>>): Promise<Place> {
  const place = await Place.make();
  await mkdir(join(place.path, 'in'));
  for (const [name, text] of Object.entries(content)) await writeFile(join(place.path, 'in', name), text);
  return place;
}

describe('help', () => {
  let place: Place;
  beforeAll(async () => {
    place = await Place.make();
  });
  afterAll(() => place.remove());

  test('lists every command and says where to start', async () => {
    const { code, stdout } = await place.run(['--help']);
    expect(code).toBe(0);
    for (const name of commands) expect(stdout).toMatch(new RegExp(`^  ${name.split(' ')[0]} `, 'm'));
    expect(stdout).toContain('Start with: carelake demo');
  });

  test.each(commands)('of %s ends well and has examples that name it', async (name) => {
    const { code, stdout, stderr } = await place.run([...name.split(' '), '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`\\nExamples:\\n  carelake ${name}`));
    for (const option of ['--data', '--workspace', '--json']) expect(stdout).toContain(option);
  });

  test('the version is that of the package', async () => {
    const { version } = JSON.parse(await readFile(join(import.meta.dirname, '../../package.json'), 'utf8'));
    expect(await place.run(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n` });
  });
});

describe('wrong use ends with 2, says what is wrong, and makes no workspace:', () => {
  let place: Place;
  beforeAll(async () => {
    place = await Place.make();
  });
  afterAll(() => place.remove());

  test.each([
    [['frobnicate'], /unknown command 'frobnicate'/],
    [['statuss'], /Did you mean status\?/],
    [['status', '--frobnicate'], /unknown option '--frobnicate'/],
    [['status', 'extra'], /too many arguments/],
    [['ingest'], /missing required argument 'path'/],
    [['ingest', 'x.csv', '--as', 'doctors'], /Allowed choices are patients, visits/],
    [['ingest', 'x.csv', '--mode', 'replace'], /Allowed choices are upsert, snapshot/],
    [['ingest', 'x.csv', '--from', 'excel'], /Allowed choices are .*csv/],
    [['ingest', 'x.csv', '--source', 'A B'], /SOURCE_NAME/],
    [['ingest', 'gs://bucket/in/'], /CONFIG_UNSUPPORTED[\s\S]*gs:..bucket.in.: /],
    [['generate'], /required option '--out <dir>'/],
    [['generate', '--out', 'x', '--patients', '-1'], /whole number from 0/],
    [['generate', '--out', 'x', '--patients', '1e3'], /whole number from 0/],
    [['generate', '--out', 'x', '--dirty', 'some'], /'some' is invalid.*number from 0 to 1/],
    [['generate', '--out', 'x', '--dirty', '1.5'], /number from 0 to 1/],
    [['demo', '--patients', '0'], /whole number from 1/],
    [['demo', '--port', '0'], /whole number from 1 to 65535/],
    [['demo', '--port', '65536'], /whole number from 1 to 65535/],
    [['query', 'select 1', '--timeout', '0'], /whole number from 1 to 86400/],
    [['query', 'select 1', '--timeout', '3000000'], /whole number from 1 to 86400/],
    [['export', 'xml', 'out'], /Allowed choices are csv, parquet/],
    [['lineage', 'doctors', 'd1'], /TABLE_NOT_FOUND[\s\S]*patients, visits/],
    [['gc', '--keep', '0'], /whole number from 1/],
    [['run', '--engine', 'abacus'], /--engine is "abacus". It must be duckdb/],
    [['run', '--engine', 'spork'], /CONFIG_INVALID/],
    [['status', '--workspace', '../other'], /--workspace is "..\/other"/],
  ])('%j', async (args, said) => {
    const { code, stdout, stderr } = await place.run(args);
    expect(stderr).toMatch(said);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(await readdir(place.lake()).catch(() => 'none')).toBe('none');
  });

  test('under --json it is one document with its code', async () => {
    expect(await place.failure(['status', '--frobnicate'])).toMatchObject({
      exit: 2,
      code: 'USAGE',
      detail: "unknown option '--frobnicate'",
    });
    expect(await place.failure(['run', '--engine', 'abacus'])).toMatchObject({ exit: 2, code: 'CONFIG_INVALID' });
  });

  test('an unknown CARELAKE_ name is named, with the one that was meant', async () => {
    const environment = { CARELAKE_DTA: 'x', CARELAKE_COLOUR: 'red' };
    const { code, stderr } = await place.run(['status'], { environment });
    expect(code).toBe(2);
    expect(stderr).toContain('CARELAKE_DTA in the environment; did you mean CARELAKE_DATA?');
    expect(stderr).toContain('CARELAKE_COLOUR in the environment');
  });
});

describe('in an empty workspace', () => {
  let place: Place;
  beforeAll(async () => {
    place = await Place.make();
  });
  afterAll(() => place.remove());

  test('status and runs say how to begin', async () => {
    for (const command of ['status', 'runs']) {
      const { code, stdout } = await place.run([command]);
      expect(code).toBe(0);
      expect(stdout).toContain('carelake ingest PATH, then carelake run');
    }
    expect(await place.json<StatusDocument>(['status'])).toMatchObject({ workspace: 'default', run: null, tables: {} });
    expect(await place.json(['runs'])).toEqual({ runs: [] });
  });

  test.each([[['rejects']], [['lineage', 'visits', 'v1']], [['query', 'select 1']], [['export', 'csv', 'out']]])(
    '%j says that nothing is published',
    async (args) => {
      const { code, stderr } = await place.run(args);
      expect(code).toBe(1);
      expect(stderr).toMatch(/NOT_PUBLISHED[\s\S]*carelake run/);
      expect(await place.failure(args)).toMatchObject({ exit: 1, code: 'NOT_PUBLISHED' });
    },
  );

  test('run says that nothing has landed, gc that nothing is to be removed', async () => {
    expect(await place.failure(['run'])).toMatchObject({ exit: 1, code: 'NOTHING_LANDED' });
    expect(await place.run(['gc'])).toMatchObject({ code: 0, stdout: 'There is nothing to remove.\n' });
  });

  test('a path that is not there, holds nothing to read or may not be written is named', async () => {
    await mkdir(join(place.path, 'empty'), { recursive: true });
    await writeFile(join(place.path, 'notes.md'), 'x');
    const ingest = (path: string) => place.failure(['ingest', path]);
    expect(await ingest('gone.csv')).toMatchObject({ code: 'FILE_NOT_FOUND', detail: 'There is no gone.csv.' });
    expect(await ingest('empty')).toMatchObject({ code: 'NO_FILES', detail: expect.stringContaining('empty') });
    expect(await ingest('notes.md')).toMatchObject({ code: 'NO_FILES', detail: expect.stringContaining('notes.md') });
    expect(await place.failure(['generate', '--out', 'notes.md/in'])).toMatchObject({ code: 'GENERATE_FAILED' });
  });
});

describe('with files landed and run', () => {
  let place: Place;
  let landed: IngestDocument;
  let run: StatusDocument & { ms: number; matured: number; steps: Record<string, unknown>[] };
  beforeAll(async () => {
    place = await placeWith(files);
    landed = await place.json(['ingest', 'in']);
    run = await place.json(['run']);
  });
  afterAll(() => place.remove());

  test('ingest tells each file with its content, encoding and records', () => {
    expect(landed).toEqual({
      batches: [
        {
          id: expect.stringMatching(/^[0-9a-f]{16}$/),
          source: 'default',
          files: Object.keys(files)
            .sort()
            .map((name) => ({
              name,
              sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
              bytes: Buffer.byteLength(files[name as keyof typeof files]),
              encoding: 'utf-8',
              records: files[name as keyof typeof files].split('\n').length - 2,
              rejected: 0,
              already_there: false,
            })),
        },
      ],
      skipped: [],
      unread: {},
      warnings: [],
    });
  });

  test('run tells what status tells, and its steps', async () => {
    const { ms, steps, matured, ...rest } = run;
    expect(rest).toEqual(await place.json(['status']));
    expect(matured).toBe(0);
    expect(ms).toEqual(expect.any(Number));
    expect(steps.length).toBeGreaterThan(10);
    for (const step of steps) {
      expect(step).toEqual({
        name: expect.any(String),
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        reused: false,
        rows: expect.any(Number),
        ms: expect.any(Number),
      });
    }
  });

  test('status has the run, the rows of every table and one account a file', async () => {
    const status = await place.json<StatusDocument>(['status']);
    expect(status).toMatchObject({
      workspace: 'default',
      run: {
        id: expect.stringMatching(/^000001-[0-9a-f]{12}$/),
        as_of: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
        finished_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        engine: expect.stringMatching(/^duckdb /),
        grade: expect.stringMatching(/^[A-F]$/),
      },
      pending_entries: 0,
      orphans: { visits: 1 },
    });
    expect(Object.keys(status.tables).sort()).toEqual(Object.keys(publishedTables).sort());
    expect(status.tables).toMatchObject({ patients: { rows: 2 }, visits: { rows: 2 }, prescriptions: { rows: 1 } });
    expect(status.accounting.find(({ file }) => file === 'visits.csv')).toMatchObject({
      source: 'default',
      lines: 4,
      header: 1,
      blank: 0,
      used: 2,
      duplicates: 0,
      rejected: 1,
      not_used: 0,
      records: { total: 3, used: 2, duplicates: 0, rejected: 1, not_used: 0 },
    });
    const { stdout } = await place.run(['status']);
    expect(stdout).toContain('Every line is accounted for');
    expect(stdout).toContain('name a patient that is not known');
  });

  test('rejects names file, line, row, field, value and reason, and writes the same as CSV', async () => {
    const row = {
      file: 'visits.csv',
      line: 3,
      row: 2,
      table: 'visits',
      field: 'visit_date',
      value: '2024-02-30',
      code: 'not_a_date',
      reason: 'The value is not a date, or names a day that does not exist.',
    };
    expect(await place.json(['rejects'])).toEqual({ total: 1, rejects: [row] });
    expect(await place.json(['rejects', '--csv', 'rejects.csv'])).toEqual({ file: 'rejects.csv', rows: 1 });
    const csv = await readFile(join(place.path, 'rejects.csv'), 'utf8');
    expect(csv.split('\r\n')[0]).toBe('file,line,row,table,field,value,code,reason');
    expect(parse(csv, { columns: true })).toEqual([{ ...row, line: '3', row: '2' }]);
    const nowhere = await place.failure(['rejects', '--csv', 'gone/rejects.csv']);
    expect(nowhere).toMatchObject({ exit: 1, code: 'OUTPUT_FAILED', detail: expect.stringContaining('gone/rejects') });
  });

  test('lineage leads from a row to its line and the values as they came', async () => {
    const { rows } = await place.json<{ rows: Record<string, unknown>[] }>(['lineage', 'visits', 'v1']);
    expect(rows).toMatchObject([{ file: 'visits.csv', line: 2, row: 1, disposition: 'used' }]);
    expect(rows[0]?.values).toContainEqual({
      field: 'glucose_level',
      column: 'glucose',
      original: '5,5 mmol/L',
      value: 99.1,
      reason: null,
    });
    const refused = await place.json<{ rows: unknown[] }>(['lineage', 'visits', 'v2']);
    expect(refused.rows).toMatchObject([{ disposition: 'rejected', reason: 'not_a_date', line: 3 }]);
    expect(await place.failure(['lineage', 'visits', 'v99'])).toMatchObject({ exit: 1, code: 'ROW_NOT_FOUND' });
  });

  test('query prints columns and rows, and says where there are more', async () => {
    const sql = 'select patient_id, age from patients order by patient_id';
    expect(await place.json(['query', sql])).toEqual({
      columns: ['patient_id', 'age'],
      rows: [
        ['p1', 40],
        ['p2', 50],
      ],
      more: false,
    });
    const first = await place.run(['query', sql, '--limit', '1', '--json']);
    expect(JSON.parse(first.stdout)).toMatchObject({ rows: [['p1', 40]], more: true });
    expect(first.stderr).toContain('Only the first 1 rows are shown');
    expect((await place.run(['query', sql])).stdout).toMatch(/patient_id\s+age[\s\S]*p2\s+50\n2 rows\n$/);
  });

  test.each([
    ['', 'QUERY_NOT_SELECT'],
    ['select 1; select 2', 'QUERY_NOT_SELECT'],
    ["copy patients to 'stolen.csv'", 'QUERY_NOT_SELECT'],
    ["explain analyze copy (select 1) to 'stolen.csv'", 'QUERY_NOT_SELECT'],
    ["attach 'stolen.db' as other", 'QUERY_NOT_SELECT'],
    ["export database 'stolen'", 'QUERY_NOT_SELECT'],
    ['pragma database_list', 'QUERY_NOT_SELECT'],
    ["set memory_limit = '1TB'", 'QUERY_NOT_SELECT'],
    ['install httpfs', 'QUERY_NOT_SELECT'],
    ['delete from patients', 'QUERY_NOT_SELECT'],
    ["select * from read_csv('in/patients.csv')", 'QUERY_FORBIDDEN'],
    ["select * from 'in/patients.csv'", 'QUERY_FORBIDDEN'],
    ["select * from glob('/etc/*')", 'QUERY_FORBIDDEN'],
    ["select getenv('HOME')", 'QUERY_FORBIDDEN'],
    ['select * from duckdb_settings()', 'QUERY_FORBIDDEN'],
    ["with c as (select * from read_text('in/visits.csv')) select * from c", 'QUERY_FORBIDDEN'],
  ])('query refuses: %s', async (sql, code) => {
    expect(await place.failure(['query', sql])).toMatchObject({ exit: 2, code });
    expect((await readdir(place.path)).filter((name) => name.startsWith('stolen'))).toEqual([]);
  });

  test('a query that takes longer than --timeout is given up', async () => {
    const endless = 'select count(*) from range(1000000) as a(i), range(1000000) as b(j) where i * j % 7 = 3';
    expect(await place.failure(['query', endless, '--timeout', '1'])).toMatchObject({
      exit: 1,
      code: 'QUERY_TIMEOUT',
      detail: expect.stringContaining('1 s'),
      fix: expect.stringContaining('--timeout'),
    });
  });

  test('a query that is wrong is told why', async () => {
    const { exit, code, detail } = await place.failure(['query', 'select agee from patients']);
    expect({ exit, code }).toEqual({ exit: 1, code: 'QUERY_FAILED' });
    expect(detail).toContain('agee');
  });

  test('export writes every table so that it can be read back, and never into a folder with files', async () => {
    const { files: csv } = await place.json<{ files: { table: string; rows: number }[] }>(['export', 'csv', 'csv']);
    expect(csv.map(({ table }) => table).sort()).toEqual(Object.keys(publishedTables).sort());
    const visits = parse(await readFile(join(place.path, 'csv/visits.csv')), { columns: true }) as Record<
      string,
      string
    >[];
    expect(
      visits.map(({ visit_id, patient_known, glucose_level }) => [visit_id, patient_known, glucose_level]),
    ).toEqual([
      ['v1', 'true', '99.1'],
      ['v3', 'false', '91'],
    ]);
    await place.json(['export', 'parquet', 'parquet', '--tables', 'visits']);
    expect(await readdir(join(place.path, 'parquet'))).toEqual(['visits.parquet']);
    const { stderr } = await place.run(['export', 'csv', 'noted', '--tables', 'patients']);
    expect(stderr).toContain('a spreadsheet may take a cell that begins with = for a formula');
    expect(await place.failure(['export', 'csv', 'csv'])).toMatchObject({ exit: 2, code: 'EXPORT_FOLDER_NOT_EMPTY' });
    const doctors = await place.failure(['export', 'csv', 'other', '--tables', 'doctors']);
    expect(doctors).toMatchObject({ exit: 2, code: 'EXPORT_TABLE_UNKNOWN' });
    expect(await place.failure(['export', 'csv', 'in/visits.csv/out'])).toMatchObject({ code: 'OUTPUT_FAILED' });
  });

  test('whoever reads only the start of the result ends the command without a word', async () => {
    const child = place.start(['query', 'select * from visits, range(20000)', '--limit', '50000', '--json']);
    child.stdout?.once('data', () => child.stdout?.destroy());
    const { stderr } = await ended(child);
    expect(stderr).toBe('');
  });

  test('doctor finds nothing wrong', async () => {
    const { ok, checks } = await place.json<{ ok: boolean; checks: { state: string }[] }>(['doctor']);
    expect(ok).toBe(true);
    expect(checks.length).toBeGreaterThan(3);
  });
});

test('ingest names what it passed over and the columns that it did not read, each in --json, together in text', async () => {
  const place = await placeWith({ 'patients.csv': 'patient_id,age,shoe_size\np1,40,41\n' });
  await mkdir(join(place.path, 'in/notes'));
  for (const name of ['a', 'b', 'c', 'd']) await writeFile(join(place.path, `in/notes/${name}.md`), 'x');
  const { skipped, unread } = await place.json<IngestDocument>(['ingest', 'in']);
  expect(skipped.map(({ file }) => file)).toEqual(['notes/a.md', 'notes/b.md', 'notes/c.md', 'notes/d.md']);
  expect(skipped[0]?.why).toEqual(expect.stringMatching(/./));
  expect(unread).toEqual({ 'patients.csv': ['shoe_size'] });
  const { stdout } = await place.run(['ingest', 'in']);
  expect(stdout).toMatch(/^Passed over 4 files: notes\/a.md \(.+\), notes\/b.md \(.+\), .*…; --json names all$/m);
  await place.remove();
});

test('generate says how to go on, and that works as it is written', async () => {
  const place = await Place.make();
  const { stdout } = await place.run(['generate', '--patients', '20', '--out', 'hospital']);
  const hint = /Next: carelake (ingest \S+)$/m.exec(stdout)?.[1] ?? '';
  const { batches } = await place.json<IngestDocument>(hint.split(' '));
  expect(batches.flatMap(({ files }) => files.map(({ name }) => name))).toContain('visits.csv');
  await place.remove();
});

test('what fails while a command closes is told like any failure, and ends it with 1', async () => {
  const place = await Place.make();
  const from = (path: string) => JSON.stringify(join(import.meta.dirname, '../../dist', path));
  const script = `import { running } from ${from('cli/command.js')};
    import { CarelakeError } from ${from('errors.js')};
    await running(async ({ app, output }) => {
      app.close = async () => { throw new CarelakeError('LAKE_FAILED', 'The share went away.'); };
      output.result({ done: true }, () => 'done');
    })({ data: 'data', json: true }, undefined);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { cwd: place.path });
  const { code, stdout, stderr } = await ended(child);
  expect({ code, document: JSON.parse(stdout) }).toEqual({ code: 1, document: { done: true } });
  expect(stderr).toMatch(/^The lake failed \(LAKE_FAILED\)\n {2}The share went away\.\n[^\n]+\n$/);
  await place.remove();
});

describe('what is done again', () => {
  test('changes nothing: the same file, under whatever name, and a run with nothing new', async () => {
    const place = await placeWith(files);
    await place.json(['ingest', 'in']);
    const first = await place.json<StatusDocument>(['run']);
    const before = await lakeFiles(place);

    await mkdir(join(place.path, 'again'));
    await writeFile(join(place.path, 'again/people.csv'), files['patients.csv']);
    for (const path of ['in', 'again']) {
      const again = await place.json<IngestDocument>(['ingest', path]);
      expect(again.batches.flatMap((batch) => batch.files.map((file) => file.already_there))).not.toContain(false);
    }
    const { code, stdout } = await place.run(['run']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Nothing new: run 000001-\w+ stays published/);
    const second = await place.json<StatusDocument & { steps: { reused: boolean }[] }>(['run']);
    expect(second.run).toEqual(first.run);
    expect(second.steps.every(({ reused }) => reused)).toBe(true);
    expect(await lakeFiles(place)).toEqual(before);
    await place.remove();
  });

  test('run --full makes every step again and finds the same', async () => {
    const place = await placeWith(files);
    await place.json(['ingest', 'in']);
    const first = await place.json<StatusDocument>(['run']);
    const before = await lakeFiles(place);
    const full = await place.json<StatusDocument & { steps: { reused: boolean }[] }>(['run', '--full']);
    expect(full.run).toEqual(first.run);
    expect(full.steps.some(({ reused }) => reused)).toBe(false);
    expect(await lakeFiles(place)).toEqual(before);
    await place.remove();
  });

  test('a corrected file is a new run; runs lists both, and gc keeps what it is told to', async () => {
    const place = await placeWith(files);
    await place.json(['ingest', 'in']);
    await place.json(['run']);
    await writeFile(join(place.path, 'in/visits.csv'), files['visits.csv'].replace('2024-02-30', '2024-02-29'));
    await place.json(['ingest', 'in']);
    const { run, tables } = await place.json<StatusDocument>(['run']);
    expect(run?.id).toMatch(/^000002-/);
    expect(tables.visits).toEqual({ rows: 3 });
    const { runs } = await place.json<{ runs: { id: string; published: boolean }[] }>(['runs']);
    expect(runs.map(({ id, published }) => [id.slice(0, 6), published])).toEqual([
      ['000002', true],
      ['000001', false],
    ]);
    const dry = await place.json<{ runs: number; steps: number }>(['gc', '--keep', '1', '--grace', '0', '--dry-run']);
    expect(dry).toMatchObject({ dry_run: true, runs: 1 });
    expect(dry.steps).toBeGreaterThan(5);
    expect(await place.json(['gc', '--keep', '1', '--grace', '0'])).toMatchObject({ ...dry, dry_run: false });
    expect((await place.json<{ runs: unknown[] }>(['runs'])).runs).toHaveLength(1);
    expect(await place.query('select count(*) from visits')).toEqual([[3]]);
    await place.remove();
  });
});

describe('demo', () => {
  test('fills a folder, may be repeated, and says what to do next', async () => {
    const place = await Place.make();
    const first = await place.json<StatusDocument & { readmissions: unknown[]; generated: { defects: number } }>([
      'demo',
      '--no-train',
      '--patients',
      '300',
      '--no-serve',
    ]);
    expect(first.tables.patients?.rows).toBeGreaterThan(280);
    expect(first.readmissions.length).toBeGreaterThan(0);
    const { code, stdout } = await place.run([
      'demo',
      '--patients',
      '300',
      '--no-train',
      '--no-serve',
      '--port',
      '8080',
    ]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Nothing new: run 000001/);
    expect(stdout).toContain('carelake rejects');
    const smaller = await place.json<StatusDocument>(['demo', '--patients', '100', '--no-train', '--no-serve']);
    expect(smaller.tables.patients?.rows).toBeLessThan(110);
    await place.remove();
  });

  test('refuses a folder with data of the user, names it, and touches nothing', async () => {
    const place = await placeWith(files);
    await place.json(['ingest', 'in']);
    const before = await lakeFiles(place);
    expect(await place.failure(['demo', '--patients', '10'])).toMatchObject({
      exit: 2,
      code: 'DEMO_REFUSED',
      detail: expect.stringContaining('patients.csv'),
      fix: expect.stringContaining('--data'),
    });
    expect(await lakeFiles(place)).toEqual(before);
    await place.remove();
  });
});

describe('Ctrl-C', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    '%s in ingest and in run is a coded error, and the next one completes',
    async (signal) => {
      const place = await Place.make();
      await place.json(['generate', '--patients', '30000', '--out', 'hospital']);
      for (const command of [['ingest', 'hospital'], ['run']]) {
        const child = place.start(command);
        // Not before the command listens, which it does before it touches the lake.
        const busy = command[0] === 'run' ? 'run.lock' : '.scratch';
        const end = ended(child);
        await appears(place, busy);
        child.kill(signal);
        const { code, stdout, stderr } = await end;
        expect(stderr).toMatch(/^Stopping; what is finished is kept\.\n[\s\S]*\((INTERRUPTED|ENGINE_CANCELLED)\)/);
        expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
        await place.json(command);
      }
      expect((await place.json<StatusDocument>(['status'])).tables.patients?.rows).toBeGreaterThan(29_000);
      await place.remove();
    },
  );
});

/** Waits until a file of the workspace is there. */
async function appears(place: Place, name: string): Promise<void> {
  for (;;) {
    const entries: string[] = await readdir(place.lake()).catch(() => []);
    if (entries.includes(name)) return;
    await pause(5);
  }
}

/** The paths of all files of the lake. */
async function lakeFiles(place: Place): Promise<string[]> {
  const entries = await readdir(place.lake(), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
}
