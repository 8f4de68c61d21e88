// Rows of an answer: their order, their limit, the period before, and what is told where there is nothing.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerMetrics } from '../../../src/analytics/metrics/metrics.js';
import { metrics } from '../../../src/catalog/metrics.js';
import { type Hospital, motleyHospital, openHospital } from './hospital.js';

describe('of a hospital', () => {
  let hospital: Hospital;
  beforeAll(async () => {
    hospital = await motleyHospital();
  });
  afterAll(() => hospital.close());

  test('rows come in the order of the catalog, what is missing last', async () => {
    const { rows, by } = await hospital.ask({ metrics: ['total_visits'], by: ['age_group', 'facility'] });
    expect(by).toEqual([
      { name: 'age_group', label: 'Age Group' },
      { name: 'facility', label: 'Facility' },
    ]);
    const ages = [...new Set(rows.map((row) => row.by.age_group))];
    expect(ages).toEqual(['0-17', '18-34', '35-49', '50-64', '65+', null]);
    const facilities = rows.filter((row) => row.by.age_group === '65+').map((row) => row.by.facility);
    expect(facilities).toEqual(['North', "St. Mary's", null]);
  });

  test('rows come as they are sorted, and a limit keeps the first and not the total', async () => {
    const query = { metrics: ['total_visits', 'average_age'], by: ['gender'], sort: ['-total_visits'] };
    await expect(hospital.ask({ ...query, metrics: ['total_visits'], sort: ['-average_age'] })).rejects.toMatchObject({
      code: 'METRIC_QUERY_INVALID',
    });
    const all = await hospital.ask(query);
    const counts = all.rows.map(({ values }) => values.total_visits as number);
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
    const two = await hospital.ask({ ...query, limit: 2 });
    expect(two).toEqual({ ...all, rows: all.rows.slice(0, 2) });
    expect(two.groups).toBeGreaterThan(2);
  });

  test('a number that is missing comes last in either direction', async () => {
    const query = { metrics: ['average_length_of_stay', 'total_visits'], by: ['visit_type'] };
    for (const sort of ['average_length_of_stay', '-average_length_of_stay']) {
      const { rows } = await hospital.ask({ ...query, sort: [sort] });
      expect(rows.map(({ values }) => values.average_length_of_stay === null)).toEqual([false, true, true, true]);
    }
  });

  test('an answer says of each metric whether its rows add up, and why not', async () => {
    const answer = await hospital.ask({ metrics: ['deaths', 'readmission_rate'] });
    expect(answer.metrics).toEqual([
      { name: 'deaths', label: 'Deaths', unit: null, format: '#,##0', additive: true, why: null },
      {
        name: 'readmission_rate',
        label: 'Readmission Rate',
        unit: '%',
        format: '#,##0.0',
        additive: false,
        why: expect.stringContaining('no sum of shares'),
      },
    ]);
  });

  test('metrics of several tables stand in one row, 0 where nothing was counted', async () => {
    const query = { by: ['location', 'age_group', 'smoker'] };
    const { rows, total } = await hospital.ask({
      ...query,
      metrics: ['total_patients', 'total_visits', 'average_bmi'],
    });
    const patients = await hospital.ask({ ...query, metrics: ['total_patients', 'average_bmi'] });
    const visits = await hospital.ask({ ...query, metrics: ['total_visits'] });
    expect(total.values).toEqual({ ...patients.total.values, ...visits.total.values });
    expect(rows.length).toBeGreaterThan(patients.groups);
    for (const { by, values } of rows) {
      const of = ({ rows: parts }: typeof visits) => parts.find((part) => isDeepStrictEqual(part.by, by))?.values;
      const none = { total_patients: 0, average_bmi: null };
      expect(values).toEqual({ ...(of(patients) ?? none), ...(of(visits) ?? { total_visits: 0 }) });
    }
  });

  test('the period before stands beside each period, and a group of either is there', async () => {
    const months = { from: '2023-01', to: '2023-06' };
    const now = await hospital.ask({
      metrics: ['total_visits', 'average_severity', 'patients_seen'],
      by: ['month', 'disease'],
      where: { month: months },
      compare: 'previous',
    });
    const before = await hospital.ask({
      metrics: ['total_visits', 'average_severity', 'patients_seen'],
      by: ['month', 'disease'],
      where: { month: { from: '2022-07', to: '2022-12' } },
    });
    expect(now.total.previous).toEqual(before.total.values);
    const sum = now.rows.reduce((all, { previous }) => all + (previous?.total_visits ?? 0), 0);
    expect(sum).toBe(before.total.values.total_visits);
    for (const { by, values } of before.rows) {
      const number = Number(by.month?.slice(5)) - 6;
      const later = now.rows.find((row) => row.by.month === `2023-0${number}` && row.by.disease === by.disease);
      expect(later?.previous).toEqual(values);
    }
    expect(now.rows.some(({ values }) => values.total_visits === 0)).toBe(true);
    expect(now.rows.some(({ previous }) => previous?.total_visits === 0)).toBe(true);
  });

  test.each([
    [{ year: '2023' }, ['quarter'], '2023-Q2', { year: '2022', quarter: '2022-Q2' }],
    [{ quarter: '2023-Q1' }, ['month'], '2023-02', { month: '2022-11' }],
    [{ quarter: '2023-Q1' }, ['quarter'], '2023-Q1', { quarter: '2022-Q4' }],
    [{ month: { from: '2023-01', to: '2023-12' } }, ['year'], '2023', { year: '2022' }],
  ])('of %j by %j beside %s stands %j', async (where, by, label, earlier) => {
    const query = { metrics: ['total_visits', 'new_patients'], by, where, compare: 'previous' } as const;
    const row = (await hospital.ask(query)).rows.find((one) => Object.values(one.by)[0] === label);
    const { total } = await hospital.ask({ metrics: query.metrics, where: earlier });
    expect(total.values.total_visits).toBeGreaterThan(0);
    expect(row?.previous).toEqual(total.values);
  });

  test('conditions that let nothing through leave counts at 0 and nothing else known', async () => {
    const { total, rows } = await hospital.ask({
      metrics: [
        'total_visits',
        'patients_seen',
        'deaths',
        'average_severity',
        'readmission_rate',
        'prescriptions_per_visit',
      ],
      by: ['month'],
      where: { facility: 'Nowhere' },
    });
    expect(rows).toEqual([]);
    expect(total.values).toEqual({
      total_visits: 0,
      patients_seen: 0,
      deaths: 0,
      average_severity: null,
      readmission_rate: null,
      prescriptions_per_visit: null,
    });
  });

  test('a question of too many groups is refused', async () => {
    const output = await mkdtemp(join(tmpdir(), 'carelake-metrics-'));
    try {
      const sql = `select 'default' as source, cast(range as varchar) as location from range(100001)`;
      await hospital.workspace.engine.materialize({ name: 'towns', sql, inputs: {}, output });
      const paths = (await readdir(output)).map((file) => join(output, file));
      const place = { engine: hospital.workspace.engine, published: { patient_summary: { paths } } };
      const query = { metrics: ['total_patients'], by: ['location'] };
      await expect(answerMetrics(query, place)).rejects.toMatchObject({ code: 'METRIC_TOO_MANY_GROUPS' });
      const few = await answerMetrics({ ...query, where: { location: { not: ['7'] } }, by: [] }, place);
      expect(few.total.values).toEqual({ total_patients: 100_000 });
    } finally {
      await rm(output, { recursive: true });
    }
  });

  test('whoever asked can call the question off', async () => {
    const place = { engine: hospital.workspace.engine, published: hospital.published, signal: AbortSignal.abort() };
    await expect(answerMetrics({ metrics: ['deaths'] }, place)).rejects.toMatchObject({ code: 'ENGINE_CANCELLED' });
  });
});

test('a table without any row has no numbers, and neither has what nobody recorded', async () => {
  const hospital = await openHospital([{ files: { 'patients.csv': 'patient_id,age\na,50\nb,10\n' } }]);
  try {
    const { total } = await hospital.ask({ metrics: metrics.map(({ name }) => name) });
    const known = Object.entries(total.values).filter(([, value]) => value !== null);
    expect(Object.fromEntries(known)).toEqual({ total_patients: 2, average_age: 30 });
    const none = await hospital.ask({ metrics: ['total_patients', 'male'], where: { age_group: '65+' } });
    expect(none.total.values).toEqual({ total_patients: 0, male: 0 });
  } finally {
    await hospital.close();
  }
});
