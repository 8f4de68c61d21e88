// What linking derives for a visit: age, bands, order, chapter of the diagnosis, and whether the patient is known.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorkspace, type Workspace } from '../harness.js';

/** patient_id → birth_date, registration_date, age at registration. */
const patients: Readonly<Record<string, readonly [string, string, number | '']>> = {
  born: ['1960-05-17', '', ''],
  leap: ['2004-02-29', '', ''],
  registered: ['', '2020-06-01', 40],
  both: ['1960-05-17', '2020-06-01', 40],
  ageless: ['', '', 40],
};

/** patient, visit date, the visit's own age, age at the visit. */
const ages: readonly (readonly [string, string, number | '', number | null])[] = [
  ['born', '2024-05-16', '', 63],
  ['born', '2024-05-17', '', 64],
  ['born', '2024-05-18', 20, 64],
  ['born', '1960-05-17', '', 0],
  ['born', '1960-05-16', '', null],
  ['born', '1960-05-16', 7, 7],
  ['leap', '2023-02-28', '', 18],
  ['leap', '2023-03-01', '', 19],
  ['leap', '2024-02-28', '', 19],
  ['leap', '2024-02-29', '', 20],
  ['registered', '2020-06-01', '', 40],
  ['registered', '2024-05-31', '', 43],
  ['registered', '2024-06-01', '', 44],
  ['registered', '2020-05-31', '', null],
  ['registered', '2020-05-31', 39, 39],
  ['registered', '2024-06-01', 30, 30],
  ['both', '2024-06-01', '', 64],
  ['ageless', '2024-06-01', '', null],
  ['nobody', '2024-06-01', 17, 17],
  ['nobody', '2024-06-01', '', null],
];

const ageGroups = [
  [0, '0-17'],
  [17, '0-17'],
  [18, '18-34'],
  [34, '18-34'],
  [35, '35-49'],
  [49, '35-49'],
  [50, '50-64'],
  [64, '50-64'],
  [65, '65+'],
  [150, '65+'],
] as const;

const severities = [
  ['0', 'Low'],
  ['3.99', 'Low'],
  ['4', 'Medium'],
  ['6.99', 'Medium'],
  ['7', 'High'],
  ['10', 'High'],
  ['', null],
] as const;

/** system, code, description, chapter. */
const diseases: readonly (readonly [string, string, string, string | null])[] = [
  ['icd-10', 'I50.9', '', 'Circulatory'],
  ['icd-10', 'i509', '', 'Circulatory'],
  ['icd-10', 'D48.9', '', 'Neoplasms'],
  ['icd-10', 'D50', '', 'Blood and immune'],
  ['icd-10', 'H60.0', '', 'Nervous system and senses'],
  ['icd-10', 'C7A.0', '', 'Neoplasms'],
  ['icd-10', 'O9A.1', '', 'Pregnancy and birth'],
  ['icd-10', 'V45.8', '', 'External causes'],
  ['icd-10', 'Z99.2', '', 'Other health factors'],
  ['icd-10', 'U07.1', '', 'Special purposes'],
  ['icd-9-cm', '428.0', '', 'Circulatory'],
  ['icd-9-cm', '4280', '', 'Circulatory'],
  ['icd-9-cm', '250', '', 'Endocrine and metabolic'],
  ['icd-9-cm', '25000', '', 'Endocrine and metabolic'],
  ['icd-9-cm', '008.45', '', 'Infectious'],
  ['icd-9-cm', '8.45', '', 'Infectious'],
  ['icd-9-cm', '00845', '', 'Infectious'],
  ['icd-9-cm', '42', '', 'Infectious'],
  ['icd-9-cm', '8', '', 'Infectious'],
  ['icd-9-cm', 'V45.81', '', 'Other health factors'],
  ['icd-9-cm', 'V4581', '', 'Other health factors'],
  ['icd-9-cm', 'E849.0', '', 'External causes'],
  ['icd-9-cm', 'e8490', '', 'External causes'],
  ['', '428.0', '', 'Circulatory'],
  ['', '8.45', '', 'Infectious'],
  ['', 'I50.9', '', 'Circulatory'],
  ['', 'E11.9', '', 'Endocrine and metabolic'],
  ['', 'E119', '', 'Endocrine and metabolic'],
  ['', 'E849.0', '', 'External causes'],
  ['snomed', '84114007', '', null],
  ['snomed', '84114007', 'Heart failure', 'Circulatory'],
  ['icd-10', '???', '', null],
  ['icd-10', '999', 'Chronic asthma (severe)', 'Respiratory'],
  ['icd-9-cm', '000', '', null],
  ['icd-9-cm', 'x', '', null],
  ['icd-9-cm', '|ß', '', null],
  ['icd-9-cm', '7', '', 'Infectious'],
  ['icd-10', 'ß12', '', null],
  ['icd-10', 'III', '', null],
  ['', '', 'Type 2 DIABETES mellitus', 'Endocrine and metabolic'],
  ['', '', 'Gestational diabetes', 'Pregnancy and birth'],
  ['', '', 'Pre-eclampsia', 'Pregnancy and birth'],
  ['', '', 'Copdx', null],
  ['', '', 'Something else', null],
  ['', '', '', null],
];

interface Numbered {
  readonly visit_id: string;
  readonly visit_number: number;
  readonly days_since_previous_visit: number | null;
}

let workspace: Workspace;
beforeAll(async () => {
  workspace = await openWorkspace();
  const row = (...values: readonly unknown[]) => values.join(',');
  await workspace.land({
    'patients.csv': [
      'patient_id,birth_date,registration_date,age',
      ...Object.entries(patients).map(([id, values]) => row(id, ...values)),
      'many,1980-01-01,,',
      '',
    ].join('\n'),
    'ages.csv': [
      'visit_id,patient_id,visit_date,age',
      ...ages.map(([patient, date, age], n) => row(`age${n}`, patient, date, age)),
      ...ageGroups.map(([age], n) => row(`group${n}`, 'nobody', '2024-01-01', age)),
      '',
    ].join('\n'),
    'severities.csv': [
      'visit_id,patient_id,visit_date,severity_score,blood_pressure,discharge_date',
      ...severities.map(([score], n) => row(`severity${n}`, 'nobody', '2024-01-01', score, '', '')),
      'pressed,nobody,2024-01-01,,120 / 80 mmHg,2024-01-04',
      'turned,nobody,2024-01-05,,80/120,2024-01-04',
      'sameday,nobody,2024-01-05,,,2024-01-05',
      '',
    ].join('\n'),
    'diseases.csv': [
      'visit_id,patient_id,visit_date,diagnosis_system,diagnosis_code,diagnosis_description',
      ...diseases.map(([system, code, words], n) => row(`disease${n}`, 'nobody', '2024-01-01', system, code, words)),
      '',
    ].join('\n'),
    'order.csv': [
      'visit_id,patient_id,visit_date,visit_order',
      'm4,many,2024-02-01,',
      'm2,many,2024-01-01,2',
      'm1,many,2024-01-01,1',
      'm3,many,2024-01-01,3',
      'm5,many,2024-03-01,',
      'm0,many,,9',
      'x1,other,2024-01-15,',
      '',
    ].join('\n'),
  });
  await workspace.land(
    {
      'visits.csv': 'visit_id,patient_id,visit_order,age\nb,u,20,51\na,u,3,\nc,u,100,52\n',
      'patients.csv': 'patient_id,age\nu,50\n',
    },
    { source: 'undated' },
  );
  await workspace.run();
});
afterAll(() => workspace.close());

/** One column of the visits of these ids, in the order of their numbers. */
async function column(name: string, prefix: string): Promise<unknown[]> {
  const rows = await workspace.rows(
    'visits',
    `select ${name} as value from t where regexp_matches(visit_id, '^${prefix}[0-9]+$') order by cast(substr(visit_id, ${prefix.length + 1}) as int)`,
  );
  return rows.map(({ value }) => value);
}

describe('a visit', () => {
  test('has the age by birth date, else its own, else by the age at registration', async () => {
    expect(await column('age_at_visit', 'age')).toEqual(ages.map(([, , , expected]) => expected));
  });

  test('has the age group of that age', async () => {
    expect(await column('age_group', 'group')).toEqual(ageGroups.map(([, group]) => group));
  });

  test('has the level of its severity', async () => {
    expect(await column('severity_level', 'severity')).toEqual(severities.map(([, level]) => level));
  });

  test('has the chapter of its diagnosis, by code in every spelling, else by words', async () => {
    const found = await column('disease', 'disease');
    expect(diseases.map((row, n) => [...row.slice(0, 3), found[n]])).toEqual(diseases);
  });

  test('has both numbers of the blood pressure and the days to the discharge', async () => {
    const rows = await workspace.rows(
      'visits',
      `select visit_id, blood_pressure, systolic, diastolic, length_of_stay_days as days from t
where visit_id in ('pressed', 'turned', 'sameday') order by 1`,
    );
    expect(rows).toEqual([
      { visit_id: 'pressed', blood_pressure: '120/80', systolic: 120, diastolic: 80, days: 3 },
      { visit_id: 'sameday', blood_pressure: null, systolic: null, diastolic: null, days: 0 },
      { visit_id: 'turned', blood_pressure: null, systolic: null, diastolic: null, days: null },
    ]);
  });

  test('is counted within its patient by date, then order, then id, those without a date first', async () => {
    const rows = await workspace.rows<Numbered>(
      'visits',
      `select visit_id, visit_number, days_since_previous_visit from t where patient_id in ('many', 'other') order by patient_id, visit_number`,
    );
    expect(rows.map((row) => [row.visit_id, row.visit_number, row.days_since_previous_visit])).toEqual([
      ['m0', 1, null],
      ['m1', 2, null],
      ['m2', 3, 0],
      ['m3', 4, 0],
      ['m4', 5, 31],
      ['m5', 6, 29],
      ['x1', 1, null],
    ]);
  });

  test('of a source without dates is counted by its order as a number, and has the age that the source gives', async () => {
    const rows = await workspace.rows(
      'visits',
      `select visit_id, visit_number, days_since_previous_visit as gap, age_at_visit from t where source = 'undated' order by visit_number`,
    );
    expect(rows).toEqual([
      { visit_id: 'undated:a', visit_number: 1, gap: null, age_at_visit: 50 },
      { visit_id: 'undated:b', visit_number: 2, gap: null, age_at_visit: 51 },
      { visit_id: 'undated:c', visit_number: 3, gap: null, age_at_visit: 52 },
    ]);
  });

  test('of a patient who is not known is kept and flagged', async () => {
    const rows = await workspace.rows(
      'visits',
      'select patient_id, bool_and(patient_known) as known, bool_or(patient_known) as any_known from t group by 1 order by 1',
    );
    expect(rows.filter(({ known }) => !known)).toEqual([
      { patient_id: 'nobody', known: false, any_known: false },
      { patient_id: 'other', known: false, any_known: false },
    ]);
    const orphans = await workspace.rows('visits', 'select count(*) as orphans from t where not patient_known');
    expect((await workspace.manifest()).orphans.visits).toBe(orphans[0]?.orphans);
  });
});
