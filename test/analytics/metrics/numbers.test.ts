// Each metric beside SQL that was written by hand for it, in several contexts, and beside numbers counted by hand.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MetricQuery } from '../../../src/analytics/metrics/query.js';
import { metrics } from '../../../src/catalog/metrics.js';
import { type Hospital, hostileTown, motleyHospital, openHospital } from './hospital.js';

let hospital: Hospital;
beforeAll(async () => {
  hospital = await motleyHospital();
});
afterAll(() => hospital.close());

/** By hand, and in DuckDB's own SQL: `{p}`, `{v}`, `{s}` and `{r}` are the conditions on patients, visits, stays, prescriptions. */
const byHand: Readonly<Record<string, string>> = {
  total_patients: 'select count(*) from patient_summary as t where {p}',
  average_age: 'select avg(age) from patient_summary as t where {p}',
  average_bmi: 'select avg(bmi) from patient_summary as t where {p}',
  smokers_percent: `select 100 * avg((smoker_status = 'Current')::int) from patient_summary as t where {p}`,
  male: `select case when count(*) = 0 or count(gender) > 0 then count(*) filter (gender = 'Male') end from patient_summary as t where {p}`,
  female: `select case when count(*) = 0 or count(gender) > 0 then count(*) filter (gender = 'Female') end from patient_summary as t where {p}`,
  underweight: `select count(*) from patient_summary as t where {p} and age >= 20 and bmi < 18.5`,
  normal: `select count(*) from patient_summary as t where {p} and age >= 20 and bmi >= 18.5 and bmi < 25`,
  overweight: `select count(*) from patient_summary as t where {p} and age >= 20 and bmi >= 25 and bmi < 30`,
  obese: `select count(*) from patient_summary as t where {p} and age >= 20 and bmi >= 30`,
  high_severity_patients: `select count(*) from patient_summary as t where {p} and last_severity_score >= 7`,
  medium_severity_patients: `select count(*) from patient_summary as t where {p} and last_severity_score >= 4 and last_severity_score < 7`,
  low_severity_patients: `select count(*) from patient_summary as t where {p} and last_severity_score < 4`,
  high_severity_patients_percent: `select 100 * avg((last_severity_score >= 7)::int) from patient_summary as t where {p}`,
  total_visits: 'select count(*) from visits as t where {v}',
  patients_seen: 'select count(*) from (select distinct source, patient_id from visits as t where {v})',
  average_severity: 'select avg(severity_score) from visits as t where {v}',
  high_severity_visits: 'select count(*) from visits as t where {v} and severity_score >= 7',
  deaths: `select count(*) from visits as t where {v} and discharge_disposition = 'died'`,
  emergency_visits: `select count(*) from visits as t where {v} and visit_type = 'emergency'`,
  new_patients: `select count(*) from visits as t where {v} and not exists (select 1 from visits as o where o.source = t.source
    and o.patient_id = t.patient_id and (o.visit_date < t.visit_date or (o.visit_date = t.visit_date and o.visit_id < t.visit_id)))`,
  prescriptions_per_visit: `select avg((select count(*) from prescriptions as r where r.source = t.source and r.visit_id = t.visit_id)) from visits as t where {v}`,
  average_length_of_stay: 'select avg(discharged_on - admitted_on) from stays as t where {s}',
  index_stays: 'select count(*) from stays as t where {s} and exclusion_reason is null',
  readmission_rate: `select 100.0 * count(*) filter (not next_stay_planned and days_to_next_stay <= 30) / nullif(count(*), 0)
    from stays as t where {s} and exclusion_reason is null`,
  total_prescriptions: 'select count(*) from prescriptions as t where {r}',
};

interface Context {
  readonly where: MetricQuery['where'];
  /** Undefined where rows of the table have no such property. */
  readonly p?: string;
  readonly v: string;
  readonly s: string;
  readonly r: string;
}

/** A condition on the patient of a row. */
const patient = (condition: string): string =>
  `exists (select 1 from patient_summary as q where q.source = t.source and q.patient_id = t.patient_id and ${condition})`;
const first = (condition: string): string =>
  `exists (select 1 from visits as q where q.source = t.source and q.visit_id = t.first_visit_id and ${condition})`;
const visit = (condition: string): string =>
  `exists (select 1 from visits as q where q.source = t.source and q.visit_id = t.visit_id and ${condition})`;
const all = (condition: string): Omit<Context, 'where' | 'p'> & { p: string } => ({
  p: condition,
  v: patient(condition),
  s: patient(condition),
  r: patient(condition),
});
const hostile = hostileTown.replaceAll("'", "''");

const contexts: Readonly<Record<string, Context>> = {
  everything: { where: {}, p: 'true', v: 'true', s: 'true', r: 'true' },
  'women in two towns': {
    where: { gender: 'Female', location: [hostileTown, 'Boston'] },
    ...all(`gender = 'Female' and location in ('${hostile}', 'Boston')`),
  },
  'everyone but smokers of the source north': {
    where: { smoker: { not: ['Current'] }, source: 'north' },
    p: `source = 'north' and smoker_status is distinct from 'Current'`,
    v: `source = 'north' and not ${patient(`smoker_status = 'Current'`)}`,
    s: `source = 'north' and not ${patient(`smoker_status = 'Current'`)}`,
    r: `source = 'north' and not ${patient(`smoker_status = 'Current'`)}`,
  },
  'the old and the very young of high or unknown severity': {
    where: { age_group: ['65+', '0-17'], severity_level: ['High', null] },
    p: '(age >= 65 or age < 18) and (last_severity_score >= 7 or last_severity_score is null)',
    v: '(age_at_visit >= 65 or age_at_visit < 18) and (severity_score >= 7 or severity_score is null)',
    s: `(age_at_admission >= 65 or age_at_admission < 18) and not ${first('severity_score < 7')}`,
    r: `${patient('(age >= 65 or age < 18)')} and not ${visit('severity_score < 7')}`,
  },
  'one facility from spring to autumn': {
    where: { facility: "St. Mary's", month: { from: '2022-03', to: '2022-10' } },
    v: `facility = 'St. Mary''s' and visit_date >= '2022-03-01' and visit_date < '2022-11-01'`,
    s: `facility = 'St. Mary''s' and discharged_on >= '2022-03-01' and discharged_on < '2022-11-01'`,
    r: `${visit(`facility = 'St. Mary''s'`)} and prescribed_date >= '2022-03-01' and prescribed_date < '2022-11-01'`,
  },
  'a disease from one quarter to another, by known insurance': {
    where: {
      disease: 'Circulatory',
      quarter: { from: '2022-Q2', to: '2023-Q3' },
      insurance: { not: [null, 'Private'] },
    },
    v: `disease = 'Circulatory' and visit_date between '2022-04-01' and '2023-09-30' and ${patient(`insurance_type = 'Government'`)}`,
    s: `disease = 'Circulatory' and discharged_on between '2022-04-01' and '2023-09-30' and ${patient(`insurance_type = 'Government'`)}`,
    r: `${visit(`disease = 'Circulatory'`)} and prescribed_date between '2022-04-01' and '2023-09-30' and ${patient(`insurance_type = 'Government'`)}`,
  },
  'inpatients of a year with a known weight': {
    where: { visit_type: 'inpatient', year: '2023', bmi_category: ['Underweight', 'Obese'] },
    v: `visit_type = 'inpatient' and year(visit_date) = 2023 and ${patient('age >= 20 and (bmi < 18.5 or bmi >= 30)')}`,
    s: `year(discharged_on) = 2023 and ${patient('age >= 20 and (bmi < 18.5 or bmi >= 30)')}`,
    r: `${visit(`visit_type = 'inpatient'`)} and year(prescribed_date) = 2023 and ${patient('age >= 20 and (bmi < 18.5 or bmi >= 30)')}`,
  },
};

test('there is SQL by hand for every metric', () => {
  expect(Object.keys(byHand).sort()).toEqual(metrics.map(({ name }) => name).sort());
});

describe.each(Object.entries(contexts))('%s', (_, { where = {}, p, ...others }) => {
  test('lets some rows through and not all', async () => {
    const { total } = await hospital.ask({ metrics: ['total_visits', 'index_stays', 'total_prescriptions'], where });
    for (const value of Object.values(total.values)) expect(value).toBeGreaterThan(1);
    if (Object.keys(where).length > 0) expect(total.values.total_visits).toBeLessThan(200);
  });

  const asked = metrics.filter(({ table }) => p !== undefined || table !== 'patient_summary');

  test.each(asked.map(({ name }) => [name]))('%s', async (name) => {
    const conditions: Readonly<Record<string, string>> = { ...others, p: p ?? 'false' };
    const sql = byHand[name]?.replaceAll(/\{([pvsr])\}/g, (_whole, table: string) => `(${conditions[table]})`);
    const [expected] = await hospital.workspace.ask<{ n: number | null }>(`select (${sql}) as n`);
    const { total, rows } = await hospital.ask({ metrics: [name], where });
    if (expected?.n === null) expect(total.values).toEqual({ [name]: null });
    else expect(total.values[name]).toBeCloseTo(expected?.n ?? Number.NaN, 9);
    expect(rows).toEqual([{ by: {}, values: total.values }]);
  });
});

test('numbers counted by hand', async () => {
  const small = await openHospital([
    {
      files: {
        'patients.csv':
          'patient_id,age,gender,bmi,smoker_status\na,40,F,18.4,yes\nb,60,M,25,no\nc,20,F,,former\nd,70,,31,\n',
        'visits.csv': [
          'visit_id,patient_id,visit_date,discharge_date,visit_type,discharge_disposition,severity_score',
          '1,a,2024-01-01,2024-01-05,inpatient,home,8',
          '2,a,2024-01-20,2024-01-22,inpatient,home,2',
          '3,b,2024-01-20,,emergency,,7',
          '4,x,2024-05-01,2024-05-01,inpatient,died,',
          '',
        ].join('\n'),
        'prescriptions.csv': 'prescription_id,patient_id,visit_id,drug_name\nr1,,1,A\nr2,,1,B\nr3,d,,C\n',
      },
    },
  ]);
  try {
    const { total } = await small.ask({ metrics: metrics.map(({ name }) => name) });
    expect(total.values).toEqual({
      total_patients: 4,
      average_age: 47.5,
      average_bmi: 74.4 / 3,
      smokers_percent: 100 / 3,
      male: 1,
      female: 2,
      underweight: 1,
      normal: 0,
      overweight: 1,
      obese: 1,
      high_severity_patients: 1,
      medium_severity_patients: 0,
      low_severity_patients: 1,
      high_severity_patients_percent: 50,
      total_visits: 4,
      patients_seen: 3,
      average_severity: 17 / 3,
      high_severity_visits: 2,
      deaths: 1,
      emergency_visits: 1,
      new_patients: 3,
      prescriptions_per_visit: 0.5,
      average_length_of_stay: 2,
      // The stay of 2024-05-01 ended with death; data end on that day, so both others were followed up.
      index_stays: 2,
      readmission_rate: 50,
      total_prescriptions: 3,
    });
  } finally {
    await small.close();
  }
});
