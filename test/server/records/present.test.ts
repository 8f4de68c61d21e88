// One record as it is now, where somebody writes it while it is looked for: row and version are always of the same moment.
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Entry } from '../../../src/records/entry.js';
import type { Records } from '../../../src/records/records.js';
import { type House, motleyHouse } from '../house.js';
import { type Ask, asking } from './asking.js';

let house: House;
let ask: Ask;
let records: Records;
beforeAll(async () => {
  house = await motleyHouse();
  ask = asking(house);
  records = await house.server.parts.records();
  // A run has read these; nothing waits.
  for (const key of ['read', 'deleted', 'PATCH', 'DELETE']) {
    await ask('POST', '/api/patient', { patient_id: key, age: 40, location: 'Rome' });
  }
  await house.server.parts.run(new AbortController().signal);
});
afterAll(() => house.close());

/** Another writes after the next request looked at what was typed, and before it looks for the newest entry. */
function betweenItsLooks(key: string, kind: 'change' | 'delete') {
  const { end, newest } = records.entries;
  let looked = () => {};
  const isLooked = new Promise<void>((resolve) => {
    looked = resolve;
  });
  vi.spyOn(records.entries, 'end').mockImplementationOnce(async () => {
    const seen = await end();
    looked();
    return seen;
  });
  return vi.spyOn(records.entries, 'newest').mockImplementationOnce(async (places) => {
    await isLooked;
    const [{ audit, at, before }] = (await records.entries.history('patients', key)) as [Entry];
    const after = kind === 'change' ? { patient_id: key, age: 40, location: 'Oslo' } : null;
    const other = { table: 'patients', key, kind, expected: 1, before, after } as const;
    await records.entries.append({ ...other, audit, at, idempotencyKey: null });
    return newest(places);
  });
}

test('a version is answered with its own values, also where it is made meanwhile', async () => {
  const between = betweenItsLooks('read', 'change');
  const { body } = await ask('GET', '/api/patients/read');
  expect(between).toHaveBeenCalled();
  expect([body.version, body.patient.location]).toEqual([2, 'Oslo']);
});

test('a record that is deleted meanwhile is not there', async () => {
  betweenItsLooks('deleted', 'delete');
  expect((await ask('GET', '/api/patients/deleted')).status).toBe(404);
});

test.each([
  ['PATCH', '/api/patients/PATCH', { version: 1, bmi: 30 }],
  ['DELETE', '/api/patients/DELETE?version=1', undefined],
] as const)('a %s that comes too late is told what the other wrote', async (method, url, body) => {
  betweenItsLooks(method, 'change');
  expect((await ask(method, url, body)).body).toMatchObject({
    code: 'RECORD_CONFLICT',
    conflict: {
      expected: { version: 1, values: { location: 'Rome' } },
      present: { version: 2, values: { location: 'Oslo' } },
    },
  });
});
