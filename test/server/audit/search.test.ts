// The audit log as the auditor sees it over HTTP: searched, verified, taken out.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keyOf } from '../../../src/records/audit/line.js';
import { type House, motleyHouse } from '../house.js';
import { type Ask, asking } from '../records/asking.js';

let house: House;
let ask: Ask;
beforeAll(async () => {
  house = await motleyHouse();
  ask = asking(house);
  await ask('POST', '/api/patient', { patient_id: 'P-looked-at', name: 'Readable Person', age: 65 });
  for (let n = 0; n < 3; n++) await ask('GET', '/api/patients/P-looked-at');
  await ask('POST', '/api/visit', { visit_id: 'V-1', patient_id: 'P-looked-at', visit_date: '2024-01-05' });
  await ask('GET', '/api/visits?patient_id=P-looked-at');
});
afterAll(() => house.close());

const actions = ({ body }: { body: { lines: { action: string; table: string }[] } }) =>
  body.lines.map(({ action, table }) => `${action} ${table}`);

test('who saw or changed a patient, the newest first, page by page', async () => {
  const query = '/api/audit?patient=P-looked-at&limit=2';
  const first = await ask('GET', query);
  expect(actions(first)).toEqual(['read visits', 'create visits']);
  const second = await ask('GET', `${query}&after=${first.body.next}`);
  expect(actions(second)).toEqual(['read patients', 'read patients']);
  const third = await ask('GET', `${query}&after=${second.body.next}`);
  expect(actions(third)).toEqual(['read patients', 'create patients']);
  expect(third.body.next).toBeNull();
  expect(JSON.stringify(first.body)).not.toContain('Readable Person');
});

test('by what was done, by request and by time', async () => {
  const { body } = await ask('GET', '/api/audit?action=create');
  expect(body.lines).toHaveLength(2);
  const [{ request, at }] = body.lines;
  expect((await ask('GET', `/api/audit?request=${request}`)).body.lines).toHaveLength(1);
  expect((await ask('GET', `/api/audit?action=create&before=${at}`)).body.lines).toHaveLength(1);
  expect((await ask('GET', '/api/audit?from=2199-01-01')).body).toMatchObject({ count: 0, next: null });
  const wrong = await ask('GET', '/api/audit?from=yesterday');
  expect([wrong.status, wrong.body.code, wrong.body.errors[0].field]).toEqual([400, 'REQUEST_INVALID', 'from']);
});

test('to look into the log is written down in it, and so is to take it out', async () => {
  await ask('GET', '/api/audit?patient=P-somebody');
  await ask('GET', '/api/audit/export?format=ndjson');
  const { body } = await ask('GET', '/api/audit?table=audit&limit=2');
  expect(actions({ body })).toEqual(['export audit', 'read audit']);
  expect(body.lines[1].patients).toEqual(['P-somebody']);
});

test('as NDJSON and as CSV, whole and in order', async () => {
  const ndjson = await ask('GET', '/api/audit/export?format=ndjson&action=create');
  expect(ndjson.headers['content-disposition']).toBe('attachment; filename="audit.ndjson"');
  const lines = ndjson.text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.map(({ table }) => table)).toEqual(['patients', 'visits']);
  const csv = await ask('GET', '/api/audit/export?action=create');
  expect(csv.headers['content-type']).toBe('text/csv; charset=utf-8');
  const [head = '', ...rows] = csv.text.trim().split('\r\n');
  expect(head.split(',').slice(0, 3)).toEqual(['sequence', 'at', 'action']);
  expect(rows).toHaveLength(2);
  expect(rows[0]).toContain(lines[0].hash);
});

test('is verified, with ends that were noted down, and what was done to it is named', async () => {
  const good = await ask('GET', '/api/audit/verify');
  expect(good.body).toMatchObject({ success: true, ok: true, faults: [] });
  const { sequence, hash } = good.body.head;
  expect((await ask('GET', `/api/audit/verify?anchor=${sequence}:${hash}`)).body.ok).toBe(true);
  expect((await ask('GET', `/api/audit/verify?anchor=${sequence + 500}:${hash}`)).body.faults).toMatchObject([
    { line: sequence + 500, kind: 'anchor' },
  ]);
  expect((await ask('GET', '/api/audit/verify?anchor=1:x')).status).toBe(400);
  const { lines } = await house.server.parts.audit();
  const third = await lines.get(keyOf(3));
  if (!third) throw new Error('There is no line 3.');
  await lines.replace(third.key, third.revision, { ...third.body, by: 'somebody else' });
  const { body } = await ask('GET', '/api/audit/verify');
  expect(body).toMatchObject({ ok: false, fault_count: 1, faults: [{ line: 3, kind: 'changed' }] });
});
