// The numbers of the first pages are counted once for a run, and kept beside the records.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Body } from '../../../src/records/documents.js';
import { type House, motleyHouse } from '../house.js';

const analytics = { name: 'analytics', indexed: [] } as const;
const paths = { 'get-analytics': '/api/get-analytics', dashboard: '/api/dashboard' } as const;

let house: House;
beforeEach(async () => {
  house = await motleyHouse();
});
afterEach(() => house.close());

const collection = async () =>
  (await house.server.parts.records()).documents.collection<Body & { run?: string; numbers?: Body }>(analytics);
const keptOf = async (key: string) => (await collection()).get(key);

async function change(key: string, some: Body): Promise<void> {
  const kept = await keptOf(key);
  await (await collection()).replace(key, kept?.revision ?? 0, { ...kept?.body, ...some });
}

test.each(Object.entries(paths))('%s is kept with the run that it was counted in', async (key, path) => {
  const answer = await house.get<{ analytics?: Body; data?: Body; as_of: { run: string } }>(path);
  await vi.waitFor(async () =>
    expect((await keptOf(key))?.body).toMatchObject({
      run: answer.as_of.run,
      numbers: answer.analytics ?? answer.data,
    }),
  );
  expect(await house.get(path)).toEqual(answer);
  expect(await keptOf(key)).toMatchObject({ revision: 1 });
});

test('what was kept is answered while run and code are the same, and counted anew when either is another', async () => {
  const { analytics: counted } = await house.get('/api/get-analytics');
  await vi.waitFor(async () => expect(await keptOf('get-analytics')).toMatchObject({ revision: 1 }));
  const other = { age_distribution: [], gender_distribution: [], disease_distribution: [] };
  await change('get-analytics', { numbers: other });
  expect(await house.get('/api/get-analytics')).toMatchObject({ analytics: other });
  for (const changed of [{ run: 'another' }, { code: '0.0.1+0' }]) {
    await change('get-analytics', changed);
    expect(await house.get('/api/get-analytics')).toMatchObject({ analytics: counted });
    await vi.waitFor(async () => expect((await keptOf('get-analytics'))?.body).not.toMatchObject(changed));
  }
});

test('numbers that cannot be kept are answered, and the failure is told', async () => {
  const { documents } = await house.server.parts.records();
  const insert = async () => Promise.reject(new Error('The disk is away.'));
  vi.spyOn(documents, 'collection').mockReturnValue({ ...documents.collection(analytics), insert });
  expect(await house.get('/api/get-analytics')).toMatchObject({ success: true });
  await vi.waitFor(() => expect(house.reported.join()).toContain('The disk is away.'));
});
