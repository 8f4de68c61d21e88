// Makes a backup while others go on reading and writing: one file, which appears whole or not at all.
import { createReadStream, existsSync } from 'node:fs';
import { link, mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writingTo } from '../analytics/export/writing.js';
import { type App, lakesOf } from '../app.js';
import { CarelakeError, type ErrorCode, isCoded } from '../errors.js';
import type { Lake } from '../lake/lake.js';
import { holdRuns } from '../pipeline/holding.js';
import { version } from '../version.js';
import { type BackedUpFile, type BackupList, listName, recordsName } from './contents.js';
import { addLanded, overtaken, type Snapshot, snapshotOf } from './snapshot.js';
import { addWaiting } from './waiting.js';
import { openZip, streamOf, type ZipWriter } from './zip.js';

export interface BackupOptions {
  readonly withoutLake?: boolean;
  readonly withoutRecords?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (bytes: number, of: number) => void;
}

/** @throws BACKUP_EXISTS, BACKUP_RECORDS, BACKUP_OVERTAKEN, OUTPUT_FAILED, LAKE_DISK_FULL, and what records and lake throw; nothing is there then. */
export async function writeBackup(app: App, file: string, options: BackupOptions = {}): Promise<BackupList> {
  const { withoutRecords = false, signal } = options;
  const { records } = app.config;
  if (existsSync(file)) throw exists(file);
  if (records.driver !== 'sqlite' && !withoutRecords) {
    const said =
      'The records are in MongoDB, whose own tools copy them (mongodump, snapshots): --no-records leaves them out.';
    throw new CarelakeError('BACKUP_RECORDS', said);
  }
  const part = `${file}.part`;
  await mkdir(app.config.temp, { recursive: true, mode: 0o700 });
  const staging = await mkdtemp(join(app.config.temp, 'backup-'));
  try {
    return await writingTo(file, async () => {
      const zip = openZip(part, signal);
      const list = await fill(app, zip, staging, options).catch(async (error) => {
        await zip.abort();
        throw error;
      });
      await zip.end();
      // Unlike a rename, a link takes nothing's place.
      await link(part, file).catch((cause: NodeJS.ErrnoException) => {
        throw cause.code === 'EEXIST' ? exists(file) : cause;
      });
      return list;
    });
  } finally {
    await rm(part, { force: true });
    await rm(staging, { recursive: true, force: true });
  }
}

async function fill(app: App, zip: ZipWriter, staging: string, options: BackupOptions): Promise<BackupList> {
  const { withoutLake = false, withoutRecords = false, signal, onProgress } = options;
  const made_at = new Date().toISOString();
  const lakes = withoutLake ? [] : await lakesOf(app.config);
  const holds: (() => Promise<void>)[] = [];
  try {
    for (const { lake } of lakes) holds.push(await hold(lake));
    const snapshots: ((typeof lakes)[number] & { snapshot: Snapshot })[] = [];
    for (const one of lakes) snapshots.push({ ...one, snapshot: await snapshotOf(one.lake) });
    const workspaces = snapshots.map(({ workspace, snapshot }) => ({ id: workspace, run: snapshot.run }));
    const copy = join(staging, recordsName);
    const records = withoutRecords ? null : await copyRecords(app, copy);

    const sizeOf = () => snapshots.flatMap(({ snapshot }) => [...snapshot.files.values()]).reduce((a, b) => a + b, 0);
    const files: BackedUpFile[] = [];
    let bytes = 0;
    let of = sizeOf();
    const add = async (path: string, open: Parameters<ZipWriter['add']>[1]) => {
      signal?.throwIfAborted();
      const added = await zip.add(path, open);
      files.push(added);
      bytes += added.bytes;
      onProgress?.(bytes, Math.max(bytes, of));
    };
    // Before what has landed is looked for: what waits no more when its turn comes is found there.
    if (records) await addWaiting(app.config.data, add);
    for (const { lake, snapshot } of snapshots) await addLanded(lake, snapshot);
    of = bytes + sizeOf() + (records ? (await stat(copy)).size : 0);
    if (records) await add(recordsName, async () => createReadStream(copy));
    for (const { workspace, lake, snapshot } of snapshots) {
      const own = `workspaces/${workspace}`;
      for (const [key, body] of snapshot.frozen) await add(`${own}/${key}`, async () => streamOf(body));
      for (const key of snapshot.files.keys()) {
        try {
          await add(`${own}/${key}`, () => lake.read(key));
        } catch (error) {
          // Collected meanwhile, as what only older runs need may be.
          if (!isCoded(error, 'LAKE_NOT_FOUND')) throw error;
          if (snapshot.needed.has(key) || key.startsWith('raw/batches/')) throw overtaken(lake, error);
        }
      }
    }
    const list: BackupList = { format: 1, carelake: version, made_at, workspaces, records, files };
    await zip.add(listName, async () => streamOf(JSON.stringify(list)));
    return list;
  } finally {
    // A note that cannot be taken away is cleared as a dead process's.
    for (const letGo of holds) await letGo().catch(() => undefined);
    for (const { lake } of lakes) await lake.close();
  }
}

/** A lake that takes no writing is backed up all the same: where something is collected from it, `needed` tells. */
const hold = (lake: Lake): Promise<() => Promise<void>> =>
  holdRuns(lake).catch((error) => {
    if (takesNoWriting.some((code) => isCoded(error, code))) return async () => undefined;
    throw error;
  });

const takesNoWriting = ['LAKE_READ_ONLY', 'LAKE_DISK_FULL', 'LAKE_FORBIDDEN'] as const satisfies ErrorCode[];

async function copyRecords(app: App, to: string): Promise<BackupList['records']> {
  const opened = await app.records();
  const { sequence, hash } = await (await app.audit()).head();
  if (!opened.copyTo) throw new Error(`Records in ${opened.driver} make no copy.`);
  await opened.copyTo(to);
  return { encrypted: app.config.recordsKey !== null, audit: { sequence, hash } };
}

const exists = (file: string) => new CarelakeError('BACKUP_EXISTS', `${file} is there already.`);
