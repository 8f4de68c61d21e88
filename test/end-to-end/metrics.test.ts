// carelake metrics: the list, numbers that are those of `query`, and what is wrong with a question.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Place } from './place.js';

interface Answer {
  readonly rows: readonly {
    by: Record<string, string | null>;
    values: Record<string, number | null>;
    previous?: object;
  }[];
  readonly total: { values: Record<string, number | null> };
  readonly groups: number;
}

let place: Place;
beforeAll(async () => {
  place = await Place.make();
  await place.json(['demo', '--patients', '300', '--no-train', '--no-serve']);
});
afterAll(() => place.remove());

const ask = (...args: string[]) => place.json<Answer>(['metrics', ...args]);
const query = (sql: string) => place.query(sql);

test('without a name it lists what there is to ask for, without any data', async () => {
  const empty = await Place.make();
  try {
    const list = await empty.json<{
      metrics: { name: string; dimensions: string[] }[];
      dimensions: { name: string }[];
    }>(['metrics']);
    expect(list.metrics).toContainEqual(
      expect.objectContaining({ name: 'readmission_rate', unit: '%', additive: false, definition: expect.any(String) }),
    );
    expect(list.dimensions.map(({ name }) => name)).toContain('drug_category');
    expect((await empty.run(['metrics'])).stdout).toMatch(/readmission_rate\s+Readmission Rate\s+%\s+no/);
    expect(await empty.failure(['metrics', 'deaths'])).toMatchObject({ code: 'NOT_PUBLISHED' });
  } finally {
    await empty.remove();
  }
});

test('the numbers are those of query', async () => {
  const answer = await ask('total_visits', '--by', 'visit_type', '--where', 'gender=Female', 'year=2024', 'year=2025');
  const rows = await query(
    `select v.visit_type, count(*) from visits v join patients p on p.source = v.source and p.patient_id = v.patient_id
     where p.gender = 'Female' and year(v.visit_date) in (2024, 2025) group by v.visit_type`,
  );
  const found = answer.rows.map(({ by, values }) => [by.visit_type, values.total_visits]);
  expect(found.sort()).toEqual(rows.sort());
  expect(found.length).toBeGreaterThan(1);
});

test('conditions leave out, name what is missing, and span periods; the period before stands beside', async () => {
  const all = await ask('total_visits', 'total_patients', '--where', 'gender!=Female', 'gender!=');
  const [[patients]] = (await query(`select count(*) from patients where gender <> 'Female'`)) as [[number]];
  expect(all.total.values.total_patients).toBe(patients);
  const months = await ask('total_visits', '--by', 'month', '--where', 'month=2025-01..2025-03', '--previous');
  expect(months.rows.map(({ by }) => by.month)).toEqual(['2025-01', '2025-02', '2025-03']);
  const before = await ask('total_visits', '--by', 'month', '--where', 'month=2024-10..2024-12');
  expect(months.rows.map(({ previous }) => previous)).toEqual(before.rows.map(({ values }) => values));
});

test('a person reads a table with the numbers as the catalog shows them, and a row for all', async () => {
  const { stdout, stderr } = await place.run([
    ...['metrics', 'total_visits', 'readmission_rate', '--by', 'visit_type', '--sort', '-total_visits', '--limit', '1'],
  ]);
  const [heading = '', , first = '', last = ''] = stdout.split('\n');
  expect(heading).toMatch(/^Visit Type\s+Total Visits\s+Readmission Rate$/);
  expect(first).toMatch(/^outpatient\s+[0-9,]+\s+–$/);
  expect(last).toMatch(/^All\s+[0-9,]+\s+[0-9]+[.][0-9] %$/);
  expect(stderr).toMatch(/Only the first 1 of [0-9]+ rows/);
});

test('all that is wrong is told at once', async () => {
  const failure = await place.failure([
    'metrics',
    'total_patients',
    'deths',
    '--by',
    'disease',
    '--where',
    'gender=Man',
  ]);
  expect(failure).toMatchObject({ code: 'METRIC_QUERY_INVALID', exit: 2 });
  for (const part of ['Did you mean deaths?', 'no single disease', 'There is no gender Man']) {
    expect(failure.detail).toContain(part);
  }
  expect(await place.failure(['metrics', 'deaths', '--where', 'gender'])).toMatchObject({
    code: 'METRIC_QUERY_INVALID',
    exit: 2,
  });
});
