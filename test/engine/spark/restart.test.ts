// A server that is killed and started again, and that asks for a token: coded errors, and the next run completes.
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../../src/engine/engine.js';
import { openSpark } from '../../../src/engine/spark/engine.js';
import { ingest } from '../../../src/pipeline/land/ingest.js';
import { run } from '../../../src/pipeline/run.js';
import { generate } from '../../../src/sources/generator/generate.js';
import { openWorkspace } from '../../pipeline/harness.js';
import { hasSpark, type OwnServer, startSpark } from './server.js';
import { freePort } from './wire.js';

const token = 'open sesame';

// Each test leaves a server that runs.
describe.skipIf(!hasSpark)('with a server of its own (CARELAKE_TEST_SPARK)', { timeout: 400_000 }, () => {
  let folder: string;
  let port: number;
  let server: OwnServer;
  let engine: Engine;
  let address: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'carelake-spark-'));
    port = await freePort();
    server = await startSpark({ port, token });
    address = `sc://127.0.0.1:${port}/;token=${encodeURIComponent(token)}`;
    engine = await openSpark({ address, patienceMs: 2_000 });
  }, 120_000);
  afterAll(async () => {
    await engine.close();
    await server.kill();
    await rm(folder, { recursive: true });
  });

  const output = async () => {
    const made = join(folder, randomUUID());
    await mkdir(made);
    return made;
  };
  const long = 'select max(sha2(cast(id as string), 256)) as hash from range(0, 10000000000, 1, 20000)';
  const restart = async () => {
    await server.kill();
    server = await startSpark({ port, token });
  };

  test('a wrong token, or none where one is asked for, is ENGINE_REFUSED and not shown', async () => {
    await expect(openSpark({ address: `sc://127.0.0.1:${port}/;token=sesame` })).rejects.toMatchObject({
      code: 'ENGINE_REFUSED',
      message: expect.stringMatching(/^(?!.*sesame).*does not accept the token/),
    });
    await expect(openSpark({ address: `sc://127.0.0.1:${port}` })).rejects.toMatchObject({
      code: 'ENGINE_REFUSED',
      message: expect.stringContaining('asks for a token'),
    });
  });

  test('a server that is killed in the middle of a step is ENGINE_UNREACHABLE, and one started in its place is used', async () => {
    const job = { name: 'marts/stays', sql: long, inputs: {}, output: await output() };
    const failed = expect(engine.materialize(job)).rejects.toMatchObject({
      code: 'ENGINE_UNREACHABLE',
      message: expect.stringContaining('marts/stays'),
    });
    setTimeout(() => void server.kill(), 4_000);
    await failed;
    await restart();
    const next = { name: 'next', sql: 'select 1 as x', inputs: {}, output: await output() };
    expect(await engine.materialize(next)).toEqual({ rows: 1 });
  });

  test('a server that is started again while it is waited for no longer has the step: ENGINE_LOST', async () => {
    const patient = await openSpark({ address, patienceMs: 120_000 });
    const job = { name: 'marts/stays', sql: long, inputs: {}, output: await output() };
    const failed = expect(patient.materialize(job)).rejects.toMatchObject({
      code: 'ENGINE_LOST',
      message: expect.stringContaining('marts/stays'),
    });
    const restarted = pause(4_000).then(restart);
    await failed;
    await restarted;
    const next = { name: 'next', sql: 'select 1 as x', inputs: {}, output: await output() };
    expect(await patient.materialize(next)).toEqual({ rows: 1 });
    await patient.close();
  });

  test('a run whose server is killed fails by a coded error, and the next one goes on from the last finished step', async () => {
    const out = join(folder, 'hospital');
    await generate({ patients: 60, seed: 5, out, dirty: 0.05 });
    const paths = ['patients', 'visits', 'prescriptions', 'diagnoses'].map((table) => join(out, `${table}.csv`));
    const [there, here] = [await openWorkspace({ lake: 'local' }), await openWorkspace({ lake: 'local' })];
    try {
      for (const { lake, engine: lander } of [there, here]) {
        await ingest({ paths }, { lake, lander, clock: () => new Date('2031-01-01T12:00:00Z') });
      }
      const killed: Promise<void>[] = [];
      const failed = run(there.lake, engine, {
        onProgress: ({ done }) => {
          if (done >= 6 && killed.length === 0) killed.push(server.kill());
        },
      });
      await expect(failed).rejects.toMatchObject({ code: 'ENGINE_UNREACHABLE' });
      await Promise.all(killed);
      await restart();
      const { steps, published } = await run(there.lake, engine);
      expect(published).toBe(true);
      // Of the steps that were at work beside it some may have ended.
      const reused = steps.filter((step) => step.reused).length;
      expect(reused).toBeGreaterThanOrEqual(6);
      expect(reused).toBeLessThan(steps.length);
      await here.run();
      expect(await there.digests()).toEqual(await here.digests());
    } finally {
      await there.close();
      await here.close();
    }
  });
});
