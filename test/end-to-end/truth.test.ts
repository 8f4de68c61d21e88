// A synthetic hospital whose defects are known, from files to published tables: each defect ends where its truth expects
// it, and nothing else is rejected, a duplicate, left out or set missing. What became of each record is read from the
// Parquet files of the run, by SQL of the test's own.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { defectKinds } from '../../src/sources/generator/defects/kinds.js';
import { type FileRow, Place, type StatusDocument } from './place.js';

const tables = ['patients', 'visits', 'prescriptions', 'diagnoses'] as const;

let place: Place;
let status: StatusDocument;
let instance: DuckDBInstance;
let connection: DuckDBConnection;

beforeAll(async () => {
  place = await Place.make();
  await place.json(['generate', '--patients', '12000', '--seed', '1', '--dirty', '0.03', '--out', 'hospital']);
  await place.json(['ingest', 'hospital']);
  await place.json(['run']);
  status = await place.json(['status']);
  instance = await DuckDBInstance.create(':memory:');
  connection = await instance.connect();
  await collectFates();
});
afterAll(async () => {
  connection?.closeSync();
  instance?.closeSync();
  await place.remove();
});

async function ask(sql: string): Promise<Record<string, unknown>[]> {
  return (await connection.runAndReadAll(sql)).getRowObjectsJson();
}

/**
 * Makes `defects` (the truth), `fates` (one row for every record: what became of it, and why it was rejected) and
 * `missing` (one row for every value set missing).
 */
async function collectFates(): Promise<void> {
  const manifest = await place.manifest();
  const step = (name: string) => `'${place.lake('steps', manifest.steps[name] ?? '', '*.parquet')}'`;
  const published = (name: string) => `'${place.lake('steps', manifest.tables[name]?.step ?? '', '*.parquet')}'`;
  const rejects = `'${place.lake('raw/batches/*/*-rejects-*.parquet')}'`;
  const ends = tables.flatMap((table) => [
    `select _file, _row, _line, 'used' as disposition, null as reason from ${published(table)}`,
    `select l._file, l._row, null, l._disposition, l._reason from ${step(`deduplicate/${table}`)} as l`,
  ]);
  await connection.run(`
    create table defects as select * from '${join(place.path, 'hospital/truth/defects.parquet')}';
    create table issues as select * from ${step('issues')};
    create table fates as
      ${ends.join(' union all ')}
      union all
      select _file, _row, any_value(_line), 'rejected', string_agg(reason, '+' order by field)
        from issues where action = 'reject' group by _file, _row
      union all
      select _file, _row, _line, 'rejected', c0 from ${rejects};
    create table missing as select _file, _row, field, reason from issues where action <> 'reject' and not _rejected;
    ${tables.map((table) => `create table ${table} as select * from ${published(table)};`).join('\n')}
    ${['patients', 'visits', 'prescriptions'].map((table) => `create table twins_${table} as select * from ${step(`twins/${table}`)};`).join('\n')}`);
}

test('every record has one fate, and there are as many fates as records', async () => {
  expect(await ask('select _file, _row from fates group by all having count(*) <> 1')).toEqual([]);
  const counted = await ask(
    'select _file as file, cast(count(*) as int) as records from fates group by all order by 1',
  );
  const told = [...status.accounting].map(({ file, records }) => ({ file, records: records.total }));
  expect(counted).toEqual(told);
});

test('every kind of defect was injected, and each defect ends as the truth expects', async () => {
  const kinds = await ask('select distinct kind from defects order by kind');
  expect(kinds.map(({ kind }) => kind)).toEqual(defectKinds.map(({ id }) => id).sort());
  const elsewhere = await ask(`
    select kind, file, line, key, expected_disposition, expected_reason, disposition, reason
    from defects left join fates on _file = file and _row = row
    where expected_disposition <> 'blank' and (
      disposition is distinct from expected_disposition
      or (disposition <> 'used' and reason is distinct from expected_reason))`);
  expect(elsewhere).toEqual([]);
});

test('each defect that sets a field missing sets that one for that reason, and nothing else is set missing', async () => {
  const difference = (a: string, b: string) => ask(`select * from (${a}) except all select * from (${b})`);
  const expected = `select file, row, expected_missing_field, expected_reason from defects where expected_missing_field is not null`;
  const found = 'select _file, _row, field, reason from missing';
  expect(await difference(expected, found)).toEqual([]);
  expect(await difference(found, expected)).toEqual([]);
  expect(await ask(`select cast(count(*) > 500 as int) as many from missing`)).toEqual([{ many: 1 }]);
});

test('every record that the truth does not name is used, with nothing to say of it', async () => {
  const struck = `select 1 from defects where file = _file and row = _row`;
  expect(await ask(`select * from fates where disposition <> 'used' and not exists (${struck})`)).toEqual([]);
  expect(await ask(`select * from issues where not exists (${struck})`)).toEqual([]);
});

test('each defect that a check is to find is among the rows that fail it, but where what it is compared with is gone', async () => {
  const manifest = await place.manifest();
  const findings = Object.entries(manifest.steps).filter(([name]) => /^quality.*findings$/.test(name));
  const files = findings.map(([, hash]) => `'${place.lake('steps', hash, '*.parquet')}'`);
  await connection.run(`create table findings as select * from read_parquet([${files.join(', ')}])`);
  // A patient, or a date of death, that is itself at fault; a visit that is.
  const incomparable = `(kind = 'visits/after-death' and split_part(substr(key, 2), '-', 1) in
      (select substr(key, 2) from defects where kind like 'patients/%'))
    or (kind = 'prescriptions/before-visit' and 'V' || split_part(substr(key, 2), '-', 1) in
      (select split_part(key, '-', 1) from defects where kind like 'visits/%'))`;
  const unseen = await ask(`select kind, file, line, row, check_id from defects as d
    where check_id is not null and not (${incomparable}) and not exists (
      select 1 from findings as f where f.check_id = d.check_id and f._file = d.file and (f._line = d.line or f._row = d.row))`);
  expect(unseen).toEqual([]);
  const [row] = await ask(
    'select cast(count(distinct check_id) as int) as checks from defects where check_id is not null',
  );
  expect(row?.checks).toBeGreaterThan(30);
});

test('a duplicate names the record that won, which is used and has the same key', async () => {
  const manifest = await place.manifest();
  for (const [table, key] of [
    ['patients', 'patient_id'],
    ['visits', 'visit_id'],
    ['prescriptions', 'prescription_id'],
  ] as const) {
    const losers = place.lake('steps', manifest.steps[`deduplicate/${table}`] ?? '', '*.parquet');
    const wrong = await ask(`select l.${key}, l._row, l._winner_row from '${losers}' as l
      left join ${table} as w on w._file = l._winner_file and w._row = l._winner_row
      where w.${key} is distinct from l.${key} or l._winner_row <> l._row + 1`);
    expect(wrong).toEqual([]);
  }
});

test('the account of each file is what the truth and the file itself give', async () => {
  const lost = await ask(`select file, expected_disposition as disposition, cast(count(*) as int) as defects
    from defects group by all`);
  const count = (file: string, disposition: string) =>
    Number(lost.find((row) => row.file === file && row.disposition === disposition)?.defects ?? 0);
  for (const table of tables) {
    const file = `${table}.csv`;
    const lines = (await readFile(join(place.path, 'hospital', file), 'latin1')).split('\n').length - 1;
    const ends = {
      blank: count(file, 'blank'),
      duplicates: count(file, 'duplicate'),
      rejected: count(file, 'rejected'),
    };
    const used = lines - 1 - ends.blank - ends.duplicates - ends.rejected;
    const row = status.accounting.find((one) => one.file === file) as FileRow;
    const { file: _, source, records, ...counts } = row;
    expect(source).toBe('default');
    expect(counts).toMatchObject({ lines, header: 1, ...ends, used, not_used: 0 });
    expect(records).toMatchObject({ duplicates: ends.duplicates, rejected: ends.rejected, not_used: 0 });
  }
});

test('the orphans are the visits, prescriptions and diagnoses whose patient was struck off or never was', async () => {
  await connection.run(`create table unknown as
    select key as patient_id from defects where kind like 'patients/%' and expected_disposition = 'rejected'
    union all select injected_value from defects where kind = 'visits/orphan'`);
  const visitOf = `select * from defects where kind like 'visits/%' and expected_disposition = 'rejected'`;
  const expected = {
    visits: `select visit_id from visits where patient_id in (from unknown)`,
    // one that names no patient has that of its visit, which may itself be gone
    prescriptions: `select prescription_id from prescriptions where patient_id in (from unknown) or patient_id is null`,
    diagnoses: `select visit_id from diagnoses where patient_id in (from unknown)`,
  };
  for (const [table, sql] of Object.entries(expected)) {
    const [key = ''] = /(?<=select )\w+/.exec(sql) ?? [];
    const flagged = `select ${key} from ${table} where not patient_known`;
    expect(await ask(`(${sql}) except all (${flagged})`), table).toEqual([]);
    expect(await ask(`(${flagged}) except all (${sql})`), table).toEqual([]);
    const [total] = await ask(`select cast(count(*) as int) as n from (${flagged})`);
    expect(status.orphans[table]).toBe(total?.n);
    expect(total?.n).toBeGreaterThan(100);
  }
  // Those that refer to a visit which was rejected, or which nobody knows, are flagged beside it.
  for (const table of ['prescriptions', 'diagnoses']) {
    const wrong = await ask(`select visit_id from ${table} where visit_id is not null and visit_known = (
      visit_id in (select key from (${visitOf})) or visit_id in (select injected_value from defects where kind = 'prescriptions/orphan'))`);
    expect(wrong, table).toEqual([]);
  }
});

test('records that come again under another id are all reported, and not merged', async () => {
  for (const [table, key] of [
    ['patients', 'patient_id'],
    ['visits', 'visit_id'],
    ['prescriptions', 'prescription_id'],
  ] as const) {
    const copies = `select original_value, injected_value from defects where kind = '${table}/same-content-other-id'`;
    const pairs = `select a.${key}, b.${key} from twins_${table} as a join twins_${table} as b using (source, content)`;
    expect(await ask(`(${copies}) except all (${pairs})`), table).toEqual([]);
    const [reported] = await ask(`select cast(count(*) as int) as n from twins_${table}`);
    expect(status.twins[table]).toBe(reported?.n);
  }
});

test('index stays and readmissions are those that were drawn, where no defect changes the course of events', async () => {
  const stays = place.lake('steps', (await place.manifest()).tables.stays?.step ?? '', '*.parquet');
  const outcomes = join(place.path, 'hospital/truth/outcomes.parquet');
  // The visit V12-3 is of the patient P12.
  const changed = `select 'P' || split_part(substr(key, 2), '-', 1) from defects where affects_outcome`;
  const [row] = await ask(`select cast(count(*) as int) as compared,
      cast(count(case when o.visit_id is null then 1 end) as int) as not_drawn,
      cast(count(case when o.readmitted is distinct from s.readmitted_within_30_days then 1 end) as int) as differing
    from '${stays}' as s left join '${outcomes}' as o on o.visit_id = s.last_visit_id
    where s.is_index and coalesce(o.patient_id, s.patient_id) not in (${changed})`);
  expect(row).toMatchObject({ not_drawn: 0, differing: 0 });
  expect(row?.compared).toBeGreaterThan(8000);
});
