// The program with its lake in S3: the same files come to the same tables as in a folder, and nothing of it stays behind.
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openS3Lake } from '../../src/lake/s3.js';
import { FaultProxy } from '../lake/fault-proxy.js';
import { type BucketOfTest, endpoint, hasServer, makeBucket, owner } from '../lake/s3-server.js';
import { canMakeMachines, ended, type IngestDocument, Place, type StatusDocument } from './place.js';
import { digests, lakeOf, openEngine } from './workspace.js';

interface Checks {
  readonly ok: boolean;
  readonly checks: readonly { name: string; state: string; detail: string }[];
}

describe.skipIf(!hasServer)('with the lake in S3 (CARELAKE_TEST_S3)', () => {
  let bucket: BucketOfTest;
  let there: Place;
  let here: Place;
  let environment: Record<string, string>;
  let landed: IngestDocument;
  beforeAll(async () => {
    bucket = await makeBucket();
    there = await Place.make();
    here = await Place.make();
    environment = {
      CARELAKE_LAKE: `s3://${bucket.bucket}/our lake`,
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: owner.accessKeyId,
      AWS_SECRET_ACCESS_KEY: owner.secretAccessKey,
    };
    await here.json(['generate', '--patients', '400', '--seed', '3', '--dirty', '0.05', '--out', 'hospital']);
    await here.json(['ingest', 'hospital']);
    landed = await there.json(['ingest', join(here.path, 'hospital')], { environment });
    await here.json(['run']);
    await there.json(['run'], { environment });
  });
  afterAll(async () => {
    await bucket.remove();
    await there.remove();
    await here.remove();
  });

  test('every command does what it does with a folder', async () => {
    const options = { environment };
    expect(landed.batches.flatMap(({ files }) => files.map((file) => file.already_there))).not.toContain(true);
    const again = await there.json<IngestDocument>(['ingest', join(here.path, 'hospital')], options);
    expect(again.batches.flatMap(({ files }) => files.map((file) => file.already_there))).not.toContain(false);
    expect(await there.json(['run'], options)).toMatchObject({
      steps: expect.not.arrayContaining([{ reused: false }]),
    });

    const { accounting, tables } = await there.json<StatusDocument>(['status'], options);
    const local = await here.json<StatusDocument>(['status']);
    expect(tables).toEqual(local.tables);
    const withoutBatch = (rows: StatusDocument['accounting']) => rows.map((row) => ({ ...row, batch: undefined }));
    expect(withoutBatch(accounting)).toEqual(withoutBatch(local.accounting));

    const sql = 'select gender, count(*) as n from patients group by gender order by gender';
    const asked = await there.json<{ rows: unknown[][] }>(['query', sql], options);
    expect(asked.rows).toEqual(await here.query(sql));
    const rejects = await there.json<{ rejects: unknown[] }>(['rejects'], options);
    expect(rejects).toEqual(await here.json(['rejects']));
    expect(rejects.rejects).not.toEqual([]);
    const lineage = ['lineage', 'visits', String((await here.query('select visit_id from visits limit 1'))[0]?.[0])];
    expect(await there.json(lineage, options)).toMatchObject({ rows: [{ disposition: 'used' }] });

    const { checks } = await there.json<Checks>(['doctor'], options);
    expect(checks.filter(({ state }) => state === 'failed')).toEqual([]);
    expect(checks.find(({ name }) => name === 'lake')?.detail).toContain(environment.CARELAKE_LAKE);
    expect(await there.json(['gc', '--grace', '0'], options)).toMatchObject({ runs: 0, steps: 0, raw: 0, scratch: 0 });
  });

  test('the tables are those of a lake in a folder, value for value', async () => {
    const lake = openS3Lake(bucket.options({ prefix: 'our lake/workspaces/default' }));
    const engine = await openEngine(here);
    try {
      const content = await digests(lake, engine);
      expect(content).toEqual(await digests(lakeOf(here), engine));
      expect(Object.keys(content)).toEqual(expect.arrayContaining(['patients', 'visits', 'stays', 'months']));
    } finally {
      await engine.close();
      await lake.close();
    }
  });

  test('a backup of it is brought back into a folder, and is the same', async () => {
    const file = join(there.path, 'backup.zip');
    const made = await there.json<{ workspaces: unknown[] }>(['backup', file], { environment });
    const { run } = await there.json<StatusDocument>(['status'], { environment });
    expect(made.workspaces).toEqual([{ id: 'default', run: run?.id }]);
    const restored = new Place(join(there.path, 'restored'));
    await mkdir(restored.path);
    await restored.json(['restore', file]);
    expect(await restored.json(['status'])).toEqual(await there.json(['status'], { environment }));
    const engine = await openEngine(here);
    try {
      expect(await digests(lakeOf(restored), engine)).toEqual(await digests(lakeOf(here), engine));
    } finally {
      await engine.close();
    }
  });

  test('what a process had in use is let go when it ends', async () => {
    const copies = join(there.path, 'carelake-data/temp/lake');
    expect(await readdir(join(copies, 'holds'))).toEqual([]);
    expect(await readdir(join(copies, 'scratch'))).toEqual([]);
    expect(await readdir(join(copies, 'objects'))).not.toEqual([]);
  });

  test('a run that S3 fails, for a while or for good, comes to the same tables, and gc finds what is left', async () => {
    const proxy = await FaultProxy.before(endpoint);
    const failing = {
      ...environment,
      CARELAKE_LAKE: `s3://${bucket.bucket}/failing`,
      AWS_ENDPOINT_URL: proxy.endpoint,
      CARELAKE_S3_ATTEMPTS: '4',
    };
    const options = { environment: failing };
    const place = await Place.make();
    const lake = openS3Lake(bucket.options({ prefix: 'failing/workspaces/default' }));
    const engine = await openEngine(here);
    try {
      let asked = 0;
      proxy.decide = () => (++asked % 25 === 0 ? { kind: 'answer', status: 503, code: 'SlowDown' } : { kind: 'pass' });
      await place.json(['ingest', join(here.path, 'hospital')], options);
      const codes: string[] = [];
      // Each time it fails for good, at another place; the steps that were finished are kept.
      for (const last of [20, 60, 90]) {
        asked = 0;
        proxy.decide = () => (++asked > last ? { kind: 'cut request', after: 0 } : { kind: 'pass' });
        codes.push((await place.failure(['run'], options)).code);
      }
      expect(codes).toEqual(Array(3).fill('LAKE_UNREACHABLE'));
      asked = 0;
      proxy.decide = () => (++asked % 25 === 0 ? { kind: 'answer', status: 503, code: 'SlowDown' } : { kind: 'pass' });
      const { steps } = await place.json<{ steps: { reused: boolean }[] }>(['run'], options);
      expect(steps.filter(({ reused }) => reused)).not.toEqual([]);
      expect(await digests(lake, engine)).toEqual(await digests(lakeOf(here), engine));
      proxy.decide = () => ({ kind: 'pass' });
      await place.json(['gc', '--grace', '0'], options);
      expect(await place.json(['gc', '--grace', '0'], options)).toMatchObject({ files: 0, scratch: 0 });
      expect((await place.json<Checks>(['doctor'], options)).ok).toBe(true);
    } finally {
      await engine.close();
      await lake.close();
      await proxy.close();
      await place.remove();
    }
  }, 180_000);

  test.skipIf(!canMakeMachines && process.env.REQUIRE_SERVICES !== '1')(
    'of two machines that run one lake at once the second is told which one does, and goes on when that is done (root)',
    async () => {
      const one = { ...environment, CARELAKE_LAKE: `s3://${bucket.bucket}/machines` };
      const lake = openS3Lake(bucket.options({ prefix: 'machines/workspaces/default' }));
      const engine = await openEngine(here);
      const other = await Place.make();
      try {
        await there.json(['ingest', join(here.path, 'hospital')], { environment: one });
        const running = there.start(['run', '--json'], { environment: one, machine: 'first-machine' });
        const end = ended(running);
        const toAll = (signal: NodeJS.Signals) => process.kill(-(running.pid as number), signal);
        await vi.waitUntil(() => lake.get('run.lock'), { timeout: 60_000, interval: 20 });
        toAll('SIGSTOP');
        const options = { environment: one, machine: 'second-machine' };
        const refused = await other.failure(['run'], options);
        expect(refused).toMatchObject({ code: 'RUN_IN_PROGRESS', detail: expect.stringContaining('on first-machine') });
        toAll('SIGCONT');
        expect(await end).toMatchObject({ code: 0, signal: null });
        const { steps } = await other.json<{ steps: { reused: boolean }[] }>(['run'], options);
        expect(steps.map(({ reused }) => reused)).not.toContain(false);
        expect(await digests(lake, engine)).toEqual(await digests(lakeOf(here), engine));
      } finally {
        await engine.close();
        await lake.close();
        await other.remove();
      }
    },
    180_000,
  );

  test('a bucket that is not there, a wrong secret and no secret at all are said as such, without the secret', async () => {
    const fast = { ...environment, CARELAKE_S3_ATTEMPTS: '2' };
    const failure = (more: Record<string, string>) => there.failure(['status'], { environment: { ...fast, ...more } });
    expect(await failure({ CARELAKE_LAKE: 's3://no-such-bucket-of-ours' })).toMatchObject({ code: 'LAKE_NO_BUCKET' });
    const wrong = await failure({ AWS_SECRET_ACCESS_KEY: 'quite-another-secret' });
    expect(wrong).toMatchObject({ code: 'LAKE_CREDENTIALS', exit: 1 });
    expect(JSON.stringify(wrong)).not.toMatch(/quite-another-secret|carelake-secret/);
    const none = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', AWS_EC2_METADATA_DISABLED: 'true' };
    expect(await failure(none)).toMatchObject({ code: 'LAKE_CREDENTIALS' });
    expect(await failure({ AWS_REGION: '' })).toMatchObject({ code: 'LAKE_REGION' });
    expect(await failure({ AWS_ENDPOINT_URL: 'http://127.0.0.1:1' })).toMatchObject({ code: 'LAKE_UNREACHABLE' });
  });
});
