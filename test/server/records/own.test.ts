// Whoever only types has what they typed themselves; of the rest it is not said that it is there.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Person, personOf } from '../auth/people.js';
import { type House, motleyHouse } from '../house.js';

let house: House;
let [ann, bob, cleo]: Person[] = [];
beforeAll(async () => {
  house = await motleyHouse({ auth: 'on' });
  ann = await personOf(house, 'ann', ['data_entry']);
  bob = await personOf(house, 'bob', ['data_entry']);
  cleo = await personOf(house, 'cleo', ['clinician']);
});
afterAll(() => house.close());

const visit = { visit_id: 'own-1', patient_id: 'p1', visit_date: '2024-01-05', diagnosis_code: 'I10' };
const told = async (who: Person | undefined, url: string, method = 'GET', payload?: object) => {
  const answer = await who?.ask(url, method, payload);
  return [answer?.statusCode, answer?.json().code ?? 'ok'];
};

test('one’s own visit can be read, changed, followed and deleted; for another it is not there, like one that is not', async () => {
  expect(await told(ann, '/api/visit', 'POST', visit)).toEqual([201, 'ok']);
  const own = '/api/visits/own-1';
  expect(await told(ann, own)).toEqual([200, 'ok']);
  expect(await told(ann, `${own}/history`)).toEqual([200, 'ok']);
  for (const [url, method, body] of [
    [own, 'GET', undefined],
    [`${own}/history`, 'GET', undefined],
    [own, 'PATCH', { version: 1, severity_score: 3 }],
    [`${own}?version=1`, 'DELETE', undefined],
  ] as const) {
    const there = await bob?.ask(url, method, body);
    const missing = await bob?.ask(url.replace('own-1', 'own-9'), method, body);
    expect([url, there?.statusCode]).toEqual([url, 404]);
    expect(there?.body).toBe(missing?.body.replaceAll('own-9', 'own-1'));
  }
  expect(await told(ann, own, 'PATCH', { version: 1, severity_score: 3 })).toEqual([200, 'ok']);
  expect(await told(cleo, own, 'PATCH', { version: 2, severity_score: 4 })).toEqual([200, 'ok']);
  expect(await told(ann, `${own}?version=3`, 'DELETE')).toEqual([200, 'ok']);
});

test('what a file brought is nobody’s own, but a patient may be looked up', async () => {
  expect(await told(ann, '/api/visits/v1')).toEqual([404, 'ROW_NOT_FOUND']);
  expect(await told(ann, '/api/patients/p1')).toEqual([200, 'ok']);
  expect(await told(ann, '/api/patients/p1/history')).toEqual([404, 'ROW_NOT_FOUND']);
  expect(await told(ann, '/api/patients/p1', 'PATCH', { version: 0, bmi: 30 })).toEqual([404, 'ROW_NOT_FOUND']);
  expect(await told(ann, '/api/patients')).toEqual([403, 'FORBIDDEN']);
});

test('an id that is taken is said to be, without what it holds, to whoever may not read that', async () => {
  const taken = { ...visit, visit_id: 'v1' };
  const conflict = async (who: Person | undefined) =>
    (await who?.ask('/api/visit', 'POST', taken))?.json().conflict.present.values;
  expect(await conflict(ann)).toBeNull();
  expect(await conflict(cleo)).toMatchObject({ visit_id: 'v1' });
});

test('a record that another created anew under a deleted id is the other’s', async () => {
  const again = { ...visit, visit_id: 'own-2' };
  expect(await told(ann, '/api/visit', 'POST', again)).toEqual([201, 'ok']);
  expect(await told(ann, '/api/visits/own-2?version=1', 'DELETE')).toEqual([200, 'ok']);
  expect(await told(bob, '/api/visit', 'POST', again)).toEqual([201, 'ok']);
  expect(await told(ann, '/api/visits/own-2')).toEqual([404, 'ROW_NOT_FOUND']);
  expect(await told(bob, '/api/visits/own-2')).toEqual([200, 'ok']);
});

test('what a file brings back after it was deleted is not one’s own any more', async () => {
  const hers = { ...visit, visit_id: 'own-3' };
  expect(await told(ann, '/api/visit', 'POST', hers)).toEqual([201, 'ok']);
  expect(await told(ann, '/api/visits/own-3?version=1', 'DELETE')).toEqual([200, 'ok']);
  const run = () => house.server.parts.run(new AbortController().signal);
  // The file is newer than what the log says, once that has landed.
  await run();
  await house.workspace.land({
    'more-visits.csv': 'visit_id,patient_id,visit_date,diagnosis_code\nown-3,p2,2024-03-01,E11\n',
  });
  await run();
  expect(await told(cleo, '/api/visits/own-3')).toEqual([200, 'ok']);
  for (const [url, method, body] of [
    ['/api/visits/own-3', 'GET', undefined],
    ['/api/visits/own-3', 'PATCH', { version: 2, severity_score: 3 }],
    ['/api/visits/own-3?version=2', 'DELETE', undefined],
  ] as const) {
    expect([method, ...(await told(ann, url, method, body))]).toEqual([method, 404, 'ROW_NOT_FOUND']);
  }
});
