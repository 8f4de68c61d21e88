// Landing objects of S3: the same tables as from files, nothing read twice, and what happens when S3 or a writer interferes.
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { CreateBucketCommand, PutBucketPolicyCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ZipFile } from 'yazl';
import { openDuckdb } from '../../src/engine/duckdb/engine.js';
import type { Engine } from '../../src/engine/engine.js';
import type { Lander } from '../../src/engine/lander.js';
import type { Lake } from '../../src/lake/lake.js';
import { openLocalLake } from '../../src/lake/local.js';
import type { Objects } from '../../src/lake/objects.js';
import { openObjects } from '../../src/lake/s3/objects.js';
import { openS3Lake } from '../../src/lake/s3.js';
import { readBatches } from '../../src/pipeline/batch.js';
import { collectGarbage } from '../../src/pipeline/gc.js';
import type { IngestRequest } from '../../src/pipeline/land/identity.js';
import { ingest } from '../../src/pipeline/land/ingest.js';
import type { IngestDependencies } from '../../src/pipeline/land/land-batch.js';
import type { IngestResult } from '../../src/pipeline/land/report.js';
import { requireCurrent } from '../../src/pipeline/publish/manifest.js';
import { run } from '../../src/pipeline/run.js';
import { generate } from '../../src/sources/generator/generate.js';
import { digests } from '../end-to-end/workspace.js';
import { FaultProxy, type Seen } from '../lake/fault-proxy.js';
import { type BucketOfTest, endpoint, guest, hasServer, makeBucket, owner } from '../lake/s3-server.js';

const patients = 'patient_id,age\np1,40\np2,50\n';
const visits = 'visit_id,patient_id,visit_date\nv1,p1,2024-01-05\n';
const long = (rows: number): string =>
  `patient_id,age\n${Array.from({ length: rows }, (_, n) => `p${n},${n % 90}`).join('\n')}\n`;

describe.skipIf(!hasServer)('objects of S3 (CARELAKE_TEST_S3)', () => {
  let bucket: BucketOfTest;
  let folder: string;
  let engine: Engine & Lander;
  let hospital: Record<string, Buffer>;
  beforeAll(async () => {
    bucket = await makeBucket();
    folder = await mkdtemp(join(tmpdir(), 'carelake-objects-'));
    engine = await openDuckdb({ memory: 1e9, threads: 2, temporary: folder });
    hospital = await hospitalFiles();
  });
  afterAll(async () => {
    await engine.close();
    await bucket.remove();
    await rm(folder, { recursive: true, force: true });
  });

  let proxy: FaultProxy;
  let objects: Objects;
  let lakes: Lake[];
  let places = 0;
  beforeEach(async () => {
    proxy = await FaultProxy.before(endpoint);
    objects = open();
    lakes = [];
    places += 1;
  });
  afterEach(async () => {
    for (const lake of lakes) await lake.close();
    await objects.close();
    await proxy.close();
  });

  const open = (credentials = owner): Objects =>
    openObjects({ endpoint: proxy.endpoint, region: 'us-east-1', pathStyle: true, attempts: 4, credentials });
  const localLake = (name = 'lake'): Lake => remember(openLocalLake({ root: join(folder, `${places}`, name) }));
  const s3Lake = (): Lake =>
    remember(
      openS3Lake(
        bucket.options({
          prefix: `lake/${places}`,
          cache: { folder: join(folder, `${places}-copies`), bytes: 2 ** 30 },
        }),
      ),
    );
  const remember = (lake: Lake): Lake => {
    lakes.push(lake);
    return lake;
  };
  /** The address of a prefix of this test's own. */
  const at = (path = ''): string => `s3://${bucket.bucket}/in/${places}/${path}`;
  const put = async (files: Readonly<Record<string, string | Buffer>>): Promise<void> => {
    for (const [name, Body] of Object.entries(files)) {
      await bucket.client.send(new PutObjectCommand({ Bucket: bucket.bucket, Key: `in/${places}/${name}`, Body }));
    }
  };
  const land = (
    lake: Lake,
    paths: readonly string[],
    { objects: from = objects, ...more }: Partial<Omit<IngestDependencies, 'objects'>> & { objects?: Objects } = {},
    request: Omit<IngestRequest, 'paths'> = {},
  ): Promise<IngestResult> =>
    ingest(
      { paths, ...request },
      { lake, lander: engine, clock: () => new Date('2031-01-01T12:00:00'), objects: async () => from, ...more },
    );
  const reported = ({ batches }: IngestResult): Record<string, boolean> =>
    Object.fromEntries(batches.flatMap(({ files }) => files.map((file) => [file.name, file.already_there])));
  const keysOf = async (lake: Lake, prefix = ''): Promise<string[]> => {
    const keys: string[] = [];
    for await (const { key } of lake.list(prefix)) keys.push(key);
    return keys;
  };
  const isRead = ({ method, path }: Seen): boolean => method === 'GET' && !path.includes('list-type');
  const isOfObject = (name: string) => (seen: Seen) => isRead(seen) && seen.path.includes(`/${name}`);

  /** A made-up hospital with defects: a plain file, a gzip, a zip, and files that are passed over. */
  async function hospitalFiles(): Promise<Record<string, Buffer>> {
    const out = join(folder, 'hospital');
    await generate({ patients: 300, seed: 5, dirty: 0.05, out });
    const file = (name: string) => readFile(join(out, name));
    const zip = new ZipFile();
    zip.addBuffer(await file('prescriptions.csv'), 'deep/prescriptions.csv');
    zip.addBuffer(await file('diagnoses.csv'), 'diagnoses.csv');
    zip.end();
    return {
      '2024/patients.csv': await file('patients.csv'),
      '2024/visits.csv.gz': gzipSync(await file('visits.csv')),
      'rest.zip': await buffer(zip.outputStream),
      '.hidden/visits.csv': Buffer.from('x'),
      'sheet.xlsx': Buffer.from('x'),
    };
  }

  async function fromFolder(files: Readonly<Record<string, string | Buffer>>): Promise<Lake> {
    const lake = localLake('of files');
    const given = join(folder, `files-${places}`);
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(given, name)), { recursive: true });
      await writeFile(join(given, name), content);
    }
    await land(lake, [given]);
    await run(lake, engine);
    return lake;
  }
  const accountOf = async (lake: Lake) =>
    (await requireCurrent(lake)).accounting.map((row) => ({ ...row, batch: undefined }));

  describe.each(['local', 's3'] as const)('into a %s lake', (kind) => {
    const openLake = (): Lake => (kind === 'local' ? localLake() : s3Lake());

    test('come to the tables, account and raw files of the same files in a folder', async () => {
      await put(hospital);
      const lake = openLake();
      const landed = await land(lake, [at()]);
      const local = await fromFolder(hospital);
      await run(lake, engine);
      expect(landed.skipped.map(({ file }) => file).sort()).toEqual(['.hidden/visits.csv', 'sheet.xlsx']);
      expect(await digests(lake, engine)).toEqual(await digests(local, engine));
      expect(await accountOf(lake)).toEqual(await accountOf(local));
      expect(await keysOf(lake, 'raw/files')).toEqual(await keysOf(local, 'raw/files'));
      for (const key of await keysOf(lake, 'raw/files')) {
        const kept = await buffer(await lake.read(key));
        expect(key).toContain(createHash('sha256').update(kept).digest('hex'));
      }
      const [batch] = await readBatches(lake);
      expect(batch?.files.map(({ object }) => object?.key)).toEqual(
        ['2024/patients.csv', '2024/visits.csv.gz', 'rest.zip', 'rest.zip'].map((name) => `in/${places}/${name}`),
      );
      expect(await lake.sweep(0, true)).toMatchObject({ removed: 0 });
    });

    test('change nothing when they come again, and are not read', async () => {
      await put(hospital);
      const lake = openLake();
      const first = await land(lake, [at()]);
      const keys = await keysOf(lake);
      proxy.seen.splice(0);
      const again = await land(lake, [at()]);
      expect(proxy.seen.filter(isRead)).toEqual([]);
      expect(Object.keys(reported(again)).sort()).toEqual(Object.keys(reported(first)).sort());
      expect(Object.values(reported(again))).toEqual([true, true, true, true]);
      expect(await keysOf(lake)).toEqual(keys);
    });

    test('of a content that is there, as a file or under another key, land nothing, and are read once', async () => {
      const lake = openLake();
      const path = join(folder, `patients-${places}.csv`);
      await writeFile(path, patients);
      await land(lake, [path]);
      await put({ 'a.csv': patients, 'b.csv': patients });
      expect(reported(await land(lake, [at()]))).toEqual({ 'a.csv': true, 'b.csv': true });
      proxy.seen.splice(0);
      expect(reported(await land(lake, [at()]))).toEqual({ 'a.csv': true, 'b.csv': true });
      expect(proxy.seen.filter(isRead)).toEqual([]);
      expect(await readBatches(lake)).toHaveLength(1);
      await collectGarbage(lake, { keep: 1, grace: 0, dry: false });
      expect(await keysOf(lake, 'raw/files')).toHaveLength(1);
    });

    test('twice the same content at once land once', async () => {
      await put({ 'a.csv': patients, 'b.csv': patients, 'visits.csv': visits });
      const lake = openLake();
      expect(reported(await land(lake, [at()]))).toEqual({ 'a.csv': false, 'b.csv': true, 'visits.csv': false });
      const [batch] = await readBatches(lake);
      expect(batch?.files.map(({ name }) => name)).toEqual(['a.csv', 'visits.csv']);
      await run(lake, engine);
      expect((await accountOf(lake)).map(({ records }) => records.used)).toEqual([2, 1]);
    });
  });

  test('are one, by its key, and by a prefix without a slash', async () => {
    await put({ 'deep/patients.csv': patients, 'deep/visits.csv': visits, 'deeper.csv': visits });
    expect(Object.keys(reported(await land(localLake('a'), [at('deep/visits.csv')])))).toEqual(['visits.csv']);
    expect(Object.keys(reported(await land(localLake('b'), [at('deep')])))).toEqual(['patients.csv', 'visits.csv']);
    const both = await land(localLake('c'), [at('deep/'), at('deep/visits.csv')]);
    expect(Object.keys(reported(both))).toEqual(['patients.csv', 'visits.csv']);
  });

  test('of which one has changed land that one', async () => {
    await put({ 'patients.csv': patients, 'visits.csv': visits });
    const lake = localLake();
    await land(lake, [at()]);
    await put({ 'patients.csv': `${patients}p3,60\n` });
    expect(reported(await land(lake, [at()]))).toEqual({ 'patients.csv': false, 'visits.csv': true });
  });

  test('as a snapshot all land again where one is new, and none where none is', async () => {
    await put({ 'patients.csv': patients, 'visits.csv': visits });
    const lake = localLake();
    const snapshot = () => land(lake, [at()], {}, { mode: 'snapshot' });
    await snapshot();
    expect(reported(await snapshot())).toEqual({ 'patients.csv': true, 'visits.csv': true });
    await put({ 'patients.csv': `${patients}p3,60\n` });
    expect(reported(await snapshot())).toEqual({ 'patients.csv': false, 'visits.csv': false });
  });

  test('that are many become batches, of which those that landed before a failure stay and are not read again', async () => {
    const files = Object.fromEntries([1, 2, 3, 4, 5, 6].map((n) => [`${n}.csv`, long(2_000 + n)]));
    await put(files);
    const lake = localLake();
    const some = { batchBytes: 40_000 };
    // The heads are read before; the second time is the landing.
    let reads = 0;
    proxy.decide = (seen) =>
      isOfObject('5.csv')(seen) && ++reads > 1 ? { kind: 'cut request', after: 0 } : { kind: 'pass' };
    await expect(land(lake, [at()], some)).rejects.toMatchObject({ code: 'LAKE_UNREACHABLE' });
    expect((await readBatches(lake)).map(({ files: of }) => of.map(({ name }) => name))).toEqual([
      ['1.csv', '2.csv'],
      ['3.csv', '4.csv'],
    ]);
    proxy.decide = () => ({ kind: 'pass' });
    proxy.seen.splice(0);
    const rest = await land(lake, [at()], some);
    expect(Object.values(reported(rest)).filter((there) => there)).toHaveLength(4);
    expect(proxy.seen.filter(isRead).every(({ path }) => /[56][.]csv/.test(path))).toBe(true);
    await run(lake, engine);
    const local = await fromFolder(files);
    expect(await digests(lake, engine)).toEqual(await digests(local, engine));
    expect(await accountOf(lake)).toEqual(await accountOf(local));
  });

  test('whose connection is cut are taken up where it ended, plain and gzip', async () => {
    const text = long(300_000);
    const packed = gzipSync(long(900_000));
    await put({ 'a.csv': text, 'b.csv.gz': packed });
    let cuts = 0;
    proxy.decide = (seen) =>
      isRead(seen) && !seen.headers.range?.startsWith('bytes=0-') && cuts++ < 6
        ? { kind: 'cut answer', after: 700_000 }
        : { kind: 'pass' };
    const lake = localLake();
    const { batches } = await land(lake, [at()]);
    expect(batches[0]?.files.map(({ records }) => records)).toEqual([300_000, 900_000]);
    expect(batches[0]?.files.map(({ sha256 }) => sha256)).toEqual(
      [text, packed].map((content) => createHash('sha256').update(content).digest('hex')),
    );
    expect(proxy.seen.filter(({ headers }) => /^bytes=[1-9]/.test(headers.range ?? '')).length).toBeGreaterThanOrEqual(
      3,
    );
  });

  test('that fail for good leave nothing behind', async () => {
    await put({ 'a.csv': long(200_000), 'b.csv': long(100_000) });
    const lake = localLake();
    proxy.decide = (seen) => (isOfObject('b.csv')(seen) ? { kind: 'cut request', after: 0 } : { kind: 'pass' });
    await expect(land(lake, [at()])).rejects.toMatchObject({ code: 'LAKE_UNREACHABLE' });
    let heads = 0;
    proxy.decide = (seen) =>
      isOfObject('b.csv')(seen) && ++heads > 1 ? { kind: 'answer', status: 503, code: 'SlowDown' } : { kind: 'pass' };
    await expect(land(lake, [at()])).rejects.toMatchObject({ code: 'LAKE_SLOW_DOWN' });
    expect(await keysOf(lake)).toEqual([]);
    expect(await lake.sweep(0, true)).toEqual({ removed: 0, bytes: 0 });
  });

  test('that somebody writes while they are read are refused, and nothing of them is stored', async () => {
    await put({ 'a.csv': long(400_000) });
    const lake = localLake();
    let reads = 0;
    let isWritten = false;
    let writing = Promise.resolve();
    const slowDown = { kind: 'answer', status: 503, code: 'SlowDown' } as const;
    proxy.decide = (seen) => {
      if (!isRead(seen) || ++reads < 2) return { kind: 'pass' };
      if (reads > 2) return isWritten ? { kind: 'pass' } : slowDown;
      writing = put({ 'a.csv': long(400_001) }).then(() => {
        isWritten = true;
      });
      return { kind: 'cut answer', after: 1_000_000 };
    };
    await expect(land(lake, [at()])).rejects.toMatchObject({ code: 'OBJECT_CHANGED' });
    await writing;
    expect(await keysOf(lake)).toEqual([]);
    proxy.decide = () => ({ kind: 'pass' });
    expect((await land(lake, [at()])).batches[0]?.files[0]?.records).toBe(400_001);
  });

  test('that are not there are said as such, with what is there', async () => {
    await put({ 'patients.csv': patients, 'deep/visits.csv': visits });
    const lake = localLake();
    const failing = (path: string) =>
      land(lake, [path]).then(
        () => undefined,
        (error: Error) => error,
      );
    expect(await failing(at('patient.csv'))).toMatchObject({
      code: 'OBJECT_NOT_FOUND',
      message: expect.stringMatching(/patient\.csv .*there are deep\/, patients\.csv/),
    });
    expect(await failing(at('deep/er/and/er/'))).toMatchObject({
      code: 'OBJECT_NOT_FOUND',
      message: expect.stringMatching(/In s3:.*\/deep\/ there are visits\.csv/),
    });
    expect(await failing('s3://no-such-bucket-of-ours/x/')).toMatchObject({ code: 'OBJECT_NO_BUCKET' });
    expect(await failing('s3://')).toMatchObject({ code: 'OBJECT_ADDRESS' });
    const empty = `${bucket.bucket}-empty`;
    await bucket.client.send(new CreateBucketCommand({ Bucket: empty }));
    expect(await failing(`s3://${empty}`)).toMatchObject({ message: expect.stringMatching(/is empty/) });
    await put({ 'only/sheet.xlsx': 'x' });
    expect(await failing(at('only/'))).toMatchObject({
      code: 'NO_FILES',
      message: expect.stringMatching(/spreadsheet/),
    });
  });

  test('that may not be read are said as such', async () => {
    await put({ 'patients.csv': patients });
    const lake = localLake();
    const asGuest = open(guest);
    await expect(land(lake, [at()], { objects: asGuest })).rejects.toMatchObject({ code: 'OBJECT_FORBIDDEN' });
    const Policy = JSON.stringify({
      Statement: [
        {
          Effect: 'Allow',
          Principal: [guest.accessKeyId],
          Action: ['s3:ListBucket'],
          Resource: `arn:aws:s3:::${bucket.bucket}`,
        },
      ],
    });
    await bucket.client.send(new PutBucketPolicyCommand({ Bucket: bucket.bucket, Policy }));
    await expect(land(lake, [at()], { objects: asGuest })).rejects.toMatchObject({ code: 'OBJECT_FORBIDDEN' });
    const wrong = open({ ...owner, secretAccessKey: 'quite another' });
    await expect(land(lake, [at()], { objects: wrong })).rejects.toMatchObject({ code: 'LAKE_CREDENTIALS' });
    await asGuest.close();
    await wrong.close();
    expect(await keysOf(lake)).toEqual([]);
  });

  test('leave no copy on this machine', async () => {
    await put(hospital);
    const lake = s3Lake();
    await land(lake, [at()]);
    expect(await readdir(join(folder, `${places}-copies`, 'scratch'))).toEqual([]);
  });
});
