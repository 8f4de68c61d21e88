// What a run says of values that it could not use, and of repeated measurements.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readRejects } from '../../src/pipeline/rejects.js';
import { openWorkspace, type Workspace } from './harness.js';

let workspace: Workspace;
beforeEach(async () => {
  workspace = await openWorkspace();
});
afterEach(() => workspace.close());

test('a run counts the values that were set missing, by field and reason, and leaves out those of rejected rows', async () => {
  await workspace.land({
    'visits.csv': [
      'visit_id,patient_id,visit_date,visit_type,heart_rate',
      'v1,p1,2024-01-05,Krankenhaus,70',
      'v2,p1,2024-01-06,INPATIENT,eighty',
      'v3,p1,2024-02-30,Krankenhaus,70',
      '',
    ].join('\n'),
  });
  const { manifest } = await workspace.run();
  expect(manifest.missing).toEqual([
    { source: 'default', table: 'visits', field: 'heart_rate', reason: 'not_a_number', values: 1 },
    { source: 'default', table: 'visits', field: 'visit_type', reason: 'not_allowed', values: 1 },
  ]);
  const rows = [];
  for await (const row of readRejects(workspace.lake, workspace.engine, (code) => code, 'missing')) rows.push(row);
  expect(rows.map(({ line, field, value, code }) => [line, field, value, code])).toEqual([
    [2, 'visit_type', 'Krankenhaus', 'not_allowed'],
    [3, 'heart_rate', 'eighty', 'not_a_number'],
  ]);
});

test('a birth more than 150 years before the landing date rejects the patient, one of 150 years does not', async () => {
  await workspace.land(
    { 'patients.csv': 'patient_id,birth_date\np1,1700-01-01\np2,1874-06-14\np3,1874-06-15\n' },
    { on: '2024-06-15' },
  );
  await workspace.run();
  expect(await workspace.rows('patients', 'select patient_id from t')).toEqual([{ patient_id: 'p3' }]);
  expect((await workspace.rejects()).map(({ row, field, code }) => [row, field, code])).toEqual([
    [1, 'birth_date', 'out_of_range'],
    [2, 'birth_date', 'out_of_range'],
  ]);
});

test('two measurements of one day without a time are two; the same line twice is one', async () => {
  await workspace.land({
    'observations.csv': [
      'patient_id,code,value,unit,observation_date',
      'P1,2339-0,80,mg/dL,2020-01-01',
      'P1,2339-0,410,mg/dL,2020-01-01',
      'P1,2339-0,410,mg/dL,2020-01-01',
      '',
    ].join('\n'),
  });
  const { manifest } = await workspace.run();
  expect(await workspace.rows('observations', 'select value from t order by value')).toEqual([
    { value: '410' },
    { value: '80' },
  ]);
  expect(manifest.accounting[0]).toMatchObject({ used: 2, duplicates: 1 });
});
