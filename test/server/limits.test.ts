// What bounds a request: turns, time, the end of the server, and whoever asked going away.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { ColumnBatch, Engine } from '../../src/engine/engine.js';
import { CarelakeError, isCoded } from '../../src/errors.js';
import { bounded } from '../../src/server/answer/bounded.js';
import { openTurns } from '../../src/server/answer/turns.js';
import { openWorkspace } from '../pipeline/harness.js';
import { motleyHouse } from './house.js';

const endless = 'select count(*) from range(1000000) as a, range(1000000) as b where a.range * b.range % 7 = 3';

async function drain(rows: AsyncIterable<ColumnBatch>): Promise<void> {
  for await (const _ of rows);
}

async function withEngine(use: (engine: Engine) => Promise<void>): Promise<void> {
  const workspace = await openWorkspace();
  try {
    await use(workspace.engine);
  } finally {
    await workspace.close();
  }
}

test('a statement ends when its time is over, by the code that its signal gives, and its turn is free', () =>
  withEngine(async (engine) => {
    const turns = openTurns(1, 0);
    const late = new AbortController();
    const error = new CarelakeError('ANSWER_TIMEOUT', 'There was no answer after 0.3 s.');
    const running = drain(
      bounded(engine, turns, { signal: () => late.signal }).query({ name: 'endless', sql: endless, inputs: {} }),
    );
    setTimeout(() => late.abort(error), 300);
    await expect(running).rejects.toBe(error);
    const next = bounded(engine, turns, { signal: () => new AbortController().signal });
    await drain(next.query({ name: 'one', sql: 'select 1', inputs: {} }));
  }));

test('no more statements run at once than may, in the order in which they came, and too many are refused', async () => {
  const turns = openTurns(2, 2);
  const { signal } = new AbortController();
  const done = [await turns.take(signal), await turns.take(signal)];
  const order: string[] = [];
  const third = turns.take(signal).then((give) => {
    order.push('third');
    return give;
  });
  const fourth = turns.take(signal).then((give) => {
    order.push('fourth');
    return give;
  });
  await expect(turns.take(signal)).rejects.toSatisfy((error) => isCoded(error, 'SERVER_BUSY'));
  done[0]?.();
  done[0]?.();
  (await third)();
  expect(order[0]).toBe('third');
  (await fourth)();
  done[1]?.();
  await Promise.all([turns.take(signal), turns.take(signal)]);
});

test('whoever stops waiting leaves the line', async () => {
  const turns = openTurns(1, 1);
  const give = await turns.take(new AbortController().signal);
  const leaving = new AbortController();
  const waiting = turns.take(leaving.signal);
  leaving.abort(new Error('gone'));
  await expect(waiting).rejects.toThrow('gone');
  const next = turns.take(new AbortController().signal);
  give();
  (await next)();
});

test('an answer that takes longer than it may is a code, and so is a question too many', async () => {
  const house = await motleyHouse({ limits: { seconds: 0, atOnce: 1, waiting: 0 } });
  try {
    const late = await house.server.inject('/api/dashboard');
    expect([late.statusCode, JSON.parse(late.body).code]).toEqual([504, 'ANSWER_TIMEOUT']);
    expect((await house.server.inject('/api/health')).statusCode).toBe(200);
  } finally {
    await house.close();
  }
});

test('of many questions at once some are refused with the time to ask again, the others answered', async () => {
  const house = await motleyHouse({ limits: { atOnce: 1, waiting: 1 } });
  try {
    const answers = await Promise.all(Array.from({ length: 12 }, () => house.server.inject('/api/patients')));
    const codes = answers.map(({ statusCode }) => statusCode);
    expect(new Set(codes)).toEqual(new Set([200, 503]));
    for (const { statusCode, headers, body } of answers) {
      if (statusCode === 200) continue;
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      expect(JSON.parse(body).code).toBe('SERVER_BUSY');
    }
    expect((await house.server.inject('/api/patients')).statusCode).toBe(200);
    expect(house.reported).toEqual([]);
  } finally {
    await house.close();
  }
});

test('while the process cannot keep up, data is refused; the web app, health and metrics are not', async () => {
  const web = await mkdtemp(join(tmpdir(), 'carelake-web-'));
  await writeFile(join(web, 'index.html'), '<h1>Carelake</h1>');
  await writeFile(join(web, 'app.js'), '1;');
  const house = await motleyHouse({ limits: { late: 1 }, web });
  const ask = async (url: string) =>
    (await house.server.inject({ url, headers: { accept: 'text/html, application/json' } })).statusCode;
  try {
    await expect
      .poll(
        async () => {
          const until = performance.now() + 300;
          while (performance.now() < until);
          await pause(1);
          return ask('/api/patients');
        },
        { timeout: 60_000 },
      )
      .toBe(503);
    const asked = ['/', '/dashboard/demographics', '/app.js', '/api/health', '/metrics', '/api/patients'];
    const answers = [];
    for (const url of asked) answers.push([url, await ask(url)]);
    expect(answers).toEqual(asked.map((url) => [url, url === '/api/patients' ? 503 : 200]));
  } finally {
    await house.close();
    await rm(web, { recursive: true });
  }
});
