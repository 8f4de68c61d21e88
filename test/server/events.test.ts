// Server-sent events end from time to time, so that nobody listens who may not any more; and answers with rows of patients
// are kept by no browser.
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { personOf } from './auth/people.js';
import { type House, motleyHouse } from './house.js';

let house: House;
beforeAll(async () => {
  house = await motleyHouse();
});
afterAll(() => house.close());
afterEach(() => vi.useRealTimers());

test('a stream is over after five minutes, with the time after which to ask again', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
  const { payload } = await new Promise<{ payload: string }>((resolve) => {
    void house.server.inject({ url: '/api/events', payloadAsStream: true }).then((answer) => {
      let said = '';
      const stream = answer.stream();
      stream.setEncoding('utf8');
      stream.on('data', (text: string) => {
        said += text;
      });
      stream.on('end', () => resolve({ payload: said }));
      vi.advanceTimersByTime(300_000);
    });
  });
  expect(payload.startsWith('retry: 2000\n\n')).toBe(true);
  expect(payload.match(/^: $/gm)?.length).toBeGreaterThanOrEqual(19);
});

test('one user takes ten places, and no more of those that others need', async () => {
  const guarded = await motleyHouse({ auth: 'on' });
  const open: { destroy(): void }[] = [];
  try {
    const [ann, bob] = [await personOf(guarded, 'ann', ['analyst']), await personOf(guarded, 'bob', ['analyst'])];
    const listen = async ({ ask }: typeof ann) => {
      const answer = await ask('/api/events', 'GET', undefined, { payloadAsStream: true });
      open.push(answer.stream());
      return answer.statusCode;
    };
    for (let n = 0; n < 10; n++) expect(await listen(ann)).toBe(200);
    expect(await listen(ann)).toBe(503);
    expect(await listen(bob)).toBe(200);
  } finally {
    for (const stream of open) stream.destroy();
    await guarded.close();
  }
});

test.each([
  ['/api/patients', 'private, no-store'],
  ['/api/patients/p1', 'private, no-store'],
  ['/api/patients/p1/timeline', 'private, no-store'],
  ['/api/rejects', 'private, no-store'],
  ['/api/dashboard', 'private, no-cache'],
  ['/api/catalog', 'private, no-cache'],
])('%s is %s', async (url, kept) => {
  const { headers } = await house.server.inject(url);
  expect(headers['cache-control']).toBe(kept);
  expect(headers.etag).toBeDefined();
});
