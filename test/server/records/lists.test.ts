// Lists over the run and what was typed since: the same before a run has read it and after, in every order, page and form.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tableNamed } from '../../../src/catalog/catalog.js';
import { emptyHouse, type House, motleyHouse } from '../house.js';
import { type Ask, asking } from './asking.js';

let house: House;
let ask: Ask;
beforeAll(async () => {
  house = await motleyHouse();
  ask = asking(house);
  for (const { method, url, body } of writes)
    expect([url, (await ask(method, url, body)).status]).toEqual([url, expectedOf(method)]);
});
afterAll(() => house.close());

const expectedOf = (method: string) => (method === 'POST' ? 201 : 200);

/** Of each kind: new rows, rows of files changed once and twice, rows gone, one gone and back. */
const writes: { method: 'POST' | 'PATCH' | 'DELETE'; url: string; body?: object }[] = [
  ...Array.from({ length: 12 }, (_, n) => ({
    method: 'POST' as const,
    url: '/api/patient',
    body: {
      patient_id: `t${n}`,
      name: `=${n}`,
      birth_date: `19${50 + n}-01-05`,
      gender: n % 2 ? 'f' : 'm',
      bmi: 20 + n / 2,
    },
  })),
  ...Array.from({ length: 12 }, (_, n) => ({
    method: 'POST' as const,
    url: '/api/visit',
    body: {
      visit_id: `tv${n}`,
      patient_id: `t${n}`,
      visit_date: `2024-02-${10 + n}`,
      severity_score: n / 2,
      facility: n % 3 ? 'North' : null,
    },
  })),
  ...[3, 4, 5].map((n) => ({
    method: 'PATCH' as const,
    url: `/api/patients/p${n}`,
    body: { version: 0, location: 'Typed', chronic_conditions: ['a', 'b'] },
  })),
  { method: 'PATCH', url: '/api/patients/p3', body: { version: 1, location: null } },
  ...[7, 8].map((n) => ({ method: 'DELETE' as const, url: `/api/visits/v${n}?version=0` })),
  { method: 'POST', url: '/api/visit', body: { visit_id: 'v8', patient_id: 't1', visit_order: 3 } },
  { method: 'DELETE', url: '/api/visits/tv11?version=1' },
  { method: 'DELETE', url: '/api/patients/t11?version=1' },
];

const questions = [
  '/api/patients?sort=-bmi',
  '/api/patients?gender=Female&sort=birth_date',
  '/api/patients?location=Typed',
  '/api/patients?location=&sort=-name,patient_id',
  '/api/patients?chronic_conditions=b',
  '/api/patients?birth_date=1955-01-01..1960-12-31&gender!=Male',
  '/api/visits?sort=-visit_date',
  '/api/visits?facility=North&severity_score=1..4&sort=-severity_score',
  '/api/visits?patient_id=t1&patient_id=p3&source=default',
  '/api/visits?visit_order=3',
];

interface Page {
  total: number;
  next: string | null;
  as_of: { pending_entries: number };
  rows: Record<string, unknown>[];
}

/** What is typed, of every row of the list, which is read by cursors of a few rows. */
async function rowsOf(question: string): Promise<{ total: number; rows: unknown[]; pending: number }> {
  const table = /^[/]api[/]([a-z]+)/.exec(question)?.[1] ?? '';
  const names = ['source', ...tableNamed(table).fields.map(({ name }) => name)];
  const rows: unknown[] = [];
  for (let after = ''; ; ) {
    const { body } = await ask('GET', `${question}&limit=${after === '' ? 13 : 40}${after}`);
    const page: Page = { ...body, rows: body[table] };
    rows.push(...page.rows.map((row) => Object.fromEntries(names.map((name) => [name, row[name]]))));
    if (page.next === null) return { total: page.total, rows, pending: page.as_of.pending_entries };
    after = `&after=${encodeURIComponent(page.next)}`;
  }
}

test('what was typed is listed as it is once a run has read it', async () => {
  const before = new Map<string, Awaited<ReturnType<typeof rowsOf>>>();
  for (const question of questions) before.set(question, await rowsOf(question));
  for (const [question, { total, rows, pending }] of before) {
    expect([question, rows.length, pending]).toEqual([question, total, writes.length]);
    expect(rows.length).toBeGreaterThan(0);
  }
  const tags = await Promise.all(questions.map(async (url) => String((await ask('GET', url)).headers.etag)));
  for (const [n, url] of questions.entries()) {
    expect((await ask('GET', url, undefined, { 'if-none-match': tags[n] ?? '' })).status).toBe(304);
  }
  await ask('POST', '/api/prescription', { prescription_id: 'tr', patient_id: 't1', drug_name: 'Aspirin' });
  for (const [n, url] of questions.entries()) {
    const { status, body } = await ask('GET', url, undefined, { 'if-none-match': tags[n] ?? '' });
    expect([status, body?.as_of.pending_entries]).toEqual([200, writes.length + 1]);
  }
  expect((await ask('GET', '/api/dashboard')).body.as_of.pending_entries).toBe(writes.length + 1);

  await house.server.parts.run(new AbortController().signal);
  for (const question of questions) {
    const { total, rows, pending } = await rowsOf(question);
    expect([question, total, rows, pending]).toEqual([
      question,
      before.get(question)?.total,
      before.get(question)?.rows,
      0,
    ]);
  }
  expect((await ask('GET', '/api/patients/p4')).body).toMatchObject({ version: 1, patient: { location: 'Typed' } });
  expect((await ask('PATCH', '/api/patients/p4', { version: 1, location: 'Again' })).body.version).toBe(2);
});

describe('by what is accepted', () => {
  test.each([
    ['application/x-ndjson', 'application/x-ndjson'],
    ['text/csv', 'text/csv'],
    ['text/csv;q=0.5, application/x-ndjson', 'application/x-ndjson'],
    ['text/html, */*;q=0.1', 'application/json'],
    ['image/png', 'application/json'],
    ['', 'application/json'],
    ['text/csv;q=x;;,', 'application/json'],
  ])('%j is answered in %s', async (accept, type) => {
    const { status, headers } = await ask('GET', '/api/patients?limit=2', undefined, { accept });
    expect([status, String(headers['content-type']).split(';')[0]]).toEqual([200, type]);
    expect(headers.vary).toContain('Accept');
  });

  test('lists have the same rows, another tag, and where the next page is', async () => {
    const url = '/api/patients?limit=3&sort=-patient_id&source=default&page=1';
    const { body, headers } = await ask('GET', url);
    const lines = await ask('GET', url, undefined, { accept: 'application/x-ndjson' });
    expect(
      lines.text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(body.patients);
    expect(lines.headers['x-total-count']).toBe(String(body.total));
    expect(lines.headers.etag).not.toBe(headers.etag);
    const [, next = ''] = /^<(.*)>; rel="next"$/.exec(String(lines.headers.link)) ?? [];
    const second = await ask('GET', next, undefined, { accept: 'application/x-ndjson' });
    const { body: page2 } = await ask('GET', url.replace('page=1', 'page=2'));
    expect(
      second.text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(page2.patients);
  });

  test('CSV has a header and every column, and arms no spreadsheet', async () => {
    const { text } = await ask('GET', '/api/patients?patient_id=t1', undefined, { accept: 'text/csv' });
    const [header, row, end] = text.split('\r\n');
    expect(header?.split(',').slice(0, 4)).toEqual(['source', 'patient_id', 'name', 'birth_date']);
    expect([row?.split(',').slice(0, 4), end]).toEqual([['default', 't1', "'=1", '1951-01-05'], '']);
  });
});

test('where nothing is published what was typed is there alone', async () => {
  const empty = await emptyHouse();
  try {
    const own = asking(empty);
    expect((await own('GET', '/api/patients')).body.code).toBe('NOT_PUBLISHED');
    await own('POST', '/api/patient', { patient_id: 'P1', age: 3 });
    const { status, body } = await own('GET', '/api/patients');
    expect([status, body]).toMatchObject([200, { as_of: null, total: 1, patients: [{ patient_id: 'P1', age: 3 }] }]);
    expect((await own('GET', '/api/visits')).body).toMatchObject({ as_of: null, total: 0, visits: [] });
    expect((await own('GET', '/api/patients/P1')).body).toMatchObject({ as_of: null, version: 1, summary: null });
    expect((await own('GET', '/api/dashboard')).body.code).toBe('NOT_PUBLISHED');
  } finally {
    await empty.close();
  }
});
