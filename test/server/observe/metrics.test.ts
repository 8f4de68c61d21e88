// What Prometheus reads: counts that are right, labels that name no patient, and for whom it is.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { emptyHouse, type House, motleyHouse } from '../house.js';

describe('the counts', () => {
  let house: House;
  beforeAll(async () => {
    house = await motleyHouse({ runAfter: 1 });
    const { server } = house;
    const ask = (url: string, method: 'GET' | 'POST' = 'GET', payload?: object) =>
      server.inject({ url, method, ...(payload && { payload }) });
    for (const id of ['zoe-1', 'zoe-2']) await ask(`/api/patients/${id}`);
    await ask('/api/nothing/zoe-3?name=zoe');
    await ask('/api/patient', 'POST', { patient_id: 'zoe-4', name: 'Zoe', age: 40, gender: 'Female' });
    await vi.waitUntil(() => server.runs.state().state === 'running', { timeout: 20_000, interval: 5 });
    // What else is told of meanwhile is no end of the run.
    server.changes.tell({ event: 'entry', data: { kind: 'create', table: 'visits', sequence: 0 } });
    server.changes.tell({ event: 'upload', data: { id: 'x', state: 'landed' } });
    await vi.waitUntil(() => server.runs.state().state === 'idle', { timeout: 20_000 });
  });
  afterAll(() => house.close());

  const text = async () => (await house.server.inject('/metrics')).body;

  test('are in the format of Prometheus, and kept by nobody', async () => {
    const { headers, statusCode } = await house.server.inject('/metrics');
    expect(statusCode).toBe(200);
    expect(headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(headers['cache-control']).toBe('no-store');
  });

  test('are by the template of the route, method and status', async () => {
    const all = await text();
    expect(all).toContain('http_request_duration_seconds_count{method="GET",route="/api/patients/:id",status="404"} 2');
    expect(all).toContain('http_request_duration_seconds_count{method="GET",route="none",status="404"} 1');
    expect(all).toContain('http_request_duration_seconds_count{method="POST",route="/api/patient",status="201"} 1');
  });

  test('are of entries, runs, records by disposition, rows of tables, queues and the process', async () => {
    const all = await text();
    expect(all).toContain('carelake_entries_total{table="patients",kind="create"} 1');
    expect(all).toContain('carelake_run_duration_seconds_count{outcome="done"}');
    expect(all).not.toContain('outcome="busy"');
    expect(all).toContain('carelake_pending_entries 0');
    for (const queue of ['statements', 'uploads']) expect(all).toContain(`carelake_queue_length{queue="${queue}"} 0`);
    const { accounting, tables } = await house.workspace.manifest();
    const used = accounting.reduce((sum, { records }) => sum + records.used, 0);
    expect(all).toContain(`carelake_records{disposition="used"} ${used}`);
    expect(all).toContain(`carelake_table_rows{table="patients"} ${tables.patients?.rows}`);
    expect(all).toMatch(/nodejs_eventloop_lag_seconds [0-9.]+/);
    expect(all).toMatch(/process_resident_memory_bytes [0-9]+/);
  });

  test('name nobody', async () => {
    expect(await text()).not.toMatch(/zoe/i);
  });
});

describe('with sign-in', () => {
  const token = 'a-token-for-prometheus';
  let house: House;
  let without: House;
  beforeAll(async () => {
    [house, without] = await Promise.all([
      emptyHouse({ auth: 'on', network: { metricsToken: token } }),
      emptyHouse({ auth: 'on' }),
    ]);
  });
  afterAll(() => Promise.all([house.close(), without.close()]));

  const statusOf = async (authorization: string | undefined, { server } = house) =>
    (await server.inject({ url: '/metrics', headers: { ...(authorization && { authorization }) } })).statusCode;

  test('they are for who has the token, and for nobody else', async () => {
    expect(await statusOf(`Bearer ${token}`)).toBe(200);
    for (const wrong of [undefined, 'Bearer', 'Bearer ', `Bearer ${token}x`, `Basic ${token}`, 'Bearer null']) {
      expect(await statusOf(wrong)).toBe(401);
      expect(await statusOf(wrong, without)).toBe(401);
    }
    expect(await statusOf(`Bearer ${token}`, without)).toBe(401);
  });

  test('the token opens nothing else', async () => {
    const { statusCode } = await house.server.inject({
      url: '/api/patients',
      headers: { authorization: `Bearer ${token}` },
    });
    expect(statusCode).toBe(401);
  });
});
