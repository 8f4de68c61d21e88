// The kept figures: their shapes, and that they are the numbers of SQL by hand.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type House, motleyHouse } from './house.js';

interface Dashboard {
  success: boolean;
  as_of: { run: string; date: string; finished_at: string; pending_entries: number };
  data: {
    summary: Record<string, number | null>;
    ageDistribution: { ageGroup: string | null; count: number }[];
    visitTrends: { month: string; visits: number }[];
    diseaseDistribution: { disease: string | null; count: number }[];
    genderDistribution: { gender: string | null; value: number }[];
  };
}

let house: House;
beforeAll(async () => {
  house = await motleyHouse();
});
afterAll(() => house.close());

const ask = async (sql: string) => (await house.workspace.ask(sql)).map((row) => Object.values(row));
const pairs = (rows: readonly object[]) => rows.map((row) => Object.values(row)).sort();

test('the dashboard has the numbers of the tables', async () => {
  const { success, as_of, data } = await house.get<Dashboard>('/api/dashboard');
  const manifest = await house.workspace.manifest();
  expect(success).toBe(true);
  expect(as_of).toEqual({
    run: manifest.id,
    date: manifest.as_of,
    finished_at: manifest.finished_at,
    pending_entries: 0,
  });
  const [[patients]] = (await ask('select count(*) from patients')) as [[number]];
  const [[visits]] = (await ask('select count(*) from visits')) as [[number]];
  const [[prescriptions]] = (await ask('select count(*) from prescriptions')) as [[number]];
  const [[active]] = (await ask(
    `select count(*) from (select distinct source, patient_id from visits
     where visit_date >= date '${manifest.as_of}' - interval 30 day and visit_date <= date '${manifest.as_of}')`,
  )) as [[number]];
  expect(data.summary).toEqual({
    totalPatients: patients,
    totalVisits: visits,
    totalPrescriptions: prescriptions,
    activeCases: active,
  });
  expect(pairs(data.ageDistribution)).toEqual(
    (await ask('select age_group, count(*) from patient_summary group by age_group')).sort(),
  );
  expect(pairs(data.genderDistribution)).toEqual(
    (await ask('select gender, count(*) from patients group by gender')).sort(),
  );
  expect(pairs(data.diseaseDistribution)).toEqual(
    (await ask('select disease, count(*) from visits group by disease')).sort(),
  );
  expect(data.visitTrends.map(({ month, visits: count }) => [month, count])).toEqual(
    await ask(`select strftime(visit_date, '%Y-%m') as month, count(*) from visits
      where visit_date is not null group by month order by month`),
  );
});

test('the analytics have the same, and the ten diseases with the most visits', async () => {
  const { analytics, as_of } = await house.get<{
    analytics: Record<string, object[]>;
    as_of: { run: string };
  }>('/api/get-analytics');
  expect(as_of.run).toBe((await house.workspace.manifest()).id);
  expect(pairs(analytics.age_distribution ?? [])).toEqual(
    (await ask('select age_group, count(*) from patient_summary group by age_group')).sort(),
  );
  expect(pairs(analytics.gender_distribution ?? [])).toEqual(
    (await ask('select gender, count(*) from patients group by gender')).sort(),
  );
  expect(analytics.disease_distribution?.map(Object.values)).toEqual(
    await ask(`select disease, count(*) as visits from visits where disease is not null
      group by disease order by visits desc limit 10`),
  );
});
