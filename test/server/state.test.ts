// What the server says of the workspace: status, runs, quality, rejects, lineage, catalog and errors.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerMetrics } from '../../src/analytics/metrics/metrics.js';
import { publishedTables } from '../../src/catalog/catalog.js';
import { checks } from '../../src/catalog/checks.js';
import { metricReference } from '../../src/catalog/metrics/reference.js';
import { errorTable } from '../../src/errors.js';
import { traceRow } from '../../src/pipeline/lineage.js';
import { readFailingRows } from '../../src/pipeline/quality/failing.js';
import { readQuality } from '../../src/pipeline/quality/read.js';
import { openWorkspace } from '../pipeline/harness.js';
import { emptyHouse, type House, houseOf } from './house.js';

const patients = `patient_id,age,gender,bmi
P1,40,F,22
P1,41,F,22
P2,notanumber,M,900
P3,50,unheard,30
,12,F,20
P5,60,M,25,too many
`;
const visits = `visit_id,patient_id,visit_date,severity_score
V1,P1,2024-01-05,3
V2,P1,2024-02-30,5
V3,P9,2024-03-01,99
"V4,P1,2024-03-01,1
`;

interface Flaws {
  total: number;
  next: string | null;
  rejects: Record<string, unknown>[];
}

let house: House;
beforeAll(async () => {
  const workspace = await openWorkspace();
  await workspace.land({ 'patients.csv': patients, 'visits.csv': visits });
  await workspace.run();
  house = await houseOf(workspace);
});
afterAll(() => house.close());

test('the status has the account of every file, and what waits for a run', async () => {
  const manifest = await house.workspace.manifest();
  const status = await house.get('/api/status');
  expect(status).toMatchObject({
    success: true,
    workspace: 'default',
    run: { id: manifest.id, as_of: manifest.as_of, grade: manifest.grade, engine: manifest.engine },
    tables: { patients: { rows: manifest.tables.patients?.rows } },
    accounting: manifest.accounting,
    missing: manifest.missing,
    pending_entries: 0,
    batches: { landed: 1, waiting: 0 },
  });
});

test('runs are listed, and one is told whole', async () => {
  const manifest = await house.workspace.manifest();
  const list = await house.get<{ total: number; runs: { id: string }[] }>('/api/runs');
  expect(list).toMatchObject({ success: true, count: 1, total: 1, page: 1, pages: 1, next: null });
  expect(list.runs[0]).toMatchObject({ id: manifest.id, parent: null, published: true, grade: manifest.grade });
  const { run } = await house.get<{ run: object }>(`/api/runs/${manifest.id}`);
  expect(run).toMatchObject({
    ...list.runs[0],
    steps: manifest.steps,
    accounting: manifest.accounting,
    score: manifest.quality?.score,
  });
  for (const id of ['nothing', '..%2F..%2Fcurrent.json', '%00', 'x'.repeat(500)]) {
    const { statusCode, body } = await house.server.inject(`/api/runs/${id}`);
    expect([statusCode, JSON.parse(body).code]).toEqual([404, 'RUN_NOT_FOUND']);
  }
});

test('quality is what the run found, with the words of the catalog', async () => {
  const report = await readQuality(house.workspace.lake);
  const body = await house.get<{ checks: { id: string; explanation: string }[]; trend: object[] }>('/api/quality');
  expect(body).toMatchObject({ success: true, grade: report.grade, score: report.score, published: true });
  expect(body.checks.map(({ explanation: _, ...check }) => check)).toEqual(report.checks);
  for (const { id, explanation } of body.checks) {
    expect(explanation).toBe(checks.find((check) => check.id === id)?.explanation);
  }
  expect(body.trend).toHaveLength(1);
  expect((await house.server.inject('/api/quality?run=none')).statusCode).toBe(404);
});

test('the failing rows of every check are those of the run, page by page', async () => {
  const report = await readQuality(house.workspace.lake);
  const failing = report.checks.filter(({ failed_rows }) => failed_rows > 0);
  expect(failing.length).toBeGreaterThan(3);
  for (const { id, failed_rows } of failing) {
    const expected: object[] = [];
    for await (const row of readFailingRows(house.workspace.lake, house.workspace.engine, { check: id }))
      expected.push(row);
    const rows: object[] = [];
    for (let page = 1; page <= failed_rows; page++) {
      const body = await house.get<{ total: number; rows: object[] }>(`/api/quality/${id}?limit=1&page=${page}`);
      expect(body.total).toBe(failed_rows);
      rows.push(...body.rows);
    }
    expect(rows).toEqual(expected);
  }
  expect(JSON.parse((await house.server.inject('/api/quality/no.such.check')).body).code).toBe('CHECK_UNKNOWN');
});

test('rejects are those of the run, page by page and by file, table, field and code', async () => {
  const expected = await house.workspace.rejects();
  const all = await house.get<Flaws>('/api/rejects');
  expect(all.total).toBe(expected.length);
  expect(all.rejects.map(({ reason: _, ...row }) => row)).toEqual(expected.map(({ reason: _, ...row }) => row));
  expect(all.rejects.map(({ file, table }) => [file, table])).toContainEqual(['patients.csv', 'patients']);
  const paged: object[] = [];
  for (let page = 1; page <= expected.length; page++) {
    paged.push(...(await house.get<Flaws>(`/api/rejects?limit=1&page=${page}`)).rejects);
  }
  expect(paged).toEqual(all.rejects);
  const followed: object[] = [];
  for (let after: string | null = ''; after !== null; ) {
    const from: string = after === '' ? '' : `&after=${encodeURIComponent(after)}`;
    const page: Flaws = await house.get<Flaws>(`/api/rejects?limit=1${from}`);
    followed.push(...page.rejects);
    after = page.next;
  }
  expect(followed).toEqual(all.rejects);
  for (const name of ['file', 'table', 'field', 'code'] as const) {
    for (const value of new Set(all.rejects.map((row) => row[name]))) {
      if (value === null) continue;
      const some = await house.get<Flaws>(`/api/rejects?${new URLSearchParams({ [name]: String(value) })}`);
      expect(some.rejects).toEqual(all.rejects.filter((row) => row[name] === value));
      expect(some.total).toBe(some.rejects.length);
    }
  }
  const missing = await house.get<Flaws>('/api/rejects?kind=missing');
  const { missing: counted } = await house.workspace.manifest();
  expect(missing.total).toBe(counted.reduce((sum, { values }) => sum + values, 0));
});

test('a row is followed to its file and line, with the values as they came', async () => {
  const { lineage } = await house.get<{ lineage: object }>('/api/lineage?table=patients&key=P1');
  expect(lineage).toEqual(await traceRow(house.workspace.lake, house.workspace.engine, 'patients', 'P1'));
  const refused = [
    ['table=patients', 400, 'REQUEST_INVALID'],
    ['table=nothing&key=P1', 404, 'TABLE_NOT_FOUND'],
    ['table=__proto__&key=P1', 404, 'TABLE_NOT_FOUND'],
    ['table=patients&key=nobody', 404, 'ROW_NOT_FOUND'],
    ["table=patients&key=P1'%20or%201=1--", 404, 'ROW_NOT_FOUND'],
  ] as const;
  for (const [query, status, code] of refused) {
    const { statusCode, body } = await house.server.inject(`/api/lineage?${query}`);
    expect([statusCode, JSON.parse(body).code]).toEqual([status, code]);
  }
});

test('the catalog has every table, metric, dimension and check, and the errors every code', async () => {
  const catalog = await house.get<{ tables: { name: string; columns: object[] }[]; checks: { id: string }[] }>(
    '/api/catalog',
  );
  expect(catalog.tables.map(({ name, columns }) => [name, columns.length])).toEqual(
    Object.values(publishedTables).map(({ name, columns }) => [name, columns.length]),
  );
  expect(catalog).toMatchObject(JSON.parse(JSON.stringify(metricReference())));
  expect(catalog.checks.map(({ id }) => id)).toEqual(checks.map(({ id }) => id));
  const { errors } = await house.get<{ errors: { code: string }[] }>('/api/errors');
  expect(errors.map(({ code }) => code)).toEqual(Object.keys(errorTable));
});

test('a batch in whose place another stands neither counts nor waits', async () => {
  const live = await emptyHouse();
  try {
    for (const patient_id of ['P1', 'P2', 'P3']) {
      const payload = { patient_id, name: 'Ann Example', age: 40, gender: 'Female' };
      expect((await live.server.inject({ method: 'POST', url: '/api/patient', payload })).statusCode).toBe(201);
      await live.server.parts.run(new AbortController().signal);
    }
    const { batches, tables } = await live.get<{ batches: object; tables: object }>('/api/status');
    expect([batches, tables]).toMatchObject([{ landed: 1, waiting: 0 }, { patients: { rows: 3 } }]);
  } finally {
    await live.close();
  }
});

test('a run that is published meanwhile answers the next request, and nothing is a mix of two', async () => {
  const workspace = await openWorkspace();
  const live = await houseOf(workspace);
  try {
    await workspace.land({ 'patients.csv': 'patient_id,age\nP1,40\n' });
    expect((await live.server.inject('/api/patients')).statusCode).toBe(409);
    expect(await live.get('/api/status')).toMatchObject({ run: null, batches: { landed: 1, waiting: 1 } });
    await workspace.run();
    const first = await live.server.inject('/api/patients');
    expect(JSON.parse(first.body)).toMatchObject({ total: 1 });
    await workspace.land({ 'more.csv': 'patient_id,age\nP2,50\nP3,60\n' }, { as: 'patients' });
    const asking = { going: true };
    const seen = new Set<string>();
    const readers = Array.from({ length: 4 }, async () => {
      while (asking.going) {
        const { as_of, data } = await live.get<{ as_of: { run: string }; data: { summary: Record<string, number> } }>(
          '/api/dashboard',
        );
        seen.add(`${as_of.run} ${data.summary.totalPatients}`);
      }
    });
    await workspace.run();
    const after = await live.get<{ total: number; as_of: { run: string } }>('/api/patients');
    asking.going = false;
    await Promise.all(readers);
    expect(after.total).toBe(3);
    expect(after.as_of.run).toBe((await workspace.manifest()).id);
    for (const pair of seen) expect(pair.endsWith(pair.startsWith(after.as_of.run) ? ' 3' : ' 1')).toBe(true);
    const again = { url: '/api/patients', headers: { 'if-none-match': String(first.headers.etag) } };
    expect((await live.server.inject(again)).statusCode).toBe(200);
    const { total } = await answerMetrics(
      { metrics: ['total_patients'] },
      { engine: workspace.engine, published: { patient_summary: { paths: await pathsOf(workspace) } } },
    );
    expect(total.values.total_patients).toBe(3);
  } finally {
    await live.close();
  }
});

const pathsOf = async ({ lake, manifest }: House['workspace']) => {
  const { stepFiles } = await import('../../src/pipeline/runner.js');
  return stepFiles(lake, (await manifest()).tables.patient_summary?.step ?? '');
};

test('where nothing has come, every path of data says so and every other is whole', async () => {
  const empty = await emptyHouse();
  try {
    const paths = [
      'patients',
      'visits',
      'prescriptions',
      'patients/P1',
      'dashboard',
      'get-analytics',
      'quality',
      'rejects',
    ];
    const asked = ['analytics/query?metrics=deaths', 'lineage?table=visits&key=V1', 'lineage/metric?metric=deaths'];
    for (const path of [...paths, ...asked, 'quality/visits.key.unique']) {
      const { statusCode, body } = await empty.server.inject(`/api/${path}`);
      expect([path, statusCode, JSON.parse(body).code]).toEqual([path, 409, 'NOT_PUBLISHED']);
    }
    expect(await empty.get('/api/runs')).toMatchObject({ total: 0, pages: 0, runs: [] });
    expect(await empty.get('/api/status')).toMatchObject({ run: null, tables: {}, batches: { landed: 0, waiting: 0 } });
    expect(await empty.get('/api/catalog')).toMatchObject({ success: true });
  } finally {
    await empty.close();
  }
});
