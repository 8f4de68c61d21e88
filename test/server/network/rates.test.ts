// How often one may ask: who is counted together, who is not, and what a refusal says.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { personOf } from '../auth/people.js';
import { emptyHouse, type House } from '../house.js';

const most = 4;
let house: House;
beforeAll(async () => {
  house = await emptyHouse({ network: { rateAddress: most, rateSignIn: 2, trustedProxies: ['198.51.100.0/24'] } });
});
afterAll(() => house.close());

const ask = (remoteAddress: string, headers: Record<string, string> = {}) =>
  house.server.inject({ url: '/api/errors', remoteAddress, headers });

async function codesOf(count: number, ask: (n: number) => Promise<{ readonly statusCode: number }>): Promise<number[]> {
  const codes: number[] = [];
  for (let n = 0; n < count; n++) codes.push((await ask(n)).statusCode);
  return codes;
}

const refusedAfter = (count: number) => [...Array(most).fill(200), ...Array(count - most).fill(429)];

describe('requests of one other machine', () => {
  test('are refused when they are too many, with the time to ask again', async () => {
    expect(await codesOf(6, () => ask('203.0.113.1'))).toEqual(refusedAfter(6));
    const { statusCode, headers, body } = await ask('203.0.113.1');
    expect([statusCode, headers['content-type']]).toEqual([429, 'application/problem+json; charset=utf-8']);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(headers['retry-after'])).toBeLessThanOrEqual(60);
    expect(JSON.parse(body)).toMatchObject({ success: false, code: 'RATE_LIMITED', status: 429 });
    expect((await ask('203.0.113.2')).statusCode).toBe(200);
  });

  test('count though nothing is at the path, and whatever the path', async () => {
    const codes = await codesOf(6, (n) =>
      house.server.inject({ url: n % 2 ? `/nothing/${n}` : '/', remoteAddress: '203.0.113.3' }),
    );
    expect(codes.slice(0, most)).not.toContain(429);
    expect(codes.slice(most)).toEqual([429, 429]);
  });

  test('are counted by the network where they come over IPv6, of which one machine has all addresses', async () => {
    expect(await codesOf(6, (n) => ask(`2001:db8:1:2::${n + 1}`))).toEqual(refusedAfter(6));
    expect((await ask('2001:db8:1:3::1')).statusCode).toBe(200);
  });

  test('are not told apart by headers that anyone can send', async () => {
    const codes = await codesOf(6, (n) =>
      ask('203.0.113.4', { 'x-forwarded-for': `10.0.0.${n}`, forwarded: `for=10.9.9.${n}` }),
    );
    expect(codes).toEqual(refusedAfter(6));
  });

  test('are told apart behind a proxy that is trusted, by the last address that it did not make up', async () => {
    const codes = await codesOf(6, (n) => ask('198.51.100.9', { 'x-forwarded-for': `203.0.113.${100 + n}` }));
    expect(codes).toEqual(Array(6).fill(200));
    const spoofed = await codesOf(6, (n) => ask('198.51.100.9', { 'x-forwarded-for': `10.0.0.${n}, 203.0.113.200` }));
    expect(spoofed).toEqual(refusedAfter(6));
  });
});

test('attempts to sign in are counted of everyone, and looking who is signed in is none', async () => {
  const attempt = (remoteAddress: string, method: 'GET' | 'POST' = 'POST') =>
    house.server.inject({
      method,
      url: method === 'GET' ? '/api/auth/session' : '/api/auth/sign-in',
      payload: {},
      remoteAddress,
    });
  for (const address of ['127.0.0.1', '203.0.113.77']) {
    const codes = await codesOf(3, () => attempt(address));
    expect(codes.map((code) => code === 429)).toEqual([false, false, true]);
    expect((await attempt(address, 'GET')).statusCode).toBe(200);
  }
});

test('a browser that somebody signed in with is counted by itself, and nobody is kept from signing out', async () => {
  const guarded = await emptyHouse({ auth: 'on', network: { rateSignIn: 2 } });
  try {
    const attempt = (headers: Record<string, string> = {}) =>
      guarded.server.inject({
        ...{ method: 'POST', url: '/api/auth/sign-in', payload: {} },
        ...{ headers, remoteAddress: '203.0.113.50' },
      });
    const { devices } = await guarded.server.directory();
    const cookie = `carelake_device_0=${await devices.add('ann')}`;
    expect(await codesOf(4, () => attempt())).toEqual([400, 400, 429, 429]);
    // One that somebody made up is none.
    expect((await attempt({ cookie: `carelake_device_0=${'x'.repeat(43)}` })).statusCode).toBe(429);
    expect(await codesOf(3, () => attempt({ cookie }))).toEqual([400, 400, 429]);
    const ann = await personOf(guarded, 'ann', ['analyst']);
    const from = { remoteAddress: '203.0.113.50' };
    expect((await ann.ask('/api/auth/sign-out', 'POST', {}, from)).statusCode).toBe(200);
  } finally {
    await guarded.close();
  }
});

test('one user is counted by themselves, wherever they ask from', async () => {
  const guarded = await emptyHouse({ auth: 'on', network: { rateUser: 3 } });
  try {
    const [ann, bob] = await Promise.all([
      personOf(guarded, 'ann', ['analyst']),
      personOf(guarded, 'bob', ['analyst']),
    ]);
    const codes = await codesOf(5, (n) => ann.ask('/api/runs', 'GET', undefined, { remoteAddress: `203.0.113.${n}` }));
    expect(codes).toEqual([200, 200, 200, 429, 429]);
    expect((await bob.ask('/api/runs')).statusCode).toBe(200);
  } finally {
    await guarded.close();
  }
});

test('programs of this machine are not counted', async () => {
  for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) {
    expect(await codesOf(6, () => ask(address))).toEqual(Array(6).fill(200));
  }
});
