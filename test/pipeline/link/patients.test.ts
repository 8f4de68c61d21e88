// The classes of a patient: age group and body mass index, for adults.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWorkspace, type Workspace } from '../harness.js';

/** age, birth_date, registration_date, bmi → age group, class of body mass index. */
const cases: readonly (readonly [string, string, string, string, string | null, string | null])[] = [
  ['40', '', '', '18.4', '35-49', 'Underweight'],
  ['40', '', '', '18.5', '35-49', 'Normal'],
  ['40', '', '', '24.9', '35-49', 'Normal'],
  ['40', '', '', '25', '35-49', 'Overweight'],
  ['40', '', '', '29.9', '35-49', 'Overweight'],
  ['40', '', '', '30', '35-49', 'Obese'],
  ['40', '', '', '', '35-49', null],
  ['19', '', '', '30', '18-34', null],
  ['20', '', '', '30', '18-34', 'Obese'],
  ['', '2000-06-01', '2020-05-31', '30', '18-34', null],
  ['', '2000-06-01', '2020-06-01', '30', '18-34', 'Obese'],
  ['', '2000-02-29', '2018-02-28', '22', '0-17', null],
  ['', '2000-02-29', '2018-03-01', '22', '18-34', null],
  ['64', '1950-01-01', '2024-01-01', '22', '50-64', 'Normal'],
  ['', '1950-01-01', '', '22', null, null],
  ['', '2020-01-02', '2020-01-01', '22', null, null],
];

let workspace: Workspace;
beforeAll(async () => {
  workspace = await openWorkspace();
  const rows = cases.map(([age, birth, registered, bmi], n) => `p${n},${age},${birth},${registered},${bmi}`);
  await workspace.land({
    'patients.csv': `patient_id,age,birth_date,registration_date,bmi\n${rows.join('\n')}\n`,
  });
  await workspace.run();
});
afterAll(() => workspace.close());

test('a patient has the classes of the age at registration, given or by the birth date', async () => {
  const rows = await workspace.rows(
    'patients',
    'select age_group, bmi_category from t order by cast(substr(patient_id, 2) as int)',
  );
  expect(
    rows.map(({ age_group, bmi_category }, n) => [...(cases[n] ?? []).slice(0, 4), age_group, bmi_category]),
  ).toEqual(cases);
});
