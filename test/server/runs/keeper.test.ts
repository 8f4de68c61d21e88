// What starts runs after writes: a moment after the last, one at a time, again after a failure, and none once it is closed.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CarelakeError } from '../../../src/errors.js';
import { keepRuns, type RunKeeper } from '../../../src/server/runs/keeper.js';

let states: string[];
let reported: string[];
let runs: { resolve(id: string): void; reject(error: Error): void; signal: AbortSignal }[];
let keeper: RunKeeper;
beforeEach(() => {
  vi.useFakeTimers();
  [states, reported, runs] = [[], [], []];
  keeper = keepRuns({
    quiet: 1000,
    onState: ({ state }) => states.push(state),
    report: (text) => reported.push(text),
    run: (signal) =>
      new Promise((resolve, reject) => {
        runs.push({ resolve, reject, signal });
        signal.addEventListener('abort', () => reject(signal.reason));
      }),
  });
});
afterEach(async () => {
  await keeper.close();
  vi.useRealTimers();
});

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

test('a run begins when nobody has written for a moment', async () => {
  keeper.wrote();
  await pass(900);
  keeper.wrote();
  await pass(999);
  expect([keeper.state().state, runs.length]).toEqual(['waiting', 0]);
  await pass(1);
  expect([keeper.state().state, runs.length]).toEqual(['running', 1]);
  runs[0]?.resolve('000001-a');
  await pass(0);
  expect(keeper.state()).toMatchObject({ state: 'idle', run: '000001-a', error: null });
  await pass(60_000);
  expect([states, runs.length]).toEqual([['waiting', 'running', 'idle'], 1]);
});

test('who writes without end does not put it off for ever', async () => {
  for (let ms = 0; ms < 5500; ms += 500) {
    keeper.wrote();
    await pass(500);
  }
  expect(runs.length).toBe(1);
});

test('what is written while one runs is read by another, not beside it', async () => {
  keeper.wrote();
  await pass(1000);
  keeper.wrote();
  await pass(10_000);
  expect(runs.length).toBe(1);
  runs[0]?.resolve('000001-a');
  await pass(1000);
  expect(runs.length).toBe(2);
  runs[1]?.resolve('000002-b');
  await pass(60_000);
  expect([keeper.state().run, runs.length]).toEqual(['000002-b', 2]);
});

test('where another process runs it waits for that', async () => {
  keeper.wrote();
  await pass(1000);
  runs[0]?.reject(new CarelakeError('RUN_IN_PROGRESS', 'Another process.'));
  await pass(0);
  expect(keeper.state()).toMatchObject({ state: 'waiting', error: null });
  await pass(2000);
  expect(runs.length).toBe(2);
});

test('one that failed is tried again, later each time, and sooner where somebody writes', async () => {
  keeper.wrote();
  await pass(1000);
  runs[0]?.reject(new CarelakeError('LAKE_DISK_FULL', 'No space at /srv.'));
  await pass(0);
  expect(keeper.state()).toMatchObject({
    state: 'failed',
    error: { code: 'LAKE_DISK_FULL', message: 'The disk is full.' },
    again: expect.any(String),
  });
  await pass(14_999);
  expect(runs.length).toBe(1);
  await pass(1);
  runs[1]?.reject(new Error('of a patient'));
  await pass(0);
  expect(keeper.state().error).toEqual({ code: 'INTERNAL', message: 'The server has written down what happened.' });
  expect(reported).toEqual(['A run: LAKE_DISK_FULL: No space at /srv.', expect.stringContaining('of a patient')]);
  await pass(15_000);
  expect(runs.length).toBe(2);
  keeper.wrote();
  await pass(1000);
  expect(runs.length).toBe(3);
  runs[2]?.resolve('000001-a');
  await pass(60_000);
  expect([keeper.state().state, runs.length]).toEqual(['idle', 3]);
});

test('closed, it ends the one that runs and starts none', async () => {
  keeper.wrote();
  await pass(1000);
  await keeper.close();
  expect(runs[0]?.signal.aborted).toBe(true);
  keeper.wrote();
  await pass(60_000);
  expect(runs.length).toBe(1);
});
