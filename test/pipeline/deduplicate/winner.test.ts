// Which of several rows of one key is used, and what is said of the others.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openWorkspace, type Workspace } from '../harness.js';

let workspace: Workspace;
beforeEach(async () => {
  workspace = await openWorkspace();
});
afterEach(() => workspace.close());

const people = (...rows: string[]) => ['patient_id,name,age', ...rows, ''].join('\n');
const names = () => workspace.rows('patients', 'select patient_id, name from t order by all');
const losers = (table = 'patients') =>
  workspace.rows(
    `deduplicate/${table}`,
    `select _batch, _file, _row, _disposition, _reason, _winner_batch, _winner_file, _winner_row from t order by all`,
  );
const lost = (batch: number, file: string, row: number, [wBatch, wFile, wRow]: readonly [number, string, number]) => ({
  _batch: batch,
  _file: file,
  _row: row,
  _disposition: 'duplicate',
  _reason: 'earlier_version',
  _winner_batch: wBatch,
  _winner_file: wFile,
  _winner_row: wRow,
});

describe('among rows of one key', () => {
  test('the last row of a file wins, and every other names it', async () => {
    await workspace.land({ 'a.csv': people('p1,One,1', 'p2,Other,2', 'p1,Two,1', 'p1,Three,1') });
    await workspace.run();
    expect(await names()).toEqual([
      { patient_id: 'p1', name: 'Three' },
      { patient_id: 'p2', name: 'Other' },
    ]);
    expect(await losers()).toEqual([lost(1, 'a.csv', 1, [1, 'a.csv', 4]), lost(1, 'a.csv', 3, [1, 'a.csv', 4])]);
  });

  test('the file whose name comes last bytewise wins, whatever its row', async () => {
    const files = {
      'a.csv': people('p0,Zero,0', 'p1,lower,1'),
      'B.csv': people('p1,upper,1'),
      'ä.csv': people('p1,umlaut,1'),
    };
    await workspace.land(files, { order: ['ä.csv', 'a.csv', 'B.csv'] });
    await workspace.run();
    expect(await names()).toEqual([
      { patient_id: 'p0', name: 'Zero' },
      { patient_id: 'p1', name: 'umlaut' },
    ]);
    expect(await losers()).toEqual([lost(1, 'B.csv', 1, [1, 'ä.csv', 1]), lost(1, 'a.csv', 2, [1, 'ä.csv', 1])]);
  });

  test('the later batch wins, whatever its file', async () => {
    await workspace.land({ 'z.csv': people('p1,first,1', 'p1,second,1') });
    await workspace.land({ 'a.csv': people('p1,third,1') });
    await workspace.run();
    expect(await names()).toEqual([{ patient_id: 'p1', name: 'third' }]);
    expect(await losers()).toEqual([lost(1, 'z.csv', 1, [2, 'a.csv', 1]), lost(1, 'z.csv', 2, [2, 'a.csv', 1])]);
  });

  test('a rejected row never wins, nor is it a duplicate', async () => {
    await workspace.land({ 'a.csv': people('p1,good,1') });
    await workspace.land({ 'b.csv': people('p1,bad,412') });
    await workspace.run();
    expect(await names()).toEqual([{ patient_id: 'p1', name: 'good' }]);
    expect(await losers()).toEqual([]);
    expect(await workspace.rejects()).toMatchObject([{ file: 'b.csv', line: 2, field: 'age', value: '412' }]);
  });

  test('a part of the key that is missing is equal to one that is missing', async () => {
    await workspace.land({
      'visits.csv': 'visit_id,patient_id,visit_date\nv1,p1,2024-01-05\n',
      'diagnoses.csv': [
        'visit_id,rank,diagnosis_code,diagnosis_description',
        'v1,,E11,Diabetes',
        'v1,NA,E11, Diabetes ',
        'v1,1,E11,Diabetes',
        'v1,,E11,',
        'v1,,E11,',
        '',
      ].join('\n'),
    });
    await workspace.run();
    const sql = 'select rank, diagnosis_code, diagnosis_description, _row from t order by _row';
    expect(await workspace.rows('diagnoses', sql)).toEqual([
      { rank: null, diagnosis_code: 'E11', diagnosis_description: 'Diabetes', _row: 2 },
      { rank: 1, diagnosis_code: 'E11', diagnosis_description: 'Diabetes', _row: 3 },
      { rank: null, diagnosis_code: 'E11', diagnosis_description: null, _row: 5 },
    ]);
    expect(await losers('diagnoses')).toEqual([
      lost(1, 'diagnoses.csv', 1, [1, 'diagnoses.csv', 2]),
      lost(1, 'diagnoses.csv', 4, [1, 'diagnoses.csv', 5]),
    ]);
  });
});

test('rows of different sources never merge, though their ids are equal', async () => {
  await workspace.land({ 'a.csv': people('p1,here,1') });
  await workspace.land({ 'a.csv': people('p1,north,1') }, { source: 'north' });
  await workspace.land({ 'b.csv': people('p1,north again,1') }, { source: 'north' });
  await workspace.run();
  expect(await names()).toEqual([
    { patient_id: 'north:p1', name: 'north again' },
    { patient_id: 'p1', name: 'here' },
  ]);
});

test('rows of one content under several ids are reported and kept', async () => {
  await workspace.land({
    'patients.csv': [
      'patient_id,name,birth_date,age,chronic_conditions,bmi',
      'p1,Ann Lee,1980-01-01,44,Asthma;COPD,23.4',
      'p2, Ann Lee,01.01.1980,44.0,Asthma | COPD,23.40',
      'p3,Ann Lee,1980-01-01,44,Asthma,23.4',
      'p4,Bob,1980-01-01,44,,',
      'p5,,1980-01-01,44,,',
      'p6,,1980-01-01,44,,',
      'p7,,,45,,',
      '',
    ].join('\n'),
  });
  const { manifest } = await workspace.run();
  expect(await workspace.rows('twins/patients', 'select patient_id from t order by 1')).toEqual([
    { patient_id: 'p1' },
    { patient_id: 'p2' },
    { patient_id: 'p5' },
    { patient_id: 'p6' },
  ]);
  expect(manifest.twins).toMatchObject({ patients: 4, visits: 0, prescriptions: 0 });
  expect(manifest.tables.patients?.rows).toBe(7);
});

test('rows that lack what tells most apart are twins where all that they hold is the same', async () => {
  await workspace.land({
    'patients.csv': 'patient_id,age,gender,smoker\np1,50,F,yes\np2,50,F,yes\np3,50,F,no\n',
    'visits.csv':
      'visit_id,patient_id,visit_date,severity_score\nv1,p1,2024-01-05,3\nv2,p1,2024-01-05,3\nv3,p3,2024-01-05,3\n',
  });
  const { manifest } = await workspace.run();
  expect(manifest.twins).toMatchObject({ patients: 2, visits: 2 });
  expect(manifest.tables.patients?.rows).toBe(3);
});
