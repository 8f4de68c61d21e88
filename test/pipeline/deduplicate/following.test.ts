// Rows that one record feeds into several tables share its fate: one record, one disposition.
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openWorkspace, type Workspace } from '../harness.js';

let workspace: Workspace;
beforeEach(async () => {
  workspace = await openWorkspace();
});
afterEach(() => workspace.close());

const fixture = (name: string) => readFileSync(new URL(`../../fixtures/uci-diabetes/${name}`, import.meta.url), 'utf8');
const codes = fixture('IDs_mapping.csv');
const encounters = fixture('diabetic_data.csv');
const land = (text: string) => workspace.land({ 'diabetic_data.csv': text, 'IDs_mapping.csv': codes });
const count = async (table: string, where: string) => {
  const rows = await workspace.rows<{ n: number }>(table, `select count(*) as n from t where ${where}`);
  return rows[0]?.n;
};

test('of a record that is rejected, no diagnosis and no prescription is used', async () => {
  await land(encounters);
  const { manifest } = await workspace.run();
  const [rejected] = await workspace.rows<{ _row: number }>(
    'issues',
    `select _row from t where _rejected and table_name = 'visits'`,
  );
  const row = `_file = 'diabetic_data.csv' and _row = ${rejected?._row}`;
  expect(await count('visits', row)).toBe(0);
  expect(await count('diagnoses', row)).toBe(0);
  expect(await count('prescriptions', row)).toBe(0);
  expect(
    await count('deduplicate/diagnoses', `${row} and _disposition = 'not_used' and _reason = 'record_not_used'`),
  ).toBe(3);
  expect(await count('deduplicate/prescriptions', `${row} and _reason = 'record_not_used'`)).toBe(1);
  const account = manifest.accounting.find(({ file }) => file === 'diabetic_data.csv');
  expect(account?.records).toEqual({ total: 10, used: 9, duplicates: 0, rejected: 1, not_used: 0 });
});

test('of a record that a later one replaces, no diagnosis and no prescription is left', async () => {
  await land(encounters);
  // The same encounter again, now with one diagnosis instead of three.
  const [header = '', ...records] = encounters.trimEnd().split(/\r?\n/);
  const before = records.find((record) => record.startsWith('1999,')) ?? '';
  await land(`${header}\n${before.replace(',428,250.01,401,', ',486,?,?,')}\n`);
  const { manifest } = await workspace.run();
  const diagnoses = await workspace.rows(
    'diagnoses',
    `select rank, diagnosis_code, _batch from t where visit_id = 'uci-diabetes:1999' order by rank`,
  );
  expect(diagnoses).toEqual([{ rank: 1, diagnosis_code: '486', _batch: 2 }]);
  expect(await count('prescriptions', `visit_id = 'uci-diabetes:1999' and _batch = 1`)).toBe(0);
  expect(await count('prescriptions', `visit_id = 'uci-diabetes:1999' and _batch = 2`)).toBe(2);
  const [first, second] = manifest.accounting.filter(({ file }) => file === 'diabetic_data.csv');
  expect(first?.records).toMatchObject({ total: 10, used: 8, duplicates: 1, rejected: 1 });
  expect(second?.records).toMatchObject({ total: 1, used: 1, duplicates: 0 });
});

test('a patient made of several records stays where the record that it names is replaced', async () => {
  await land(encounters);
  const [header = '', ...records] = encounters.trimEnd().split(/\r?\n/);
  await workspace.run();
  const sql = `select _file, _row from t where patient_id = 'uci-diabetes:54'`;
  const [named] = await workspace.rows<{ _row: number }>('patients', sql);
  const record = records[(named?._row ?? 0) - 1] ?? '';
  // The same encounter, now of another patient.
  await land(`${header}\n${record.replace(',54,', ',99,')}\n`);
  await workspace.run();
  expect(await count('patients', `patient_id in ('uci-diabetes:54', 'uci-diabetes:99')`)).toBe(2);
  expect(await count('visits', `patient_id = 'uci-diabetes:54'`)).toBe(1);
});
