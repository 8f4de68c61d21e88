// What health says: to whom, of what, and by which status.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CarelakeError } from '../../../src/errors.js';
import type { Lake } from '../../../src/lake/lake.js';
import { openWorkspace } from '../../pipeline/harness.js';
import { emptyHouse, type House, houseOf } from '../house.js';

describe('where all answers', () => {
  let house: House;
  let guarded: House;
  beforeAll(async () => {
    [house, guarded] = await Promise.all([emptyHouse(), emptyHouse({ auth: 'on' })]);
  });
  afterAll(() => Promise.all([house.close(), guarded.close()]));

  test.each([
    ['live', { success: true, status: 'live' }],
    ['ready', { success: true, status: 'ok' }],
  ])('?check=%s says that alone', async (check, body) => {
    for (const { server } of [house, guarded]) {
      const answer = await server.inject(`/api/health?check=${check}`);
      expect([answer.statusCode, JSON.parse(answer.body)]).toEqual([200, body]);
      expect(answer.headers['cache-control']).toBe('no-store');
    }
  });

  test('whoever is not known learns no more than that', async () => {
    const { statusCode, body } = await guarded.server.inject('/api/health');
    expect([statusCode, JSON.parse(body)]).toEqual([200, { success: true, status: 'ok' }]);
  });

  test('another check is refused', async () => {
    expect((await house.server.inject('/api/health?check=all')).statusCode).toBe(400);
  });
});

describe('where the lake does not answer', () => {
  const failing = async (auth: 'on' | 'off'): Promise<House> => {
    const workspace = await openWorkspace();
    const get = () => Promise.reject(new CarelakeError('LAKE_UNREACHABLE', 'connect ECONNREFUSED 10.1.2.3:9000'));
    return houseOf(workspace, { auth, lake: { ...workspace.lake, get } as Lake });
  };

  test('it lives and is not ready; whoever may know is told what fails and how, and nobody where it is', async () => {
    const house = await failing('off');
    try {
      expect((await house.server.inject('/api/health?check=live')).statusCode).toBe(200);
      for (const url of ['/api/health', '/api/health?check=ready']) {
        const { statusCode, headers, body } = await house.server.inject(url);
        expect([statusCode, JSON.parse(body).code]).toEqual([503, 'NOT_READY']);
        expect(Number(headers['retry-after'])).toBeGreaterThan(0);
        expect(JSON.parse(body).errors).toEqual([
          { field: 'lake', message: expect.stringMatching(/^LAKE_UNREACHABLE, after [0-9.]+ ms$/) },
        ]);
        expect(body).not.toContain('10.1.2.3');
      }
    } finally {
      await house.close();
    }
  });

  test('whoever is not known is told that it is not ready, and not why', async () => {
    const house = await failing('on');
    try {
      const { statusCode, body } = await house.server.inject('/api/health');
      expect([statusCode, JSON.parse(body)]).toMatchObject([503, { code: 'NOT_READY', errors: [] }]);
      expect(body).not.toMatch(/"lake"|unreachable/i);
    } finally {
      await house.close();
    }
  });
});

describe('where the records do not answer', () => {
  test('a cookie, a key or a token does not keep anybody from hearing that it lives, or is not ready', async () => {
    const house = await emptyHouse({ auth: 'on' });
    try {
      const gone = () => Promise.reject(new CarelakeError('RECORDS_FAILED', 'disk I/O error in /srv/records.sqlite'));
      Object.assign(house.server, { directory: gone });
      Object.assign(house.server.parts, { records: gone });
      for (const headers of [
        { cookie: `carelake_session_0=${'x'.repeat(43)}` },
        { authorization: 'Bearer clk_0000000000000000_x' },
      ]) {
        expect((await house.server.inject({ url: '/api/health?check=live', headers })).statusCode).toBe(200);
        // A machine that does much else may not be ready, which is what is asked; nobody hears of the records instead.
        const { code = 'none' } = (await house.server.inject({ url: '/api/health', headers })).json();
        expect(['none', 'NOT_READY']).toContain(code);
      }
    } finally {
      await house.close();
    }
  });
});
