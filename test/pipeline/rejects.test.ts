// What was refused, record by record: by the reader and for a value, in the order of files and lines.
import { afterEach, describe, expect, test } from 'vitest';
import { openWorkspace, type Workspace } from './harness.js';

let workspace: Workspace;
afterEach(() => workspace.close());

describe('rejects', () => {
  test('come in the order of files and lines, whoever refused them, with the values as they came', async () => {
    workspace = await openWorkspace();
    await workspace.land({
      'b.csv': 'visit_id,patient_id,visit_date\nv1,p1,2024-02-30\nv2,p1\nv3,p1,2099-01-01\n,p1,2024-01-01\n',
      'a.csv': 'patient_id,age,name\np1,40,Ann\np2, -3 ,"=cmd|\'/c calc\'!A1"\n=2+3,old,Bob\n',
    });
    await workspace.run();
    expect((await workspace.rejects()).map(({ reason, ...row }) => row)).toEqual([
      { file: 'a.csv', line: 3, row: 2, table: 'patients', field: 'age', value: ' -3 ', code: 'out_of_range' },
      { file: 'a.csv', line: 4, row: 3, table: 'patients', field: 'age', value: 'old', code: 'not_a_number' },
      { file: 'b.csv', line: 2, row: 1, table: 'visits', field: 'visit_date', value: '2024-02-30', code: 'not_a_date' },
      { file: 'b.csv', line: 3, row: null, table: 'visits', field: null, value: 'v2,p1', code: 'too_few_fields' },
      { file: 'b.csv', line: 4, row: 3, table: 'visits', field: 'visit_date', value: '2099-01-01', code: 'in_future' },
      { file: 'b.csv', line: 5, row: 4, table: 'visits', field: 'visit_id', value: '', code: 'required_missing' },
    ]);
  });

  test('of one record come field by field', async () => {
    workspace = await openWorkspace();
    await workspace.land({ 'patients.csv': 'patient_id,age,birth_date\n,999,2024-13-01\n' });
    await workspace.run();
    expect((await workspace.rejects()).map(({ field, code, line }) => ({ field, code, line }))).toEqual([
      { field: 'age', code: 'out_of_range', line: 2 },
      { field: 'birth_date', code: 'not_a_date', line: 2 },
      { field: 'patient_id', code: 'required_missing', line: 2 },
    ]);
  });

  test('of files of one name in several batches keep to their own table', async () => {
    workspace = await openWorkspace();
    await workspace.land({ 'export.csv': 'patient_id,age\np1,40\np2\n' });
    await workspace.land({ 'export.csv': 'visit_id,patient_id,visit_date\nv1,p1,2024-01-05\nv2\n' });
    await workspace.run();
    expect(await workspace.rejects()).toMatchObject([
      { file: 'export.csv', table: 'patients', line: 3, value: 'p2' },
      { file: 'export.csv', table: 'visits', line: 3, value: 'v2' },
    ]);
  });

  test('are those of the published run, not of what has landed since', async () => {
    workspace = await openWorkspace();
    await workspace.land({ 'a.csv': 'patient_id,age\np1,40\np2,200\n' });
    await workspace.run();
    await workspace.land({ 'b.csv': 'patient_id,age\np3\np4,300\n' });
    expect((await workspace.rejects()).map(({ file }) => file)).toEqual(['a.csv']);
    await workspace.run();
    expect((await workspace.rejects()).map(({ file }) => file)).toEqual(['a.csv', 'b.csv', 'b.csv']);
  });

  test('cut a long value to 500 characters', async () => {
    workspace = await openWorkspace();
    await workspace.land({ 'a.csv': `patient_id,age\np1,${'9'.repeat(2000)}\np2,4\n` });
    await workspace.run();
    expect((await workspace.rejects()).map(({ value }) => value)).toEqual(['9'.repeat(500)]);
  });
});
