// What makes a row a rejected one, how a reading's rows are named, and how issues are told.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorkspace, type Workspace } from '../harness.js';
import { cleanRows, issuesOf } from './cells.js';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await openWorkspace();
});
afterAll(() => workspace.close());

describe('a group of which one field must be present', () => {
  test('is satisfied by either', async () => {
    const rows = await cleanRows(
      workspace,
      'patients',
      ['patient_id', 'age', 'birth_date'],
      [
        ['p1', '40', ''],
        ['p2', '', '1980-01-01'],
      ],
    );
    expect(rows.map((row) => row._rejected)).toEqual([false, false]);
  });

  test('rejects the row where none is present, or the only one is set missing', async () => {
    const rows = await cleanRows(
      workspace,
      'visits',
      ['visit_id', 'patient_id', 'visit_date', 'visit_order'],
      [
        ['v1', 'p1', 'NA', ''],
        ['v2', 'p1', '', 'third'],
        ['v3', 'p1', '2024-01-05', 'third'],
        ['v4', 'p1', '', '3'],
      ],
    );
    const absent = { field: 'visit_date or visit_order', reason: 'required_missing', action: 'reject', value: '' };
    const third = { field: 'visit_order', reason: 'not_a_number', action: 'missing', value: 'third' };
    expect(rows.map(({ _rejected }) => _rejected)).toEqual([true, true, false, false]);
    expect(rows.map(issuesOf)).toEqual([[absent], [third, absent], [third], []]);
  });

  test('says nothing more where a value of it rejects the row by itself', async () => {
    const [row = {}] = await cleanRows(
      workspace,
      'patients',
      ['patient_id', 'age', 'birth_date'],
      [['p9', '', '1980-02-30']],
    );
    expect(row).toMatchObject({ _rejected: true, birth_date: null });
    expect(issuesOf(row)).toEqual([
      { field: 'birth_date', reason: 'not_a_date', action: 'reject', value: '1980-02-30' },
    ]);
  });
});

test('a row keeps what is good beside what is set missing, and says every flaw', async () => {
  const [row = {}] = await cleanRows(
    workspace,
    'visits',
    ['visit_id', 'patient_id', 'visit_date', 'heart_rate', 'glucose_level', 'blood_pressure', 'severity_score'],
    [['v7', '', '2031-01-01', ' fast ', '5000', '80/120', '7.25']],
  );
  expect(row).toMatchObject({
    visit_id: 'v7',
    heart_rate: null,
    glucose_level: null,
    systolic: null,
    severity_score: 7.25,
  });
  expect(issuesOf(row)).toEqual([
    { field: 'patient_id', reason: 'required_missing', action: 'reject', value: '' },
    { field: 'visit_date', reason: 'in_future', action: 'reject', value: '2031-01-01' },
    { field: 'blood_pressure', reason: 'not_blood_pressure', action: 'missing', value: '80/120' },
    { field: 'glucose_level', reason: 'out_of_range', action: 'missing', value: '5000' },
    { field: 'heart_rate', reason: 'not_a_number', action: 'missing', value: ' fast ' },
  ]);
});

test('outside the source default, ids and what they name are written source:id', async () => {
  const [row] = await cleanRows(
    workspace,
    'visits',
    ['visit_id', 'patient_id', 'visit_date'],
    [['v8', 'p8', '2024-01-05']],
    { source: 'north' },
  );
  expect(row).toMatchObject({ source: 'north', visit_id: 'north:v8', patient_id: 'north:p8' });
});

test('outside the source default, a code is written as it is, though rows are told apart by it', async () => {
  const columns = ['visit_id', 'rank', 'diagnosis_code', 'diagnosis_description'];
  const [row] = await cleanRows(workspace, 'diagnoses', columns, [['v8', '1', 'E11', 'Diabetes']], { source: 'north' });
  expect(row).toMatchObject({ visit_id: 'north:v8', diagnosis_code: 'E11', diagnosis_description: 'Diabetes' });
});

test('both pressures stand beside the text as numbers', async () => {
  const [row] = await cleanRows(
    workspace,
    'visits',
    ['visit_id', 'patient_id', 'visit_date', 'bp'],
    [['v9', 'p8', '2024-01-05', '090 / 60 mmHg']],
  );
  expect(row).toMatchObject({ blood_pressure: '90/60', systolic: 90, diastolic: 60 });
});

test('a row says where it came from', async () => {
  await workspace.land({
    'visits.csv': 'visit_id,patient_id,visit_date,note\n\nv20,p1,2024-01-05,"two\nlines"\nv21,p1,2024-01-06,\n',
  });
  const rows = await workspace.clean(
    'visits',
    `select _file, _row, _line, _lines, _item, _primary from t where _file = 'visits.csv' order by _row`,
  );
  expect(rows).toEqual([
    { _file: 'visits.csv', _row: 1, _line: 3, _lines: 2, _item: 0, _primary: true },
    { _file: 'visits.csv', _row: 2, _line: 5, _lines: 1, _item: 0, _primary: true },
  ]);
});
