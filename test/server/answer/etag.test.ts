// If-None-Match: what somebody knows already is not sent again, and nobody is told that what is not there has not changed.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type House, motleyHouse } from '../house.js';
import { type Ask, asking } from '../records/asking.js';

let house: House;
let ask: Ask;
beforeAll(async () => {
  house = await motleyHouse();
  ask = asking(house);
});
afterAll(() => house.close());

const knowing = async (url: string, tag: unknown) =>
  (await ask('GET', url, undefined, { 'if-none-match': String(tag) })).status;

test.each(['/api/patients/p1', '/api/visits/v1', '/api/patients', '/api/dashboard', '/api/catalog'])(
  '%s is unchanged for who knows its tag, in a list of several too, and for who knows any',
  async (url) => {
    const { etag } = (await ask('GET', url)).headers;
    expect(etag).toMatch(/^W\/"/);
    for (const known of [etag, `"other", ${etag}`, String(etag).slice(2), '*', ' * ']) {
      expect([known, await knowing(url, known)]).toEqual([known, 304]);
    }
    for (const unknown of ['"other"', '', '"*"'])
      expect([unknown, await knowing(url, unknown)]).toEqual([unknown, 200]);
    expect((await house.server.inject({ method: 'HEAD', url, headers: { 'if-none-match': '*' } })).statusCode).toBe(
      304,
    );
  },
);

test.each([
  '/api/patients/nobody',
  '/api/visits/none',
  '/api/patients/nobody/timeline',
  '/api/patients/nobody/history',
])('%s is not there, whatever one knows, and has no tag', async (url) => {
  const { status, headers } = await ask('GET', url, undefined, { 'if-none-match': '*' });
  expect([status, headers.etag]).toEqual([404, undefined]);
});

test('a question that is wrong is refused, whatever one knows', async () => {
  expect(await knowing('/api/patients?limit=0', '*')).toBe(400);
  expect(await knowing('/api/patients?after=nonsense', '*')).toBe(400);
});

test('the tag of a record is worth nothing once it is deleted, nor once it is there again', async () => {
  const patient = { patient_id: 'gone', age: 50 };
  await ask('POST', '/api/patient', patient);
  const { etag } = (await ask('GET', '/api/patients/gone')).headers;
  expect(await knowing('/api/patients/gone', etag)).toBe(304);
  await ask('DELETE', '/api/patients/gone?version=1');
  expect(await knowing('/api/patients/gone', etag)).toBe(404);
  await ask('POST', '/api/patient', patient);
  expect(await knowing('/api/patients/gone', etag)).toBe(200);
});
