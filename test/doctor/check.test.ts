// What the doctor finds in workspaces that are in order and in such as are not.
import { chmod, chown, mkdir, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Finding } from '../../src/doctor/check.js';
import { takeLock } from '../../src/pipeline/lock.js';
import { readCurrent } from '../../src/pipeline/publish/manifest.js';
import { run } from '../../src/pipeline/run.js';
import { readStep } from '../../src/pipeline/runner.js';
import { outputOf, start } from '../child/run.js';
import { Workspace } from './workspace.js';

let workspace: Workspace;
beforeEach(async () => {
  workspace = await Workspace.fresh();
});
afterEach(() => workspace.remove());

/** Depend on the machine that the tests run on. */
const machine = ['memory', 'free space', 'encryption'];

const notOk = (findings: Record<string, Finding>) =>
  Object.keys(findings).filter((name) => findings[name]?.state !== 'ok' && !machine.includes(name));

test('a fresh workspace is in order, and holds no file afterwards', async () => {
  const findings = await workspace.findings();
  expect(notOk(findings)).toEqual([]);
  for (const name of machine) expect(findings[name]?.state).not.toBe('failed');
  expect(findings.batches?.detail).toBe('nothing landed yet');
  expect(findings['published run']?.detail).toBe('no run published yet');
  expect(findings.account?.detail).toBe('no run published yet');
  expect(findings.configuration?.detail).toContain(`data in ${workspace.app.config.data}`);
  expect(findings.configuration?.detail).toContain('duckdb with 300 MB of memory and 2 threads');
  expect(await workspace.keys('')).toEqual([]);
  expect((await stat(workspace.app.config.data)).mode & 0o777).toBe(0o700);
});

test('a workspace that has landed and run is in order', async () => {
  await workspace.land();
  await workspace.run();
  const keys = await workspace.keys('');
  const findings = await workspace.findings();
  expect(notOk(findings)).toEqual([]);
  expect(findings.batches?.detail).toBe('no file of any batch is missing (batches: 1, files: 1)');
  expect(findings.account?.detail).toBe('6 lines of 1 files, each accounted for');
  expect(findings['published run']?.detail).toMatch(/^run 000001-[0-9a-f]{12}: [0-9]+ tables /);
  expect(await workspace.keys('')).toEqual(keys);
});

/** The folder of the step that made the published patients, and its Parquet file. */
async function publishedPatients() {
  const manifest = (await readCurrent(workspace.app.lake))?.manifest;
  const hash = manifest?.tables.patients?.step ?? '';
  const record = await readStep(workspace.app.lake, hash);
  return { manifest, folder: `steps/${hash}`, parquet: `steps/${hash}/${record?.files[0]}` };
}

test('a Parquet file of the published run that is gone is named', async () => {
  await workspace.land();
  await workspace.run();
  const { parquet } = await publishedPatients();
  await rm(workspace.path(parquet));
  const findings = await workspace.findings();
  expect(notOk(findings)).toEqual(['published run']);
  expect(findings['published run']?.state).toBe('failed');
  expect(findings['published run']?.detail).toContain(`${parquet} is missing`);
});

test('a Parquet file that was cut short, and a step.json that is gone or damaged, are named', async () => {
  await workspace.land();
  await workspace.run();
  const { folder, parquet } = await publishedPatients();
  await truncate(workspace.path(parquet), 20);
  expect((await workspace.findings())['published run']).toMatchObject({
    state: 'failed',
    detail: expect.stringMatching(/^patients: .*LAKE_DAMAGED.*part-0[.]parquet/),
  });
  await writeFile(workspace.path(`${folder}/step.json`), '{"format"');
  expect((await workspace.findings())['published run']).toMatchObject({
    state: 'failed',
    detail: expect.stringContaining(`(LAKE_DAMAGED): ${folder}/step.json of 9 bytes is not the JSON`),
  });
  await rm(workspace.path(`${folder}/step.json`));
  expect((await workspace.findings())['published run']).toMatchObject({
    state: 'failed',
    detail: expect.stringContaining(`${folder}/step.json is missing`),
  });
});

test('a byte that changed in a file is found by a deep look alone, which names the file', async () => {
  await workspace.land();
  await workspace.run();
  expect((await workspace.findings({ deep: true })).contents).toMatchObject({
    state: 'ok',
    detail: expect.stringMatching(/^[0-9]+ files hold what was written/),
  });
  const { parquet } = await publishedPatients();
  const [raw = ''] = await workspace.keys('raw/files');
  // In a page of the first column, which a count of the rows does not read.
  for (const key of [parquet, raw]) await flipByte(workspace.path(key), 20);
  const findings = await workspace.findings({ deep: true });
  expect(notOk(findings)).toEqual(['contents']);
  expect(findings.contents?.state).toBe('failed');
  for (const key of [parquet, raw]) expect(findings.contents?.detail).toContain(`${key} is not what was written`);
  expect((await workspace.findings()).contents).toBeUndefined();
});

test('steps made again after damage keep the hashes of their new files', async () => {
  await workspace.land();
  await workspace.run();
  const { parquet } = await publishedPatients();
  await truncate(workspace.path(parquet), 20);
  await run(workspace.app.lake, await workspace.app.engine(), { full: true });
  expect((await workspace.findings({ deep: true })).contents?.state).toBe('ok');
});

test('a step that keeps no hash is not said to be in order', async () => {
  await workspace.land();
  await workspace.run();
  const { folder, manifest } = await publishedPatients();
  const { sha256: _, ...earlier } = (await readStep(workspace.app.lake, manifest?.tables.patients?.step ?? '')) ?? {};
  await writeFile(workspace.path(`${folder}/step.json`), JSON.stringify(earlier));
  expect((await workspace.findings({ deep: true })).contents).toEqual({
    name: 'contents',
    state: 'unknown',
    detail: '1 steps keep no hash of their files: an earlier version made them',
  });
});

async function flipByte(path: string, at: number): Promise<void> {
  const bytes = await readFile(path);
  bytes[at] = (bytes[at] ?? 0) ^ 0xff;
  await writeFile(path, bytes);
}

test('a manifest whose rows or lines are not those of the files is told from them', async () => {
  await workspace.land();
  await workspace.run();
  const { manifest } = await publishedPatients();
  if (!manifest?.tables.patients) throw new Error('No patients were published.');
  const wrong = {
    ...manifest,
    tables: { ...manifest.tables, patients: { ...manifest.tables.patients, rows: 3 } },
    accounting: manifest.accounting.map((file) => ({ ...file, used: (file.used ?? 0) - 1 })),
  };
  await writeFile(workspace.path(`runs/${manifest.id}/manifest.json`), JSON.stringify(wrong));
  const findings = await workspace.findings();
  expect(notOk(findings)).toEqual(['published run', 'account']);
  expect(findings['published run']?.detail).toBe('patients has 2 rows; the run wrote 3');
  expect(findings.account?.detail).toMatch(/\(ACCOUNT_OPEN\): .*patients\.csv has 6 lines/);
});

test('a deep look asks the metrics, and names those whose number is not that of the run', async () => {
  await workspace.land();
  await workspace.run();
  const whole = await workspace.findings({ deep: true });
  expect(whole.analytics).toMatchObject({
    state: 'ok',
    detail: expect.stringMatching(/: total_patients 2, total_visits 0, total_prescriptions 0$/),
  });
  expect(whole.models).toMatchObject({ state: 'ok', detail: 'served: no readmission, no risk, no progression' });
  expect(whole.predictions).toMatchObject({ state: 'ok', detail: 'no model is served' });
  const { manifest } = await publishedPatients();
  const tables = { ...manifest?.tables, patients: { ...manifest?.tables.patients, rows: 3 } };
  await writeFile(workspace.path(`runs/${manifest?.id}/manifest.json`), JSON.stringify({ ...manifest, tables }));
  const { analytics } = await workspace.findings({ deep: true });
  expect(analytics).toMatchObject({ state: 'failed', detail: 'total_patients is 2; the run has 3 rows of patients' });
});

test('a model that is served and cannot be opened is named by a deep look', async () => {
  await workspace.land();
  await workspace.run();
  await mkdir(workspace.path('models/risk'), { recursive: true });
  const served = { version: '000001-0123456789ab', promoted_at: '2026-03-01T00:00:00.000Z', before: [] };
  await writeFile(workspace.path('models/risk/current.json'), JSON.stringify(served));
  const { models, predictions } = await workspace.findings({ deep: true });
  for (const finding of [models, predictions]) {
    expect(finding).toMatchObject({ state: 'failed', detail: expect.stringMatching(/^risk: .*MODEL_UNKNOWN/) });
  }
});

test('a damaged batch.json is named, with its code', async () => {
  await workspace.land();
  const key = (await workspace.keys('raw/batches')).find((one) => one.endsWith('batch.json')) ?? '';
  await truncate(workspace.path(key), 100);
  const { batches } = await workspace.findings();
  expect(batches?.state).toBe('failed');
  expect(batches?.detail).toContain(`(LAKE_DAMAGED): ${key} of 100 bytes`);
  await writeFile(workspace.path(key), '{"format":2}');
  expect((await workspace.findings()).batches?.detail).toContain(`(BATCH_FORMAT): ${key} has format 2`);
});

test('a raw file, a raw table and a batch of the published run that are gone are named', async () => {
  await workspace.land();
  await workspace.run();
  const [raw] = await workspace.keys('raw/files');
  const parquet = (await workspace.keys('raw/batches')).find((key) => key.endsWith('.parquet')) ?? '';
  await workspace.app.lake.remove([raw ?? '', parquet]);
  const { batches } = await workspace.findings();
  expect(batches?.state).toBe('failed');
  expect(batches?.detail).toContain(`${parquet} is missing or empty`);
  expect(batches?.detail).toContain('(patients.csv) is missing');
  await workspace.app.lake.remove(await workspace.keys('raw/batches'));
  expect((await workspace.findings())['published run']).toMatchObject({
    state: 'failed',
    detail: expect.stringMatching(/^its batch [0-9a-f]{16} is gone/),
  });
});

test('a run lock is told as held by a living run or left by one that died', async () => {
  const lock = await takeLock(workspace.app.lake);
  expect((await workspace.findings())['run lock']).toMatchObject({
    state: 'ok',
    detail: expect.stringContaining(`a run is in progress: process ${process.pid} on ${hostname()}`),
  });
  await lock.release();
  const since = '2024-05-06T07:08:09.000Z';
  const stale = { token: 'x', host: hostname(), pid: process.pid, since, heartbeat: Date.parse(since) };
  await workspace.app.lake.put('run.lock', JSON.stringify(stale));
  await utimes(workspace.path('run.lock'), new Date(since), new Date(since));
  const findings = await workspace.findings();
  expect(findings['run lock']).toMatchObject({
    state: 'warning',
    detail: expect.stringContaining(`process ${process.pid} on ${hostname()}, since ${since}`),
  });
  // Who only looks does not take it over.
  expect(findings.leftovers?.state).toBe('ok');
  expect(await workspace.keys('')).toEqual(['run.lock']);
});

test('a batch that landed in the future is a warning', async () => {
  await workspace.land(() => new Date(Date.now() + 86_400_000));
  expect((await workspace.findings()).clock).toMatchObject({
    state: 'warning',
    detail: expect.stringMatching(/but batch 1 landed at/),
  });
});

test('a data folder that others can look into is a warning with its mode', async () => {
  const { data } = workspace.app.config;
  await mkdir(data);
  await chmod(data, 0o755);
  expect((await workspace.findings()).permissions).toMatchObject({
    state: 'warning',
    detail: `${data} has mode 0755: others can look into it. Close it with chmod 700.`,
  });
});

test('what a crash left long ago is counted, and left alone', async () => {
  await workspace.app.lake.put('runs/000001-abc/manifest.json', JSON.stringify({ id: '000001-abc', steps: {} }));
  for (let run = 2; run <= 11; run++) {
    const id = `${String(run).padStart(6, '0')}-abc`;
    await workspace.app.lake.put(`runs/${id}/manifest.json`, JSON.stringify({ id, steps: {} }));
  }
  expect((await workspace.findings()).leftovers).toMatchObject({
    state: 'ok',
    detail: expect.stringMatching(/^carelake gc would remove 1 files that no kept run needs and 0 left by crashes/),
  });
  expect(await workspace.keys('runs')).toHaveLength(11);
});

test('a folder that may not be written is said with its code, and ends nothing', async () => {
  const data = join(workspace.folder, 'data');
  await workspace.land();
  await workspace.run();
  await workspace.app.close();
  // The superuser may write everywhere, so the refused process is someone else's then.
  const someone = process.getuid?.() === 0 ? 65534 : undefined;
  const paths = ['', 'data', ...(await readdir(data, { recursive: true })).map((name) => join('data', name))];
  const folders: string[] = [];
  for (const path of paths.map((name) => join(workspace.folder, name))) {
    if (someone) await chown(path, someone, someone);
    if ((await stat(path)).isDirectory()) folders.push(path);
  }
  for (const path of folders) await chmod(path, 0o500);
  const worker = start(join(import.meta.dirname, 'check-worker.ts'), [data], someone);
  const findings: Finding[] = JSON.parse(await outputOf(worker));
  for (const path of folders) await chmod(path, 0o700);
  const of = Object.fromEntries(findings.map((finding) => [finding.name, finding]));
  expect(notOk(of)).toEqual(['lake', 'temporary files', 'engine', 'published run']);
  expect(of.lake?.detail).toMatch(/\(LAKE_READ_ONLY\): local lake: cannot write/);
  expect(of['temporary files']?.detail).toMatch(/^EACCES: .*temp/);
  expect(of.batches?.state).toBe('ok');
  expect(of.account?.state).toBe('ok');
});
