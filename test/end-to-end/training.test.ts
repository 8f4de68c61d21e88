// Training as it is asked of a running server: in a process of its own, followed by its progress, taken up without a restart.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Job } from '../../src/server/training/job.js';
import { Place } from './place.js';
import { type Served, serving } from './served.js';

let place: Place;
let served: Served;
beforeAll(async () => {
  place = await Place.make();
  await place.json(['demo', '--patients', '1200', '--no-train', '--no-serve']);
  served = await serving(place, ['serve', '--port', '0']);
});
afterAll(async () => {
  await served.stop();
  await place.remove();
});

async function ask<Body>(method: string, path: string, body?: object): Promise<{ status: number; body: Body }> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(served.url + path, { method, ...(body && { headers, body: JSON.stringify(body) }) });
  return { status: answer.status, body: (await answer.json()) as Body };
}

/** Follows a job to its end; how often it was asked about on the way shows that the server went on answering. */
async function followed(id: string): Promise<{ job: Job; asked: number; shares: number[] }> {
  const shares: number[] = [];
  for (let asked = 1; ; asked++) {
    const { job } = (await ask<{ job: Job }>('GET', `/api/jobs/${id}`)).body;
    shares.push(job.progress.share);
    if (job.state !== 'running') return { job, asked, shares };
    await new Promise((done) => setTimeout(done, 20));
  }
}

const quick = { algorithm: ['logistic'], trials: 2, folds: 3 };

test('a model is trained, served, replaced and gone back from by the interface alone', async () => {
  const readmission = '/api/ml/predict/readmission';
  expect((await ask(`POST`, readmission, { age: 65 })).status).toBe(503);
  const started = await ask<{ job: Job }>('POST', '/api/models/readmission/train', quick);
  expect(started.status).toBe(202);
  expect((await ask('POST', '/api/models/risk/train', {})).status).toBe(409);
  const { job, asked, shares } = await followed(started.body.job.id);
  expect(job).toMatchObject({ state: 'done', error: null, result: { model: 'readmission', promoted: true } });
  expect(asked).toBeGreaterThan(5);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  const first = await ask<{ model: object }>('POST', readmission, { age: 65 });
  expect(first.body.model).toEqual({ name: 'readmission', version: job.result?.version });

  const again = await ask<{ job: Job }>('POST', '/api/models/readmission/train', { ...quick, seed: 2 });
  const newer = (await followed(again.body.job.id)).job.result;
  expect(newer?.version).toMatch(/^000002-/);
  expect((await ask<{ model: object }>('POST', readmission, { age: 65 })).body.model).toEqual({
    name: 'readmission',
    version: newer?.version,
  });
  const back = await ask('POST', '/api/models/readmission/rollback', {});
  expect(back.body).toMatchObject({ success: true, model: 'readmission', version: job.result?.version });
  const forth = await ask('POST', '/api/models/readmission/promote', { version: newer?.version });
  expect(forth.body).toMatchObject({ success: true, version: newer?.version });
  const card = await ask<{ card: { provenance: { code_version: string } } }>('GET', '/api/models/readmission');
  expect(card.body.card.provenance.code_version).toMatch(/^\d+[.]\d+[.]\d+\+[0-9a-f]{12}$/);
});

test('a training that cannot be says why, and one that is stopped leaves nothing behind', async () => {
  const started = await ask<{ job: Job }>('POST', '/api/models/risk/train', { source: 'nowhere' });
  expect((await followed(started.body.job.id)).job).toMatchObject({
    state: 'failed',
    error: { code: 'MODEL_SOURCE_UNKNOWN', message: expect.stringMatching(/nowhere/) },
  });
  const long = await ask<{ job: Job }>('POST', '/api/models/risk/train', { trials: 200 });
  const stopped = await ask<{ job: Job }>('DELETE', `/api/jobs/${long.body.job.id}`);
  expect(stopped.body.job).toMatchObject({ state: 'stopped', error: { code: 'TRAINING_STOPPED' } });
  const { models } = await place.json<{ models: { model: string }[] }>(['models', 'list']);
  expect(models.filter(({ model }) => model === 'risk')).toEqual([]);
});
