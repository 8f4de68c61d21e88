// Whoever follows `next` from page to page meets every row of a list once, in the order of the list.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type House, motleyHouse } from './house.js';

type Page = Readonly<Record<string, unknown>> & { readonly total: number; readonly next: string | null };

let house: House;
let paths: string[];
beforeAll(async () => {
  house = await motleyHouse();
  const ask = (method: 'POST' | 'PATCH', url: string, payload: object) => house.server.inject({ method, url, payload });
  for (const [version, bmi] of [30, 31, 32].entries()) await ask('PATCH', '/api/patients/p1', { version, bmi });
  for (const patient_id of ['p1', 'p2', 'p3']) await ask('POST', '/api/worklist', { patient_id, note: 'Call.' });
  const document = await house.get<{
    paths: Record<string, { get?: { parameters?: { name: string }[] } }>;
  }>('/api/openapi.json');
  paths = Object.entries(document.paths).flatMap(([path, { get }]) =>
    get?.parameters?.some(({ name }) => name === 'page') ? [path] : [],
  );
});
afterAll(() => house.close());

const parameters: Readonly<Record<string, string>> = {
  '/api/patients/{id}/history': '/api/patients/p1/history?',
  '/api/patients/{id}/timeline': '/api/patients/p1/timeline?',
  '/api/quality/{check}': '/api/quality/visits.patient_id.reference?',
  '/api/rejects': '/api/rejects?kind=missing&',
  '/api/lineage/metric': '/api/lineage/metric?metric=total_patients&by=gender&',
};

test('of every list with pages', async () => {
  const walked: string[] = [];
  for (const path of paths) {
    const url = parameters[path] ?? `${path}?`;
    const whole = await house.server.inject(`${url}limit=60`);
    // One by its code, or of people who have signed in: by the same functions.
    if (whole.statusCode !== 200) continue;
    const { total } = JSON.parse(whole.body) as Page;
    const rowsOf = (body: Page) =>
      Object.values(body).find((value) => Array.isArray(value) && value.length > 0) as unknown[] | undefined;
    const expected = rowsOf(JSON.parse(whole.body)) ?? [];
    const met: unknown[] = [];
    const limit = Math.max(1, Math.ceil(Math.min(total, 60) / 3));
    for (let next: string | null | undefined; next !== null && met.length < 60; ) {
      const after = next === undefined ? '' : `&after=${encodeURIComponent(next)}`;
      const page = await house.get<Page>(`${url}limit=${limit}${after}`);
      met.push(...(rowsOf(page) ?? []));
      next = page.next;
    }
    // The log of what was read grows with each page that is read of it.
    if (path !== '/api/audit') expect([path, met.slice(0, 60)]).toEqual([path, expected]);
    const wrong = await house.server.inject(`${url}after=x`);
    expect([path, wrong.statusCode, wrong.body]).toEqual([path, 400, expect.stringContaining('"after"')]);
    if (expected.length > 1) walked.push(path);
  }
  expect(walked).toEqual(
    expect.arrayContaining(['/api/patients/{id}/history', '/api/worklist', '/api/quality/{check}', '/api/visits']),
  );
  expect(house.reported).toEqual([]);
});
