// Trainings stay in the records: after a restart, in other servers of the workspace, and where the server ends without a word.
import { setTimeout as pause } from 'node:timers/promises';
import { beforeEach, expect, test } from 'vitest';
import type { ModelLine } from '../../../src/models/line.js';
import { usualTraining } from '../../../src/models/train/settings.js';
import { openMemoryRecords } from '../../../src/records/memory.js';
import type { Records } from '../../../src/records/records.js';
import { type Job, jobCollection } from '../../../src/server/training/job.js';
import { Jobs, type Train } from '../../../src/server/training/jobs.js';

const line: ModelLine = {
  ...{ model: 'risk', version: '000001-aaaaaaaaaaaa', algorithm: 'Logistic regression', source: 'default' },
  ...{ rows: 100, patients: 50, folds: 5, baselines: [], promoted: true, reason: 'For use.', ms: 12, reused: false },
};

let records: Records;
let reported: string[];
beforeEach(() => {
  records = openMemoryRecords();
  reported = [];
});

/** A server over the same records. */
const serverWith = (train: Train): Jobs =>
  new Jobs({
    ...{ train, report: (text) => reported.push(text) },
    ...{ records: async () => records, knownRecords: async () => records },
  });

const ended = async (jobs: Jobs, id: string): Promise<Job> => {
  for (;;) {
    const job = await jobs.get(id);
    if (job.state !== 'running') return job;
    await new Promise((done) => setImmediate(done));
  }
};

test('what came of one is told after a restart, the newest first', async () => {
  const jobs = serverWith(async () => line);
  const first = await jobs.start('risk', usualTraining);
  await ended(jobs, first.id);
  await jobs.close();
  // Of one millisecond neither is the newer one.
  await pause(2);
  const second = await jobs.start('readmission', usualTraining);
  await ended(jobs, second.id);
  await jobs.close();
  const later = serverWith(async () => line);
  expect((await later.list()).map(({ id, state }) => [id, state])).toEqual([
    [second.id, 'done'],
    [first.id, 'done'],
  ]);
  expect(await later.get(first.id)).toMatchObject({ model: 'risk', result: line, finished_at: expect.any(String) });
});

test('one that runs in another server is told, and stopped where that has been silent for a minute', async () => {
  const jobs = serverWith((_, __, { signal }) => new Promise((_, reject) => signal.addEventListener('abort', reject)));
  const other = serverWith(async () => line);
  const { id } = await jobs.start('risk', usualTraining);
  expect((await other.get(id)).state).toBe('running');
  expect((await other.stop(id)).state).toBe('running');
  const collection = records.documents.collection(jobCollection);
  const kept = await collection.get(id);
  const seen_at = new Date(Date.now() - 61_000).toISOString();
  await collection.replace(id, kept?.revision ?? 0, { ...kept?.body, job: kept?.body.job as Job, seen_at });
  expect(await other.list()).toMatchObject([
    { state: 'stopped', finished_at: seen_at, error: { code: 'TRAINING_STOPPED' } },
  ]);
  expect((await jobs.get(id)).state).toBe('running');
  await jobs.close();
  expect(await other.get(id)).toMatchObject({ state: 'stopped', error: { message: 'The server is stopping.' } });
});

test('none begins that cannot be kept; the end of one that cannot be kept is told by its server', async () => {
  let isAway = true;
  const away = async (): Promise<Records> => (isAway ? Promise.reject(new Error('records away')) : records);
  const begun: string[] = [];
  const train: Train = async (model) => {
    begun.push(model);
    isAway = true;
    return line;
  };
  const report = (text: string) => reported.push(text);
  const jobs = new Jobs({ train, report, records: away, knownRecords: async () => records });
  await expect(jobs.start('risk', usualTraining)).rejects.toThrow('records away');
  expect(begun).toEqual([]);
  isAway = false;
  const { id } = await jobs.start('risk', usualTraining);
  expect(await ended(jobs, id)).toMatchObject({ state: 'done' });
  await jobs.close();
  expect(await jobs.get(id)).toMatchObject({ state: 'done', result: line });
  expect(reported.join()).toContain('records away');
});
