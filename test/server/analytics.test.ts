// Metrics over HTTP: the same answer as the library's, by GET and POST, and the rows behind every number.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dimensions, dimensionsOf, metrics } from '../../src/catalog/metrics.js';
import type { Hospital } from '../analytics/metrics/hospital.js';
import { type House, motleyHouse } from './house.js';

interface Behind {
  number: number | null;
  table: string;
  total: number;
  next: string | null;
  rows: { key: string; above: boolean | null; by: Record<string, string | null>; row: Record<string, never> }[];
}

let house: House & { hospital: Hospital };
beforeAll(async () => {
  house = await motleyHouse();
});
afterAll(() => house.close());

const post = async (payload: object) => {
  const { statusCode, body } = await house.server.inject({ method: 'POST', url: '/api/analytics/query', payload });
  return { statusCode, body: JSON.parse(body) };
};

test('GET and POST answer as the library does', async () => {
  const query = {
    metrics: ['total_visits', 'average_severity'],
    by: ['visit_type', 'quarter'],
    where: { gender: { in: ['Female', null] }, month: { from: '2023-01', to: '2023-12' } },
    sort: ['-total_visits'],
    limit: 5,
    compare: 'previous',
  } as const;
  const expected = await house.hospital.ask(query);
  const words = new URLSearchParams([
    ['metrics', 'total_visits,average_severity'],
    ['by', 'visit_type'],
    ['by', 'quarter'],
    ['where', 'gender=Female'],
    ['where', 'gender='],
    ['where', 'month=2023-01..2023-12'],
    ['sort', '-total_visits'],
    ['limit', '5'],
    ['compare', 'previous'],
  ]);
  const got = await house.get<Record<string, unknown>>(`/api/analytics/query?${words}`);
  const { statusCode, body } = await post(query);
  expect(statusCode).toBe(200);
  expect(got).toEqual(body);
  const { success, as_of, ...answer } = got;
  expect(answer).toEqual(expected);
  expect([success, as_of]).toEqual([true, expect.objectContaining({ run: (await house.workspace.manifest()).id })]);
});

test('an answer is also a table: a column for each dimension and metric, and for what was before', async () => {
  const payload = {
    ...{ metrics: ['total_visits', 'average_severity'], by: ['visit_type'], sort: ['-total_visits'] },
    ...{ where: { month: { from: '2023-01', to: '2023-12' } }, compare: 'previous' },
  };
  const url = '/api/analytics/query';
  const { rows } = (await post(payload)).body;
  const ask = (accept: string) => house.server.inject({ method: 'POST', url, payload, headers: { accept } });
  const csv = await ask('text/csv');
  const [header, ...lines] = csv.body.trimEnd().split('\r\n');
  expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
  expect(header).toBe('visit_type,total_visits,average_severity,total_visits_previous,average_severity_previous');
  expect(rows.length).toBeGreaterThan(1);
  expect(lines.map((line) => line.split(',')[1])).toEqual(
    rows.map(({ values }: { values: Record<string, number> }) => String(values.total_visits)),
  );
  const [first] = (await ask('application/x-ndjson')).body.split('\n');
  expect(JSON.parse(first ?? '')).toMatchObject({ ...rows[0].by, ...rows[0].values });
  const none = await house.server.inject({
    url: `${url}?metrics=total_visits&by=gender&where=year%3D1900`,
    headers: { accept: 'text/csv' },
  });
  expect([none.statusCode, none.body]).toEqual([200, 'gender,total_visits\r\n']);
});

test('what is wrong with a question is told all at once, with what was probably meant', async () => {
  const { statusCode, body } = await post({ metrics: ['total_patient'], by: ['sex'], limit: 0 });
  expect(statusCode).toBe(422);
  expect(body).toMatchObject({ success: false, code: 'METRIC_QUERY_INVALID' });
  expect(body.errors.map(({ field }: { field: string }) => field)).toEqual(['metrics[0]', 'by[0]', 'limit']);
  expect(body.message).toContain('Did you mean total_patients?');
});

test.each([
  ['nothing', '', 'application/json', 400, 'REQUEST_INVALID'],
  ['no JSON', '{', 'application/json', 400, 'REQUEST_INVALID'],
  ['a prototype', '{"metrics":["deaths"],"__proto__":{}}', 'application/json', 400, 'REQUEST_INVALID'],
  ['a form', 'metrics=deaths', 'application/x-www-form-urlencoded', 415, 'REQUEST_MEDIA_TYPE'],
  ['too much', `"${'x'.repeat(2 ** 20)}"`, 'application/json', 413, 'REQUEST_TOO_LARGE'],
  ['null', 'null', 'application/json', 422, 'METRIC_QUERY_INVALID'],
  ['a list', '[]', 'application/json', 422, 'METRIC_QUERY_INVALID'],
])('a body that is %s is refused', async (_, payload, type, status, code) => {
  const headers = { 'content-type': type };
  const { statusCode, body } = await house.server.inject({
    method: 'POST',
    url: '/api/analytics/query',
    payload,
    headers,
  });
  expect([statusCode, JSON.parse(body).code]).toEqual([status, code]);
});

/** The number as its rows make it, by the kind of its measure. */
function numberOf(name: string, { rows }: Behind, above: Behind | undefined): number | null {
  const metric = metrics.find((one) => one.name === name);
  if (!metric) throw new Error(name);
  const { measure } = metric;
  switch (measure.kind) {
    case 'rows':
    case 'matching':
      return rows.length;
    case 'distinct':
      return new Set(rows.map(({ row }) => `${row.source}/${row[measure.column]}`)).size;
    case 'mean':
      return rows.length === 0
        ? null
        : rows.reduce((sum, { row }) => sum + Number(row[measure.column]), 0) / rows.length;
    case 'share':
      return rows.length === 0 ? null : (100 * rows.filter((row) => row.above).length) / rows.length;
    case 'per':
      return rows.length === 0 ? null : (above?.rows.length ?? 0) / rows.length;
  }
}

const behind = (name: string, more: readonly [string, string][]) =>
  house.get<Behind>(`/api/lineage/metric?${new URLSearchParams([['metric', name], ['limit', '1000'], ...more])}`);

test('every number of every metric is made of the rows that are told for it', async () => {
  for (const metric of metrics) {
    for (const dimension of [undefined, ...dimensionsOf(metric)]) {
      const by = dimension ? [dimension.name] : [];
      const { rows, total } = await house.hospital.ask({ metrics: [metric.name], by });
      // A few cells are enough: the first, the last, which is often "missing", and the whole.
      for (const cell of [...rows.slice(0, 1), ...rows.slice(-1), { by: {}, values: total.values }]) {
        const where = Object.entries(cell.by).map(([name, value]): [string, string] => [
          'where',
          `${name}=${value ?? ''}`,
        ]);
        const asked: [string, string][] = [...where, ...by.map((name): [string, string] => ['by', name])];
        const all = await behind(metric.name, asked);
        const isRatio = metric.measure.kind === 'per' || metric.measure.kind === 'share';
        const above = isRatio ? await behind(metric.name, [...asked, ['part', 'above']]) : undefined;
        const value = cell.values[metric.name] ?? null;
        expect(all.number).toBe(value);
        expect(all.total).toBe(all.rows.length);
        for (const row of all.rows) expect(row.by).toMatchObject(cell.by);
        if (metric.measure.kind === 'share') expect(above?.rows).toEqual(all.rows.filter((row) => row.above));
        const made = numberOf(metric.name, all, above);
        if (value === null) expect(all.rows.length === 0 || metric.measure.kind === 'matching').toBe(true);
        else expect(made).toBeCloseTo(value, 6);
      }
    }
  }
}, 240_000);

test('the rows behind a number come in pages, and lead on to their files', async () => {
  const first = await house.get<Behind>('/api/lineage/metric?metric=readmission_rate&limit=5&where=source=north');
  const second = await house.get<Behind>(
    `/api/lineage/metric?metric=readmission_rate&limit=5&where=source=north&after=${first.next}`,
  );
  const keys = [...first.rows, ...second.rows].map(({ key }) => key);
  expect(new Set(keys).size).toBe(10);
  expect([...keys].sort()).toEqual(keys);
  const [key] = keys;
  const { lineage } = await house.get<{ lineage: { rows: { file: string; line: number }[] } }>(
    `/api/lineage?${new URLSearchParams({ table: first.table, key: String(key) })}`,
  );
  expect(lineage.rows[0]).toMatchObject({ file: 'visits.csv', line: expect.any(Number) });
});

test('a metric without a line has nothing above it', async () => {
  const { statusCode, body } = await house.server.inject('/api/lineage/metric?metric=deaths&part=above');
  expect([statusCode, JSON.parse(body).code]).toEqual([422, 'METRIC_QUERY_INVALID']);
});

test('whatever a stranger posts is answered or refused, never a failure', async () => {
  const word = fc.constantFrom(
    ...metrics.map(({ name }) => name),
    ...dimensions.map(({ name }) => name),
    'x',
    '__proto__',
  );
  const query = fc.record(
    {
      metrics: fc.oneof(fc.array(word, { maxLength: 3 }), fc.jsonValue()),
      by: fc.oneof(fc.array(word, { maxLength: 3 }), fc.jsonValue()),
      where: fc.oneof(fc.dictionary(word, fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 }), fc.jsonValue()),
      sort: fc.oneof(fc.array(word, { maxLength: 2 }), fc.jsonValue()),
      limit: fc.oneof(fc.integer(), fc.jsonValue()),
    },
    { requiredKeys: ['metrics'] },
  );
  await fc.assert(
    fc.asyncProperty(query, async (payload) => {
      const { statusCode, body } = await post(payload);
      expect([200, 400, 422]).toContain(statusCode);
      expect(body.success).toBe(statusCode === 200);
    }),
    { numRuns: 150 },
  );
  expect(house.reported).toEqual([]);
}, 120_000);
