// The audit lines of requests: who saw, asked about or changed whose rows; and no row without its line.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Audit } from '../../../src/records/audit/chain.js';
import type { LineBody } from '../../../src/records/audit/line.js';
import { verifyChain } from '../../../src/records/audit/verify.js';
import { type House, motleyHouse } from '../house.js';
import { type Ask, asking } from '../records/asking.js';

let house: House;
let ask: Ask;
let audit: Audit;
let from = 0;
beforeAll(async () => {
  house = await motleyHouse();
  ask = asking(house);
  audit = await house.server.parts.audit();
});
afterAll(async () => {
  expect((await verifyChain(audit.lines, audit.seals)).faults).toEqual([]);
  await house.close();
});
/** The lines of writes are taken over beside the answers. */
const whole = () => house.server.audit.whole();
const noteEnd = async () => {
  from = (await (await whole()).head()).sequence;
};
beforeEach(noteEnd);

/** What was written down in this test. */
const lines = async (): Promise<LineBody[]> =>
  (await (await whole()).lines.list({ after: String(from).padStart(15, '0'), limit: 1000 })).map(({ body }) => body);
const onlyLine = async (): Promise<LineBody> => {
  const found = await lines();
  expect(found).toHaveLength(1);
  return found[0] as LineBody;
};

let last = 0;
const newPatient = async () => {
  const id = `A${++last}`;
  await ask('POST', '/api/patient', { patient_id: id, name: 'Ann', age: 65 });
  await noteEnd();
  return id;
};

describe('a read', () => {
  test('of what happened to a patient names the visits, stays and prescriptions that it shows', async () => {
    const { body } = await ask('GET', '/api/patients/p1/timeline?limit=5');
    const shown: { kind: string; id: string | null; visit_id: string | null }[] = body.events;
    const known = (values: (string | null)[]) => [...new Set(values.filter((value) => value !== null))];
    const found = Object.fromEntries((await lines()).map((line) => [line.table, line]));
    expect(found.patients).toMatchObject({ action: 'read', ids: ['p1'], patients: [] });
    expect(found.visits).toMatchObject({ ids: known(shown.map(({ visit_id }) => visit_id)), patients: ['p1'] });
    for (const kind of ['stay', 'prescription']) {
      const ids = known(shown.filter((one) => one.kind === kind).map(({ id }) => id));
      expect([kind, found[`${kind}s`]?.ids ?? []]).toEqual([kind, ids]);
    }
    expect(new Set((await lines()).map(({ request }) => request)).size).toBe(1);
  });

  test('of a list names every row of the page, and whose they are', async () => {
    const { body } = await ask('GET', '/api/visits?limit=20&visit_type=inpatient');
    const line = await onlyLine();
    const visits = body.visits as { visit_id: string; patient_id: string }[];
    expect(visits.length).toBeGreaterThan(5);
    expect(line.ids).toEqual(visits.map(({ visit_id }) => visit_id));
    expect(new Set(line.patients)).toEqual(new Set(visits.map(({ patient_id }) => patient_id)));
    expect(line).toMatchObject({ action: 'read', outcome: 'done', table: 'visits', workspace: 'default' });
    expect(line).toMatchObject({ from: '127.0.0.1', detail: 'GET /api/visits?limit&visit_type 200' });
    expect(line.request).toMatch(/^[0-9a-f-]{36}$/);
    // Which values were asked for may be a name.
    expect(JSON.stringify(line)).not.toContain('inpatient');
  });

  test('of one record, its history, its origin and the rows behind a number names them', async () => {
    const id = await newPatient();
    await ask('GET', `/api/patients/${id}`);
    await ask('GET', `/api/patients/${id}/history`);
    const { body } = await ask('GET', '/api/patients?limit=1&sort=-patient_id');
    const [{ patient_id: published }] = body.patients;
    await ask('GET', `/api/lineage?table=patients&key=${encodeURIComponent(published)}`);
    await ask('GET', '/api/lineage/metric?metric=total_patients&limit=3');
    const found = await lines();
    expect(found.map(({ action, table }) => [action, table])).toEqual([
      ...Array(4).fill(['read', 'patients']),
      ['read', 'patient_summary'],
    ]);
    expect(found.map(({ ids }) => ids.length)).toEqual([1, 1, 1, 1, 3]);
    expect(found.slice(0, 2).map(({ ids }) => ids[0])).toEqual([id, id]);
    expect(found[3]?.ids).toEqual([published]);
  });

  test('as CSV or NDJSON is one like any other', async () => {
    await ask('GET', '/api/patients?limit=3', undefined, { accept: 'text/csv' });
    expect((await onlyLine()).ids).toHaveLength(3);
  });

  test('that only says nothing has changed is written down as that', async () => {
    const { headers } = await ask('GET', '/api/patients?limit=2');
    const { status } = await ask('GET', '/api/patients?limit=2', undefined, { 'if-none-match': String(headers.etag) });
    expect(status).toBe(304);
    expect((await lines()).map(({ outcome, ids }) => [outcome, ids.length])).toEqual([
      ['done', 2],
      ['unchanged', 0],
    ]);
  });

  test('of somebody who is not there names who was asked for', async () => {
    expect((await ask('GET', '/api/patients/nobody')).status).toBe(404);
    expect(await onlyLine()).toMatchObject({ outcome: 'refused', ids: ['nobody'] });
  });

  test('of numbers, of the catalog and of what is malformed leaves no line', async () => {
    for (const url of ['/api/health', '/api/catalog', '/api/dashboard', '/api/status', '/api/patients?limit=x']) {
      await ask('GET', url);
    }
    expect(await lines()).toEqual([]);
  });
});

describe('a write', () => {
  test('leaves the line of its entry, once', async () => {
    const id = await newPatient();
    await ask('PATCH', `/api/patients/${id}`, { version: 1, age: 66 });
    await ask('DELETE', `/api/patients/${id}?version=2`);
    const found = await lines();
    expect(found.map(({ action, ids }) => [action, ...ids])).toEqual([
      ['change', id],
      ['delete', id],
    ]);
    expect(found.every(({ log, entry, entry_at }) => log !== null && entry !== null && entry_at !== null)).toBe(true);
  });

  test('that changes nothing still shows the row', async () => {
    const id = await newPatient();
    await ask('PATCH', `/api/patients/${id}`, { version: 1, age: 65 });
    expect(await onlyLine()).toMatchObject({ action: 'write', outcome: 'unchanged', ids: [id], entry: null });
  });

  test('that comes too late is told what is there, which is written down', async () => {
    const id = await newPatient();
    expect((await ask('PATCH', `/api/patients/${id}`, { version: 7, age: 1 })).status).toBe(409);
    expect((await ask('POST', '/api/patient', { patient_id: id, age: 3 })).status).toBe(409);
    expect((await lines()).map(({ action, outcome, ids }) => [action, outcome, ...ids])).toEqual([
      ['write', 'refused', id],
      ['write', 'refused', id],
    ]);
  });

  test('is answered before the log has its line, and whoever asks for the log finds it', async () => {
    const { insertAll } = audit.lines;
    let goOn = () => {};
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    Object.assign(audit.lines, { insertAll: (some: never) => held.then(() => insertAll(some)) });
    expect((await ask('POST', '/api/patient', { patient_id: 'at-once', age: 3 })).status).toBe(201);
    const asked = ask('GET', '/api/audit?limit=1');
    goOn();
    expect((await asked).body.lines).toMatchObject([{ action: 'create', ids: ['at-once'] }]);
    Object.assign(audit.lines, { insertAll });
  });
});

describe('while the log cannot be written', () => {
  let insertAll: Audit['lines']['insertAll'];
  beforeEach(() => {
    insertAll = audit.lines.insertAll;
  });
  afterEach(() => {
    Object.assign(audit.lines, { insertAll });
  });
  const breakLog = () => Object.assign(audit.lines, { insertAll: async () => Promise.reject(new Error('disk gone')) });

  test('no row is given', async () => {
    const id = await newPatient();
    breakLog();
    const urls = [`/api/patients/${id}`, '/api/patients?limit=3', '/api/visits?limit=3', '/api/rejects'];
    for (const url of urls) {
      const { status, text, body, headers } = await ask('GET', url);
      expect([url, status, body.code]).toEqual([url, 503, 'AUDIT_FAILED']);
      expect(text).not.toContain('patient_id');
      expect([headers.etag, headers.link, headers['x-total-count']]).toEqual([undefined, undefined, undefined]);
    }
    const csv = await ask('GET', '/api/patients?limit=3', undefined, { accept: 'text/csv' });
    expect([csv.status, csv.body.code, csv.headers.link]).toEqual([503, 'AUDIT_FAILED', undefined]);
    const stale = await ask('PATCH', `/api/patients/${id}`, { version: 7, age: 1 });
    expect([stale.status, stale.body.code, stale.body.conflict]).toEqual([503, 'AUDIT_FAILED', undefined]);
    Object.assign(audit.lines, { insertAll });
    expect((await ask('GET', `/api/patients/${id}`)).status).toBe(200);
    house.reported.length = 0;
  });

  test('numbers are given, and a write is kept, whose line follows', async () => {
    breakLog();
    expect((await ask('GET', '/api/dashboard')).status).toBe(200);
    expect((await ask('POST', '/api/patient', { patient_id: 'late', age: 3 })).status).toBe(201);
    expect((await ask('GET', '/api/audit')).body.code).toBe('AUDIT_FAILED');
    Object.assign(audit.lines, { insertAll });
    await ask('POST', '/api/patient', { patient_id: 'later', age: 3 });
    expect((await lines()).map(({ ids }) => ids[0])).toEqual(['late', 'later']);
    house.reported.length = 0;
  });
});
