// Lists: the rows of the tables, their pages, filters and order, and what is refused.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type House, motleyHouse } from './house.js';

interface List {
  success: boolean;
  as_of: { run: string };
  count: number;
  total: number;
  page: number | null;
  pages: number | null;
  next: string | null;
  visits: Record<string, unknown>[];
  patients: Record<string, unknown>[];
}

let house: House;
beforeAll(async () => {
  house = await motleyHouse();
});
afterAll(() => house.close());

const ids = (rows: readonly Record<string, unknown>[]) => rows.map(({ visit_id }) => visit_id);
const askIds = async (sql: string) => ids(await house.workspace.ask(`select visit_id from visits ${sql}`));

test('a page has its rows, how many there are, and where the next begins', async () => {
  const [{ n }] = (await house.workspace.ask('select count(*) as n from visits')) as [{ n: number }];
  const first = await house.get<List>('/api/visits?limit=100');
  expect(first).toMatchObject({ success: true, count: 100, total: n, page: 1, pages: Math.ceil(n / 100) });
  expect(first.as_of.run).toBe((await house.workspace.manifest()).id);
  expect(ids(first.visits)).toEqual(await askIds('order by visit_id, source limit 100'));
  const last = await house.get<List>(`/api/visits?limit=100&page=${first.pages}`);
  expect(last).toMatchObject({ count: n - 100 * ((first.pages ?? 0) - 1), next: null });
  expect(await house.get<List>('/api/visits?page=1000')).toMatchObject({ count: 0, total: n, next: null, visits: [] });
});

test('rows have every column of the catalog, and values as query has them', async () => {
  const { visits } = await house.get<List>('/api/visits?limit=1000');
  const { tables } = await house.get<{ tables: { name: string; columns: { name: string }[] }[] }>('/api/catalog');
  const columns = tables.find(({ name }) => name === 'visits')?.columns.map(({ name }) => name);
  for (const row of visits) expect(Object.keys(row)).toEqual(columns);
  const shown = columns?.map((name) => `"${name}"`).join(', ');
  expect(visits).toEqual(await house.workspace.ask(`select ${shown} from visits order by visit_id, source`));
});

test.each([
  'visit_date',
  '-visit_date',
  '-severity_score,facility',
  'facility,-visit_date,source',
  'patient_known,-disease',
  '-source,visit_id',
])('cursors in the order %s give every row once, those without a value last', async (sort) => {
  const order = sort
    .split(',')
    .map((name) => (name.startsWith('-') ? `${name.slice(1)} desc nulls last` : `${name} asc nulls last`));
  const expected = await askIds(`order by ${order.join(', ')}, visit_id, source`);
  const seen: unknown[] = [];
  let after = '';
  for (let step = 0; step < 100; step++) {
    const page = await house.get<List>(`/api/visits?limit=37&sort=${sort}${after}`);
    seen.push(...ids(page.visits));
    if (page.next === null) break;
    if (after !== '') expect([page.page, page.pages]).toEqual([null, null]);
    after = `&after=${encodeURIComponent(page.next)}`;
  }
  expect(seen).toEqual(expected);
});

test.each([
  ['visit_type=inpatient', "visit_type = 'inpatient'"],
  ['visit_type=inpatient&visit_type=emergency', "visit_type in ('inpatient', 'emergency')"],
  ['facility=', 'facility is null'],
  ['facility=&facility=North', "facility is null or facility = 'North'"],
  ['facility!=North', "facility is distinct from 'North'"],
  ['facility!=North&facility!=', "facility <> 'North'"],
  ['severity_score=4..7', 'severity_score between 4 and 7'],
  ['severity_score=..3.95', 'severity_score <= 3.95'],
  ['visit_date=2023-01-01..', "visit_date >= date '2023-01-01'"],
  [
    'visit_date=2023-01-01..2023-02-28&visit_date=2022-05-05..2022-08-01',
    "visit_date between date '2023-01-01' and date '2023-02-28' or visit_date between date '2022-05-05' and date '2022-08-01'",
  ],
  [
    'visit_date!=2023-01-01..2023-12-31',
    "visit_date is null or not visit_date between date '2023-01-01' and date '2023-12-31'",
  ],
  ['patient_known=false', 'not patient_known'],
  ['source=north&disease=Circulatory', "source = 'north' and disease = 'Circulatory'"],
  ["facility=St.%20Mary's", "facility = 'St. Mary''s'"],
  ["facility=x'%20or%201=1--", 'false'],
])('%s lets through what SQL does', async (filter, where) => {
  const { total, visits } = await house.get<List>(`/api/visits?limit=1000&${filter}`);
  const expected = await askIds(`where ${where} order by visit_id, source`);
  expect(ids(visits)).toEqual(expected);
  expect(total).toBe(expected.length);
});

test('a patient is found by the id, whatever stands in it', async () => {
  const body = await house.get<{ patient: object; summary: { visits: number } }>('/api/patients/north%3Ap1');
  const [row] = await house.workspace.ask(
    `select * exclude (${'_batch, _file, _row, _line, _item'}) from patients where patient_id = 'north:p1'`,
  );
  expect(Object.keys(body.patient).length).toBeGreaterThan(10);
  expect(row).toMatchObject(body.patient);
  const [{ n }] = (await house.workspace.ask(`select count(*) as n from visits where patient_id = 'north:p1'`)) as [
    { n: number },
  ];
  expect(body.summary.visits).toBe(n);
  for (const id of ['nobody', '%2Fetc%2Fpasswd', "p1'--", '%00', '%F0%9F%98%80']) {
    const { statusCode, body: text } = await house.server.inject(`/api/patients/${id}`);
    expect([statusCode, JSON.parse(text).code]).toEqual([404, 'ROW_NOT_FOUND']);
  }
});

describe('is refused with what is wrong', () => {
  test.each([
    ['limit=1001', 'limit'],
    ['limit=0', 'limit'],
    ['limit=ten', 'limit'],
    ['page=0', 'page'],
    ['page=1&page=2', 'page'],
    ['gender=Female', 'gender'],
    ['visit_type=stationary', 'visit_type'],
    ['severity_score=high', 'severity_score'],
    ['severity_score=1e999', 'severity_score'],
    ['severity_score=..', 'severity_score'],
    ['visit_date=2023-02-30', 'visit_date'],
    ['visit_date=2023-02-01..tomorrow', 'visit_date'],
    ['patient_known=yes', 'patient_known'],
    ['facility=%00', 'facility'],
    ['sort=nothing', 'sort'],
    ['sort=_file', 'sort'],
    ['_file=visits.csv', '_file'],
    ['after=nonsense', 'after'],
    [`after=${Buffer.from('["visit_id,source","a"]').toString('base64url')}`, 'after'],
    [
      `sort=visit_date&after=${Buffer.from('["visit_date,visit_id,source","x","y","z"]').toString('base64url')}`,
      'after',
    ],
    ['__proto__=1', '__proto__'],
    ['constructor=1', 'constructor'],
  ])('%s', async (query, field) => {
    const { statusCode, headers, body } = await house.server.inject(`/api/visits?${query}`);
    expect(statusCode).toBe(400);
    expect(headers['content-type']).toContain('application/problem+json');
    const problem = JSON.parse(body);
    expect(problem).toMatchObject({ success: false, code: 'REQUEST_INVALID' });
    expect(problem.errors).toContainEqual(expect.objectContaining({ field }));
  });

  test('all of it at once', async () => {
    const { body } = await house.server.inject('/api/visits?sort=nothing&visit_date=x&severity_score=y');
    expect(
      JSON.parse(body)
        .errors.map(({ field }: { field: string }) => field)
        .sort(),
    ).toEqual(['severity_score', 'sort', 'visit_date']);
  });
});
