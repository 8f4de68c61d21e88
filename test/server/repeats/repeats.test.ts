// A POST that is sent again under its key: done once, answered alike, to nobody else.
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { openMemoryRecords } from '../../../src/records/memory.js';
import { claim, repeatsCollection } from '../../../src/server/repeats/kept-answers.js';
import { scopedKey } from '../../../src/server/repeats/key.js';
import { type House, motleyHouse } from '../house.js';
import { type Ask, asking } from '../records/asking.js';

describe('over HTTP', () => {
  let house: House;
  let ask: Ask;
  beforeAll(async () => {
    house = await motleyHouse();
    ask = asking(house);
  });
  afterAll(() => house.close());

  let keys = 0;
  const newKey = () => ({ 'idempotency-key': `key ${++keys}` });
  const question = { metrics: ['total_patients'] };
  const url = '/api/analytics/query';

  test('it is answered as the first time, whatever has happened since', async () => {
    const key = newKey();
    const first = await ask('POST', url, question, key);
    expect(first.status).toBe(200);
    const query = vi.spyOn(house.workspace.engine, 'query');
    const again = await ask('POST', url, question, key);
    expect(query).not.toHaveBeenCalled();
    query.mockRestore();
    expect([again.status, again.text]).toEqual([200, first.text]);
    expect(again.headers['content-type']).toBe(first.headers['content-type']);
    expect([first.headers['idempotency-replayed'], again.headers['idempotency-replayed']]).toEqual([undefined, 'true']);
    expect((await ask('POST', url, question)).headers['idempotency-replayed']).toBeUndefined();
  });

  test('a refusal is kept, too', async () => {
    const key = newKey();
    const wrong = { model: 'nobody' };
    const first = await ask('POST', '/api/ml/predict/readmission', wrong, key);
    const again = await ask('POST', '/api/ml/predict/readmission', wrong, key);
    expect(first.status).toBeGreaterThanOrEqual(400);
    expect([again.status, again.body.code]).toEqual([first.status, first.body.code]);
  });

  test('a batch of predictions is asked once', async () => {
    for (const body of [{ patient_data: { age: 65 } }, { patients: [{ age: 65 }, { age: 70 }] }]) {
      const key = newKey();
      const first = await ask('POST', '/api/ml/batch-predict', body, key);
      const again = await ask('POST', '/api/ml/batch-predict', body, key);
      expect([first.status, again.status, again.text]).toEqual([200, 200, first.text]);
      expect(again.headers['idempotency-replayed']).toBe('true');
      const other = await ask('POST', '/api/ml/batch-predict', { patients: [{ age: 1 }] }, key);
      expect(other).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_REUSED' } });
    }
  });

  test('whoever is given an answer again is written down with the patient whom it is about', async () => {
    const key = newKey();
    const question = { patient_id: 'p1' };
    await ask('POST', '/api/ml/batch-predict', question, key);
    const again = await ask('POST', '/api/ml/batch-predict', question, key);
    expect(again.headers['idempotency-replayed']).toBe('true');
    const { lines } = await house.get<{ lines: object[] }>('/api/audit?action=ask&limit=2');
    const line = { action: 'ask', table: 'patients', ids: ['p1'] };
    expect(lines).toMatchObject([
      { ...line, outcome: 'unchanged' },
      { ...line, outcome: 'done' },
    ]);
  });

  test('the key of another request is refused', async () => {
    const key = newKey();
    await ask('POST', url, question, key);
    const other = await ask('POST', url, { metrics: ['total_visits'] }, key);
    expect(other).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_REUSED' } });
  });

  test.each(['', 'x'.repeat(256)])('a key of a wrong length is refused', async (key) => {
    const answer = await ask('POST', url, question, { 'idempotency-key': key });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ field: 'idempotency-key' }] } });
  });

  test('of several at once one is done, and the others are told to wait or answered alike', async () => {
    const key = newKey();
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask('POST', url, question, key)));
    const done = answers.filter(({ status, headers }) => status === 200 && !headers['idempotency-replayed']);
    expect(done).toHaveLength(1);
    for (const { status, body } of answers)
      expect(status === 200 ? body.success : body.code).toBe(status === 200 || 'IDEMPOTENCY_UNDER_WAY');
  });
});

describe('a claim', () => {
  const kept = openMemoryRecords().documents.collection(repeatsCollection);
  const answer = { status: 200, type: 'application/json', location: null, body: '{}' };
  const now = new Date('2026-03-01T08:00:00Z');
  const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
  let keys = 0;
  afterEach(() => {
    keys += 1;
  });
  const begin = (at: Date, digest = 'd') => claim(kept, `k${keys}`, digest, at);

  test('that was forgotten may be made again', async () => {
    const first = await begin(now);
    if (first.is === 'new') await first.forget();
    expect(await begin(now)).toMatchObject({ is: 'new' });
  });

  test('is waited for, but not of who died over it', async () => {
    const first = await begin(now);
    expect((await begin(later(300))).is).toBe('worked at');
    const second = await begin(later(400));
    expect([first.is, second.is]).toEqual(['new', 'new']);
    if (second.is === 'new') await second.keep(answer);
    // The first one was not dead, and comes too late.
    if (first.is === 'new') await first.keep({ ...answer, body: 'late' });
    expect(await begin(later(401))).toEqual({ is: 'answered', answer });
  });

  test('ends after a day', async () => {
    const first = await begin(now);
    if (first.is === 'new') await first.keep(answer);
    expect((await begin(later(86_399))).is).toBe('answered');
    expect((await begin(later(86_401), 'another')).is).toBe('new');
  });
});

test('a key is its sender’s own', () => {
  const ann = { kind: 'user', id: 'ann', name: 'ann' } as const;
  const senders = [
    ann,
    { ...ann, id: 'bob' },
    { ...ann, kind: 'key' },
    { kind: 'process', id: null, name: 'ann' },
  ] as const;
  expect(new Set(senders.map((actor) => scopedKey(actor, 'k'))).size).toBe(senders.length);
  expect(scopedKey(ann, 'k')).toBe(scopedKey({ ...ann, name: 'Ann' }, 'k'));
});
