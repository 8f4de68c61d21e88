// Pages of others change nothing, also where nobody signs in: whoever opens them need not know what they send.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptyHouse, type House } from '../house.js';

const listed = 'http://localhost:3000';
let house: House;
let guarded: House;
beforeAll(async () => {
  const network = { cors: [listed] };
  [house, guarded] = await Promise.all([emptyHouse({ network }), emptyHouse({ auth: 'on', network })]);
});
afterAll(() => Promise.all([house.close(), guarded.close()]));

type Headers = Record<string, string>;

/** A form, as any page may have one sent without asking first. */
const form = (headers: Headers, { server } = house) =>
  server.inject({
    ...{ method: 'POST', url: '/api/upload' },
    headers: { host: 'localhost:5000', 'content-type': 'multipart/form-data; boundary=x', ...headers },
    payload: [
      ...['--x', 'Content-Disposition: form-data; name="mode"', '', 'snapshot'],
      ...['--x', 'Content-Disposition: form-data; name="type"', '', 'patients'],
      ...['--x', 'Content-Disposition: form-data; name="file"; filename="p.csv"', '', 'patient_id,age', 'p1,60'],
      ...['--x--', ''],
    ].join('\r\n'),
  });

const strangers: [string, Headers][] = [
  ['of another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
  ['at another port', { origin: 'http://localhost:8080', 'sec-fetch-site': 'same-site' }],
  ['in a browser that names the origin alone', { origin: 'https://evil.example' }],
  ['that hides its origin', { origin: 'null' }],
];

test.each(strangers)('a page %s sends no file, and nothing else that would change something', async (_, headers) => {
  const sent = async () => (await house.get<{ count: number }>('/api/uploads')).count;
  const before = await sent();
  const answer = await form(headers);
  expect([answer.statusCode, answer.json().code]).toEqual([403, 'CSRF_REFUSED']);
  const remove = { method: 'DELETE', url: '/api/patients/p1?version=0' } as const;
  const other = await house.server.inject({ ...remove, headers: { host: 'localhost:5000', ...headers } });
  expect(other.json().code).toBe('CSRF_REFUSED');
  expect(await sent()).toBe(before);
});

test.each<[string, Headers]>([
  ['a program, which says nothing of pages', {}],
  ['a page of ours', { origin: 'http://localhost:5000', 'sec-fetch-site': 'same-origin' }],
  ['a page of ours in a browser that names the origin alone', { origin: 'http://localhost:5000' }],
  ['a page of a listed origin', { origin: listed, 'sec-fetch-site': 'same-site' }],
  ['a page of a listed origin, by its origin alone', { origin: listed }],
])('%s sends files as before', async (_, headers) => {
  expect((await form(headers)).statusCode).toBe(200);
});

test('where people sign in, whoever names themselves in each request is asked nothing of pages', async () => {
  const from = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
  expect((await form(from, guarded)).json().code).toBe('CSRF_REFUSED');
  expect((await form({ ...from, authorization: 'Bearer clk_x' }, guarded)).json().code).toBe('SIGN_IN_REQUIRED');
});

test('reading is not held up: a browser keeps the answer from pages of others', async () => {
  for (const [, headers] of strangers) {
    expect((await house.server.inject({ url: '/api/errors', headers })).statusCode).toBe(200);
  }
});
