// Trainings that are asked for over HTTP: one at a time, told of while they run, and what came of them.
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { CarelakeError } from '../../src/errors.js';
import type { ModelLine } from '../../src/models/line.js';
import type { Job } from '../../src/server/training/job.js';
import type { Train, Watch } from '../../src/server/training/jobs.js';
import { openWorkspace } from '../pipeline/harness.js';
import { type House, houseOf } from './house.js';

let house: House;

/** A training that goes on as the test says. */
function led() {
  const begun: { settings: Parameters<Train>[1]; watch: Watch }[] = [];
  const ends: { resolve(line: ModelLine): void; reject(error: unknown): void }[] = [];
  const train: Train = (_, settings, watch) =>
    new Promise((resolve, reject) => {
      begun.push({ settings, watch });
      ends.push({ resolve, reject });
      watch.signal.addEventListener('abort', () => reject(new Error('It was ended.')));
    });
  return { begun, ends, train };
}

const line: ModelLine = {
  ...{ model: 'risk', version: '000001-aaaaaaaaaaaa', algorithm: 'Logistic regression', source: 'default' },
  ...{ rows: 100, patients: 50, folds: 5, baselines: [], promoted: true, reason: 'For use.', ms: 12, reused: false },
};

const ask = async <Body = { job: Job }>(method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object) => {
  const answer = await house.server.inject({ method, url, ...(payload && { payload }) });
  return { status: answer.statusCode, body: answer.json<Body>(), headers: answer.headers };
};
const start = (payload: object = {}) => ask('POST', '/api/models/risk/train', payload);

async function over(id: string): Promise<Job> {
  for (;;) {
    const { job } = (await ask('GET', `/api/jobs/${id}`)).body;
    if (job.state !== 'running') return job;
    await new Promise((done) => setImmediate(done));
  }
}

describe('a training', () => {
  afterEach(() => house.close());

  test('is a job that tells how far it is and what came of it', async () => {
    const { begun, ends, train } = led();
    house = await houseOf(await openWorkspace(), { train });
    const { status, body, headers } = await start({ algorithm: ['logistic'], trials: 1 });
    expect(status).toBe(202);
    expect(headers.location).toBe(`/api/jobs/${body.job.id}`);
    expect(begun[0]?.settings).toEqual({ algorithm: ['logistic'], trials: 1, folds: 5, seed: 1 });
    begun[0]?.watch.onProgress(3, 4, 'Logistic regression');
    expect((await ask('GET', `/api/jobs/${body.job.id}`)).body.job).toMatchObject({
      ...{ state: 'running', model: 'risk', finished_at: null, result: null },
      progress: { share: 0.75, what: 'Logistic regression' },
    });
    ends[0]?.resolve(line);
    expect(await over(body.job.id)).toMatchObject({ state: 'done', result: line, finished_at: expect.any(String) });
  });

  test('another is refused while one runs, and taken when it is over', async () => {
    const { ends, train } = led();
    house = await houseOf(await openWorkspace(), { train });
    const { job } = (await start()).body;
    const second = await ask<{ code: string; message: string }>('POST', '/api/models/readmission/train', {});
    expect(second).toMatchObject({ status: 409, body: { code: 'TRAINING_RUNNING' } });
    expect(second.body.message).toContain(job.id);
    ends[0]?.resolve(line);
    await over(job.id);
    expect((await start()).status).toBe(202);
  });

  test('one that fails says why by a code, and the server goes on', async () => {
    const { ends, train } = led();
    house = await houseOf(await openWorkspace(), { train });
    const first = (await start()).body.job;
    ends[0]?.reject(new CarelakeError('MODEL_TOO_FEW', 'Only 3.'));
    expect(await over(first.id)).toMatchObject({
      state: 'failed',
      error: { code: 'MODEL_TOO_FEW', message: 'Only 3.' },
    });
    const second = (await start()).body.job;
    ends[1]?.reject(new TypeError('nobody foresaw it: patient P1'));
    const failed = await over(second.id);
    expect(failed).toMatchObject({ state: 'failed', error: { code: 'INTERNAL' } });
    expect(JSON.stringify(failed)).not.toContain('P1');
    expect(house.reported.join()).toContain('nobody foresaw it');
  });

  test('one that runs can be stopped, and ends with the server', async () => {
    const { begun, train } = led();
    house = await houseOf(await openWorkspace(), { train });
    const { job } = (await start()).body;
    const stopped = await ask('DELETE', `/api/jobs/${job.id}`);
    expect(stopped.body.job).toMatchObject({ state: 'stopped', error: { code: 'TRAINING_STOPPED' } });
    expect(await ask('DELETE', `/api/jobs/${job.id}`)).toMatchObject({ status: 200, body: { job: stopped.body.job } });
    await start();
    await house.server.close();
    expect(begun[1]?.watch.signal.aborted).toBe(true);
  });
});

describe('what cannot be', () => {
  const { begun, train } = led();
  let other: House;
  beforeAll(async () => {
    other = await houseOf(await openWorkspace(), { train });
  });
  afterAll(() => other.close());

  test.each([
    ['an unknown model', 'POST', '/api/models/luck/train', {}, 400, 'REQUEST_INVALID'],
    [
      'an algorithm that there is not',
      'POST',
      '/api/models/risk/train',
      { algorithm: ['luck'] },
      400,
      'REQUEST_INVALID',
    ],
    ['a setting that there is not', 'POST', '/api/models/risk/train', { rounds: 3 }, 400, 'REQUEST_INVALID'],
    ['no trial at all', 'POST', '/api/models/risk/train', { trials: 0 }, 400, 'REQUEST_INVALID'],
    ['no body, as any page could send', 'POST', '/api/models/risk/train', undefined, 400, 'REQUEST_INVALID'],
    ['no body, as any page could send', 'POST', '/api/models/risk/rollback', undefined, 400, 'REQUEST_INVALID'],
    ['a version that there is not', 'POST', '/api/models/risk/promote', { version: '9' }, 404, 'MODEL_UNKNOWN'],
    ['going back to nothing', 'POST', '/api/models/risk/rollback', {}, 409, 'MODEL_NO_EARLIER'],
    ['an unknown job', 'GET', '/api/jobs/1', undefined, 404, 'JOB_NOT_FOUND'],
    ['drift of what is not served', 'GET', '/api/models/risk/drift', undefined, 503, 'MODEL_NOT_SERVED'],
    ['drift of no version', 'GET', '/api/models/risk/drift?version=9', undefined, 404, 'MODEL_UNKNOWN'],
  ] as const)('%s is refused', async (_, method, url, payload, status, code) => {
    const answer = await other.server.inject({ method, url, ...(payload && { payload }) });
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([status, code]);
    expect(begun).toEqual([]);
  });
});
