// The work list: who is on it and why, who takes it, what two people at once may do, and what is written down of it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { businessDaysAfter } from '../../../src/server/worklist/business-days.js';
import { changed, fresh } from '../../../src/server/worklist/item.js';
import { dueOf, saidBy } from '../../../src/server/worklist/said.js';
import { type Person, personOf, userOf } from '../auth/people.js';
import { type House, motleyHouse } from '../house.js';

let house: House;
let ann: Person;
let ben: Person;
beforeAll(async () => {
  house = await motleyHouse({ auth: 'on' });
  ann = await personOf(house, 'ann', ['clinician']);
  ben = await personOf(house, 'ben', ['clinician']);
  await userOf(house, 'dora', ['data_entry']);
});
afterAll(() => house.close());

const add = async (payload: object, by = ann) => {
  const answer = await by.ask('/api/worklist', 'POST', payload);
  return { status: answer.statusCode, body: answer.json() };
};
const list = async (query = '') => (await ann.ask(`/api/worklist${query}`)).json();
const change = async (id: string, payload: object, by = ann) => {
  const answer = await by.ask(`/api/worklist/${id}`, 'PATCH', payload);
  return { status: answer.statusCode, body: answer.json() };
};

test('a patient is put there by hand, with who they are, and once for a reason', async () => {
  const { status, body } = await add({ patient_id: 'p1', note: 'Call.', due: '2999-01-01' });
  expect(status).toBe(201);
  expect(body.item).toMatchObject({ version: 1, patient_id: 'p1', reason: 'other', state: 'open', overdue: false });
  expect(body.item).toMatchObject({ created_by: 'ann', assigned_to: null, said: null });
  const { patient } = (await ann.ask('/api/patients/p1')).json();
  expect(body.item.patient).toEqual({
    ...{ name: patient.name, birth_date: patient.birth_date, age: patient.age },
    ...{ gender: patient.gender, death_date: patient.death_date },
  });
  expect(await add({ patient_id: 'p1', note: 'Again.' }, ben)).toMatchObject({
    status: 409,
    body: { code: 'WORKLIST_ITEM_EXISTS' },
  });
});

test('of many at once one puts the patient there', async () => {
  const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => add({ patient_id: 'p2', note: `${n}` })));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(7).fill(409)]);
});

test('who is not there, why not, and to whom it cannot be given is refused by its field', async () => {
  const faults = [
    [{ patient_id: 'nobody', note: 'x' }, 422, 'patient_id'],
    [{ patient_id: 'p3' }, 422, 'note'],
    [{ patient_id: 'p3', note: 'x', assigned_to: 'nobody' }, 422, 'assigned_to'],
    [{ patient_id: 'p3', note: 'x', assigned_to: 'dora' }, 422, 'assigned_to'],
    [{ patient_id: 'p3', note: 'x', due: '2024-02-30' }, 400, 'due'],
    [{ patient_id: 'p3', note: 'x', state: 'done' }, 400, 'state'],
  ] as const;
  for (const [payload, status, field] of faults) {
    const answer = await add(payload);
    expect([payload, answer.status, answer.body.errors[0].field]).toEqual([payload, status, field]);
  }
  expect(await add({ patient_id: 'p3', reason: 'risk' })).toMatchObject({
    status: 503,
    body: { code: 'MODEL_NOT_SERVED' },
  });
});

test('what is due first stands first, and the list is narrowed by who does it and by state', async () => {
  await userOf(house, 'cara', ['clinician']);
  const cara = { assigned_to: 'cara', note: 'x' };
  const { item: late } = (await add({ ...cara, patient_id: 'p4', due: '2020-01-02' })).body;
  expect(late.overdue).toBe(true);
  await add({ ...cara, patient_id: 'p8' });
  await add({ ...cara, patient_id: 'p9', due: '2999-01-01' });
  await add({ patient_id: 'p10', note: 'x' });
  const ids = async (query: string) => (await list(query)).items.map((one: { patient_id: string }) => one.patient_id);
  expect(await ids('?assigned_to=cara')).toEqual(['p4', 'p9', 'p8']);
  expect((await ids(''))[0]).toBe('p4');
  expect(await ids('?assigned_to=')).toContain('p10');
  expect(await ids('?assigned_to=')).not.toContain('p4');
  expect(await ids('?assigned_to=cara&overdue=false&limit=1&page=2')).toEqual(['p8']);
  expect(await ids('?patient_id=p9')).toEqual(['p9']);
  expect(await ids('?reason=risk')).toEqual([]);
  expect(await ids('?assigned_to=cara&state=done')).toEqual([]);
});

test('of two who take the same item one is told that the other was first', async () => {
  const { id, version } = (await add({ patient_id: 'p11', note: 'x' })).body.item;
  expect(await change(id, { version, assigned_to: 'ben' }, ben)).toMatchObject({ status: 200 });
  const second = await change(id, { version, assigned_to: 'ann' });
  expect(second).toMatchObject({ status: 409, body: { code: 'WORKLIST_CONFLICT' } });
  expect(second.body.detail).toContain('ben made version 2');
  expect(await change('none', { version: 1, state: 'done' })).toMatchObject({ status: 404 });
});

test('a closed item leaves the list, keeps what was done, and may come back', async () => {
  const { id, version } = (await add({ patient_id: 'p12', note: 'Call.' })).body.item;
  await change(id, { version, state: 'done', note: 'Reached.' });
  expect((await list('?patient_id=p12')).items).toEqual([]);
  const { item } = (await ann.ask(`/api/worklist/${id}`)).json();
  expect(item.steps.map(({ state, by, note }: Record<string, string>) => [state, by, note])).toEqual([
    ['open', 'ann', 'Call.'],
    ['done', 'ann', 'Reached.'],
  ]);
  const again = await add({ patient_id: 'p12', note: 'Once more.' }, ben);
  expect(again).toMatchObject({
    status: 201,
    body: { item: { version: 3, state: 'open', note: 'Once more.', due: null } },
  });
  expect(again.body.item.steps).toHaveLength(3);
});

test('an answer that is known is not sent again, and another is once somebody changed an item', async () => {
  const first = await ann.ask('/api/worklist');
  const again = () =>
    ann.ask('/api/worklist', 'GET', undefined, { headers: { 'if-none-match': String(first.headers.etag) } });
  expect((await again()).statusCode).toBe(304);
  await add({ patient_id: 'p5', note: 'New.' });
  expect((await again()).statusCode).toBe(200);
});

test('every look and change has its line, which names the patient and no note', async () => {
  const audit = await house.server.parts.audit();
  const from = (await audit.head()).sequence;
  const { id } = (await add({ patient_id: 'p6', note: 'A secret note.' })).body.item;
  await change(id, { version: 1, state: 'dismissed' });
  await ann.ask(`/api/worklist/${id}`);
  const lines = (await audit.lines.list({ after: String(from).padStart(15, '0'), limit: 10 })).map(({ body }) => body);
  expect(
    lines.map(({ action, outcome, by, table, ids, patients }) => [action, outcome, by, table, ids, patients]),
  ).toEqual(['write', 'write', 'read'].map((action) => [action, 'done', 'ann', 'worklist', [id], ['p6']]));
  expect(JSON.stringify(lines)).not.toContain('secret');
});

test('nothing is changed whose line cannot be written', async () => {
  const audit = await house.server.parts.audit();
  const { insertAll } = audit.lines;
  const { id, version } = (await add({ patient_id: 'p13', note: 'x' })).body.item;
  Object.assign(audit.lines, { insertAll: async () => Promise.reject(new Error('disk gone')) });
  expect(await change(id, { version, state: 'done' })).toMatchObject({ status: 503, body: { code: 'AUDIT_FAILED' } });
  expect(await add({ patient_id: 'p7', note: 'x' })).toMatchObject({ status: 503, body: { code: 'AUDIT_FAILED' } });
  Object.assign(audit.lines, { insertAll });
  expect((await list('?patient_id=p13')).items[0].version).toBe(version);
  expect((await list('?patient_id=p7')).items).toEqual([]);
});

test('a readmission is due two business days after the discharge, whatever weekend lies between', () => {
  expect(businessDaysAfter('2026-03-05', 2)).toBe('2026-03-09');
  expect(businessDaysAfter('2026-03-06', 2)).toBe('2026-03-10');
  expect(businessDaysAfter('2026-03-07', 2)).toBe('2026-03-10');
  const answer = {
    ...{
      prediction: 'HIGH_RISK' as const,
      probability: 0.3,
      baseline: null,
      recommendation: 'r',
      recommendation_source: 's',
    },
    ...{ model: { name: 'readmission', version: '1' }, explanation: [], warnings: [] },
    case: { id: 'V1', index_date: '2026-03-06' },
  } as const;
  expect(dueOf(saidBy(answer, 'run'))).toBe('2026-03-10');
  expect(dueOf(saidBy({ ...answer, prediction: 'LOW_RISK' }, 'run'))).toBe(null);
  expect(dueOf(saidBy({ ...answer, case: { id: 'V1', index_date: null } }, 'run'))).toBe(null);
});

test('only the newest fifty steps of an item are kept', () => {
  let item = fresh('p1', 'other', { by: 'ann', at: '2026-01-01T00:00:00.000Z', note: 'first' });
  for (let n = 0; n < 60; n++) item = changed(item, { by: 'ben', at: '2026-01-02T00:00:00.000Z', note: `${n}` });
  expect(item.steps).toHaveLength(50);
  expect(item.steps.at(-1)).toMatchObject({ by: 'ben', note: '59' });
});
