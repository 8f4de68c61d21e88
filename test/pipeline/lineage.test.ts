// From a published row back to the files: the versions of the row, the record as it came, and what a mart is made from.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Lineage, traceRow } from '../../src/pipeline/lineage.js';
import { openWorkspace, type Workspace } from './harness.js';

const fixture = (name: string): Buffer => readFileSync(new URL(`../fixtures/uci-diabetes/${name}`, import.meta.url));

let workspace: Workspace;
beforeAll(async () => {
  workspace = await openWorkspace();
  await workspace.land(
    {
      'patients.csv': 'MRN,Full Name,Age,Sex,BMI\np1,Ann,40,f,27.5\np2,Bob,412,m,31\np3,Cy,30,m,900\n',
      'visits.csv': [
        'visit_id,patient_id,visit_date,discharge_date,visit_type,discharge_disposition,facility,diagnosis_code',
        'a,p1,2024-01-01,2024-01-05,inpatient,transfer,North,I50.9',
        'b,p1,2024-01-05,2024-01-05,inpatient,transfer,South,I50.9',
        'c,p1,2024-01-05,2024-01-09,inpatient,home,West,I50.9',
        'd,p1,2024-01-09,2024-01-12,inpatient,home,North,J18.9',
        'e,p1,2024-02-01,,outpatient,,,',
        '',
      ].join('\n'),
      'prescriptions.csv': 'prescription_id,visit_id,drug_name\nr1,a,Ramipril\n',
      "o'brien; drop.csv": `visit_id,patient_id,visit_date\n"x' or 1=1 --",p3,2024-03-01\n"y"";drop",p3,2024-03-02\n`,
    },
    { on: '2024-06-01' },
  );
  await workspace.land({ 'corrected.csv': 'patient_id,age,bmi\np1,41,\n' }, { on: '2024-06-02' });
  await workspace.land({
    'diabetic_data.csv': fixture('diabetic_data.csv'),
    'IDs_mapping.csv': fixture('IDs_mapping.csv'),
  });
  await workspace.run();
});
afterAll(() => workspace.close());

const trace = (table: string, key: string): Promise<Lineage> => traceRow(workspace.lake, workspace.engine, table, key);
const keysOf = ({ rows }: Lineage, field: string): unknown[] =>
  rows.map(({ values }) => values.find((value) => value.field === field)?.value).sort();

describe('lineage', () => {
  test('follows a row to its file, line and record, with the columns as the file names them', async () => {
    const { rows, complete, step, run } = await trace('visits', 'd');
    const manifest = await workspace.manifest();
    expect({ complete, step, run }).toEqual({ complete: true, step: manifest.tables.visits?.step, run: manifest.id });
    expect(rows).toMatchObject([
      { table: 'visits', disposition: 'used', reason: null, winner: null, file: 'visits.csv', line: 5, row: 4 },
    ]);
    expect(rows[0]?.batch).toMatchObject({ sequence: 1, source: 'default', landed: '2024-06-01' });
    expect(Object.values(manifest.steps)).toContain(rows[0]?.step);
    expect(rows[0]?.values).toContainEqual({
      field: 'visit_date',
      column: 'visit_date',
      original: '2024-01-09',
      value: '2024-01-09',
      reason: null,
    });
  });

  test('shows both versions of a corrected row, and which one won', async () => {
    const { rows } = await trace('patients', 'p1');
    expect(rows).toMatchObject([
      {
        disposition: 'duplicate',
        reason: 'earlier_version',
        winner: { file: 'corrected.csv', row: 1 },
        file: 'patients.csv',
        batch: { sequence: 1 },
      },
      { disposition: 'used', winner: null, file: 'corrected.csv', batch: { sequence: 2, landed: '2024-06-02' } },
    ]);
    expect(rows[0]?.values).toContainEqual({
      field: 'gender',
      column: 'Sex',
      original: 'f',
      value: 'Female',
      reason: null,
    });
  });

  test('shows a rejected row with the reason and the value at fault', async () => {
    const { rows } = await trace('patients', 'p2');
    expect(rows).toMatchObject([{ disposition: 'rejected', reason: 'out_of_range', line: 3 }]);
    expect(rows[0]?.values).toContainEqual({
      field: 'age',
      column: 'Age',
      original: '412',
      value: null,
      reason: 'out_of_range',
    });
  });

  test('says why a value of a used row is missing', async () => {
    const { rows } = await trace('patients', 'p3');
    expect(rows).toMatchObject([{ disposition: 'used', reason: null }]);
    expect(rows[0]?.values).toContainEqual({
      field: 'bmi',
      column: 'BMI',
      original: '900',
      value: null,
      reason: 'out_of_range',
    });
  });

  test('of a stay names the visits that were merged into it and no other', async () => {
    expect(keysOf(await trace('stays', 'a'), 'visit_id')).toEqual(['a', 'b', 'c']);
    expect(keysOf(await trace('stays', 'd'), 'visit_id')).toEqual(['d']);
  });

  test('of a patient summary names the patient, the visits, and prescriptions that name only their visit', async () => {
    const summary = await trace('patient_summary', 'p1');
    const count = (table: string) =>
      summary.rows.filter((row) => row.table === table && row.disposition === 'used').length;
    expect({ patients: count('patients'), visits: count('visits'), prescriptions: count('prescriptions') }).toEqual({
      patients: 1,
      visits: 5,
      prescriptions: 1,
    });
  });

  test('of a row of the UCI set gives the originals of all columns that a value is made of', async () => {
    const [visit] = await workspace.rows<{ visit_id: string; patient_id: string }>(
      'visits',
      `select visit_id, patient_id from t where source = 'uci-diabetes' order by visit_order limit 1`,
    );
    const { rows } = await trace('visits', visit?.visit_id ?? '');
    const [header = '', ...lines] = fixture('diabetic_data.csv').toString().trim().split(/\r?\n/);
    const record = lines.find((line) => `uci-diabetes:${line.split(',')[0]}` === visit?.visit_id)?.split(',') ?? [];
    const original = (column: string) => record[header.split(',').indexOf(column)];
    expect(rows).toMatchObject([{ disposition: 'used', file: 'diabetic_data.csv', batch: { source: 'uci-diabetes' } }]);
    for (const { column, original: found } of rows[0]?.values ?? []) expect(found).toBe(original(column));
    const stay = await trace('stays', visit?.visit_id ?? '');
    expect(keysOf(stay, 'visit_id')).toEqual([visit?.visit_id]);
    const patient = await trace('patient_summary', visit?.patient_id ?? '');
    expect(new Set(patient.rows.map(({ table }) => table))).toContain('visits');
  });

  test.each(["x' or 1=1 --", 'y";drop'])('finds the key %j as it is', async (key) => {
    const { rows } = await trace('visits', key);
    expect(rows).toMatchObject([{ file: "o'brien; drop.csv", disposition: 'used' }]);
  });

  test.each([
    ['visits', 'nobody'],
    ['visits', "' or 1=1 --"],
    ['visits', ''],
    ['patients', 'd'],
    ['stays', 'b'],
    ['stays', 'e'],
    ['patient_summary', 'p2'],
    ['patient_summary', 'a'],
  ])('of %s %j, which there is not, is an error', async (table, key) => {
    await expect(trace(table, key)).rejects.toMatchObject({ code: 'ROW_NOT_FOUND' });
  });

  test.each(['months', 'nothing', 'constructor', 'visits; drop table x', ''])(
    'of the table %j, which cannot be followed, is an error',
    async (table) => {
      await expect(trace(table, 'a')).rejects.toMatchObject({ code: 'TABLE_NOT_FOUND' });
    },
  );

  test('says where a patient has more visits than are shown', async () => {
    const crowded = await openWorkspace();
    try {
      const visits = Array.from({ length: 101 }, (_, n) => `v${n},p,2024-01-01`);
      await crowded.land({
        'patients.csv': 'patient_id,age\np,40\n',
        'visits.csv': `visit_id,patient_id,visit_date\n${visits.join('\n')}\n`,
      });
      await expect(traceRow(crowded.lake, crowded.engine, 'visits', 'v1')).rejects.toMatchObject({
        code: 'NOT_PUBLISHED',
      });
      await crowded.run();
      const { rows, complete } = await traceRow(crowded.lake, crowded.engine, 'patient_summary', 'p');
      expect({ rows: rows.length, complete }).toEqual({ rows: 101, complete: false });
    } finally {
      await crowded.close();
    }
  });
});
