// What a run makes of records that files bring and people change: of a file that it had not read, of what a file brings back after it
// was deleted, and of what one types while another deletes what it names.
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { emptyHouse, type House } from '../house.js';
import { type Ask, asking } from './asking.js';

let house: House;
let ask: Ask;
/** A line of the file for each test, so that one never changes another's row. */
const lines = new Map<string, string>();
const run = () => house.server.parts.run(new AbortController().signal);
const land = async (key: string, line: string) => {
  lines.set(key, `${key},${line}\n`);
  const text = `patient_id,name,age,location\n${[...lines.values()].join('')}`;
  await house.workspace.land({ 'patients.csv': text });
};
const get = async (key: string) => (await ask('GET', `/api/patients/${key}`)).body;

beforeAll(async () => {
  house = await emptyHouse();
  ask = asking(house);
  for (const key of ['unread', 'read', 'deleted', 'patched', 'twice']) lines.set(key, `${key},Ann,40,Rome\n`);
  await land('other', 'Bob,70,Rome');
  await run();
  for (const key of ['deleted', 'patched', 'twice']) await ask('DELETE', `/api/patients/${key}?version=0`);
  await run();
  for (const key of ['deleted', 'patched', 'twice', 'read']) lines.set(key, `${key},Anna,41,Rome\n`);
  await land('other', 'Bob,71,Rome');
  await run();
});
afterAll(() => house.close());

test('a change keeps what a file brought in the other fields, which counts no version', async () => {
  const { body } = await ask('PATCH', '/api/patients/read', { version: 0, location: 'Oslo' });
  expect(body).toMatchObject({ version: 1, patient: { name: 'Anna', age: 41, location: 'Oslo' } });
});

test('a change of what is answered holds whole against a file that had landed unread, whose row is accounted for', async () => {
  await land('unread', 'Anna,40,Rome');
  expect((await get('unread')).patient.name).toBe('Ann');
  await ask('PATCH', '/api/patients/unread', { version: 0, location: 'Oslo' });
  await run();
  expect(await get('unread')).toMatchObject({ version: 1, patient: { name: 'Ann', location: 'Oslo' } });
  const { lineage } = (await ask('GET', '/api/lineage?table=patients&key=unread')).body;
  const lost = lineage.rows.filter(({ file }: { file: string }) => file === 'patients.csv').at(-1);
  expect(lost).toMatchObject({
    ...{ disposition: 'duplicate', reason: 'earlier_version' },
    winner: { file: 'entries/patients' },
    values: expect.arrayContaining([expect.objectContaining({ field: 'name', original: 'Anna' })]),
  });
  // The same row again changes nothing; another one ends the correction.
  await land('unread', 'Anne,40,Rome');
  await run();
  expect(await get('unread')).toMatchObject({ version: 1, patient: { name: 'Anne', location: 'Rome' } });
});

test('what a file brought back is deleted again by one entry', async () => {
  expect(await get('deleted')).toMatchObject({ version: 1, patient: { name: 'Anna' } });
  expect((await ask('DELETE', '/api/patients/deleted?version=1')).body.version).toBe(2);
  const { history } = (await ask('GET', '/api/patients/deleted/history')).body;
  expect(history).toMatchObject([
    { version: 2, kind: 'delete', before: { name: 'Anna' }, after: null },
    { version: 1, kind: 'delete', before: { name: 'Ann' }, after: null },
  ]);
  expect((await ask('GET', '/api/patients/deleted')).status).toBe(404);
  expect((await ask('DELETE', '/api/patients/deleted?version=2')).status).toBe(404);
});

test('what a file brought back is changed like any other record', async () => {
  const { body } = await ask('PATCH', '/api/patients/patched', { version: 1, location: 'Oslo' });
  expect(body).toMatchObject({ version: 2, patient: { name: 'Anna', location: 'Oslo' } });
  const [{ kind, before }] = (await ask('GET', '/api/patients/patched/history')).body.history;
  expect([kind, before.name]).toEqual(['change', 'Anna']);
});

test('of several changes at once of what a file brought back one is made, and the others are conflicts', async () => {
  const tries = ['Oslo', 'Bonn', 'Lyon'].map((location) =>
    ask('PATCH', '/api/patients/twice', { version: 1, location }),
  );
  const answers = (await Promise.all(tries)).sort((a, b) => a.status - b.status);
  expect(answers.map(({ status, body }) => [status, body.code])).toEqual([
    [200, undefined],
    [409, 'RECORD_CONFLICT'],
    [409, 'RECORD_CONFLICT'],
  ]);
  const location = answers[0]?.body.patient.location;
  for (const { body } of answers.slice(1)) {
    expect(body.conflict).toMatchObject({ expected: { version: 1 }, present: { version: 2, values: { location } } });
  }
});

test('a visit that is typed while its patient is deleted stays, and a run says that its patient is missing', async () => {
  await ask('POST', '/api/patient', { patient_id: 'leaving', age: 40 });
  const { entries } = await house.server.parts.records();
  const { append } = entries;
  // The deletion has looked whether anything names the patient; it is not yet written.
  vi.spyOn(entries, 'append').mockImplementationOnce(async (deletion) => {
    const visit = { visit_id: 'late', patient_id: 'leaving', visit_date: '2024-01-05' };
    expect((await ask('POST', '/api/visit', visit)).status).toBe(201);
    return append(deletion);
  });
  expect((await ask('DELETE', '/api/patients/leaving?version=1')).status).toBe(200);
  await run();
  expect((await ask('GET', '/api/visits/late')).body.visit).toMatchObject({
    patient_id: 'leaving',
    patient_known: false,
  });
  expect((await ask('GET', '/api/status')).body.orphans).toMatchObject({ visits: 1 });
  // Nothing of the patient is lost either.
  expect((await ask('POST', '/api/patient', { patient_id: 'leaving', age: 40 })).body.version).toBe(3);
});
