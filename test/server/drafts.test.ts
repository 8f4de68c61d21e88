// Half-filled forms and saved mappings: kept, replaced, removed, within their bounds.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { draftCollection, draftsOf, saveDraft } from '../../src/server/drafts/draft.js';
import { emptyHouse, type House } from './house.js';
import { type Ask, asking } from './records/asking.js';

let house: House;
let ask: Ask;
beforeAll(async () => {
  house = await emptyHouse();
  ask = asking(house);
});
afterAll(() => house.close());

test('a draft is saved, saved over, listed and removed', async () => {
  const id = 'new-patient.1';
  expect((await ask('GET', `/api/drafts/${id}`)).status).toBe(404);
  await ask('PUT', `/api/drafts/${id}`, { form: 'patient', values: { name: 'A' } });
  const saved = await ask('PUT', `/api/drafts/${id}`, { form: 'patient', values: { name: 'Ann', age: '6x' } });
  expect(saved.body.draft).toMatchObject({ id: 'new-patient.1', form: 'patient', values: { name: 'Ann', age: '6x' } });
  expect((await ask('GET', `/api/drafts/${id}`)).body.draft).toEqual(saved.body.draft);
  expect((await ask('GET', '/api/drafts')).body.drafts.map((one: { id: string }) => one.id)).toEqual(['new-patient.1']);
  expect((await ask('DELETE', `/api/drafts/${id}`)).status).toBe(200);
  expect((await ask('DELETE', `/api/drafts/${id}`)).body.code).toBe('DRAFT_NOT_FOUND');
});

test('a draft is of bounded size, and there may be a hundred', async () => {
  const large = await ask('PUT', '/api/drafts/large', { form: 'patient', values: { name: 'x'.repeat(70_000) } });
  expect([large.status, large.body.code]).toEqual([413, 'REQUEST_TOO_LARGE']);
  expect((await ask('PUT', '/api/drafts/odd', { form: 'patient', values: [] })).status).toBe(400);
  const { documents } = await house.server.parts.records();
  const save = (id: string) =>
    saveDraft(documents.collection(draftCollection), 'user:busy', id, { form: 'visit', values: {} });
  for (let n = 0; n < 100; n++) await save(`d${n}`);
  await expect(save('d100')).rejects.toMatchObject({ code: 'DRAFTS_FULL' });
  expect((await save('d7')).revision).toBe(2);
});

test('drafts are of one person each, and go when they expire', async () => {
  const { documents } = await house.server.parts.records();
  const collection = documents.collection(draftCollection);
  const ids = async (owner: string) => (await draftsOf(collection, owner)).map(({ key }) => key);
  await saveDraft(collection, 'user:1', 'a', { form: 'patient', values: {} });
  await saveDraft(collection, 'user:2', 'a', { form: 'patient', values: {} });
  expect(await ids('user:1')).toEqual(['user%3A1/a']);
  const found = await collection.get('user%3A1/a');
  if (!found) throw new Error('It is gone.');
  await collection.replace(found.key, found.revision, { ...found.body, expires: '2020-01-01T00:00:00.000Z' });
  expect(await ids('user:1')).toEqual([]);
  expect(await ids('user:2')).toEqual(['user%3A2/a']);
});

test('a mapping is saved, replaced, listed and removed; one that is none is refused', async () => {
  const mapping = { columns: { visits: { visit_id: 'Fall-Nr' } }, dates: 'dmy' };
  expect((await ask('PUT', '/api/mappings/north', { columns: {} })).status).toBe(200);
  expect((await ask('PUT', '/api/mappings/north', mapping)).body.mapping).toMatchObject({ name: 'north', mapping });
  expect((await ask('GET', '/api/mappings/north')).body.mapping.mapping).toEqual(mapping);
  expect((await ask('GET', '/api/mappings')).body).toMatchObject({ count: 1, mappings: [{ name: 'north' }] });
  const unknown = await ask('PUT', '/api/mappings/south', { columns: { unicorns: {} } });
  expect([unknown.status, unknown.body.code]).toEqual([422, 'MAPPING_INVALID']);
  expect((await ask('PUT', '/api/mappings/..%2Fup', mapping)).status).toBe(400);
  expect((await ask('DELETE', '/api/mappings/north')).status).toBe(200);
  expect((await ask('GET', '/api/mappings/north')).body.code).toBe('MAPPING_NOT_FOUND');
});
