// Makes a backup while others go on reading and writing: one file, which appears whole or not at all.
import { createReadStream, existsSync } from 'node:fs';
import { link, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { writingTo } from '../analytics/export/writing.js';
import { type App, lakesOf } from '../app.js';
import { CarelakeError, isCoded } from '../errors.js';
import { readCurrent } from '../pipeline/publish/manifest.js';
import { version } from '../version.js';
import { type BackedUpFile, type BackupList, listName, recordsName } from './contents.js';
import { addLanded, snapshotOf } from './snapshot.js';
import { openZip, streamOf, type ZipWriter } from './zip.js';

export interface BackupOptions {
  readonly withoutLake?: boolean;
  readonly withoutRecords?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (bytes: number, of: number) => void;
}

/** @throws BACKUP_EXISTS, BACKUP_RECORDS, OUTPUT_FAILED, LAKE_DISK_FULL, and what records and lake throw; nothing is there then. */
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
  try {
    const snapshots = [];
    for (const one of lakes) snapshots.push({ ...one, snapshot: await snapshotOf(one.lake) });
    const workspaces = [];
    for (const { workspace, lake } of lakes) {
      workspaces.push({ id: workspace, run: (await readCurrent(lake))?.manifest.id ?? null });
    }
    const copy = join(staging, recordsName);
    const records = withoutRecords ? null : await copyRecords(app, copy);
    const waiting = withoutRecords ? [] : await filesBelow(join(app.config.data, 'uploads'));
    for (const { lake, snapshot } of snapshots) await addLanded(lake, snapshot);

    const sizes = snapshots.flatMap(({ snapshot }) => [...snapshot.files.values()]);
    const of = sizes.reduce((sum, bytes) => sum + bytes, 0) + (records ? (await stat(copy)).size : 0);
    const files: BackedUpFile[] = [];
    let bytes = 0;
    const add = async (path: string, open: Parameters<ZipWriter['add']>[1]) => {
      signal?.throwIfAborted();
      const added = await zip.add(path, open);
      files.push(added);
      bytes += added.bytes;
      onProgress?.(bytes, of);
    };
    if (records) await add(recordsName, async () => createReadStream(copy));
    for (const { workspace, lake, snapshot } of snapshots) {
      for (const [name, body] of snapshot.swapped)
        await add(`workspaces/${workspace}/${name}`, async () => streamOf(body));
      for (const key of snapshot.files.keys()) {
        try {
          await add(`workspaces/${workspace}/${key}`, () => lake.read(key));
        } catch (error) {
          // Collected meanwhile: nothing that a kept run needs is.
          if (!isCoded(error, 'LAKE_NOT_FOUND')) throw error;
        }
      }
    }
    for (const path of waiting) {
      // One that has landed meanwhile is in the lake.
      if (!existsSync(path)) continue;
      await add(`uploads/${relative(join(app.config.data, 'uploads'), path)}`, async () => createReadStream(path));
    }
    const list: BackupList = { format: 1, carelake: version, made_at, workspaces, records, files };
    await zip.add(listName, async () => streamOf(JSON.stringify(list)));
    return list;
  } finally {
    for (const { lake } of lakes) await lake.close();
  }
}

async function copyRecords(app: App, to: string): Promise<BackupList['records']> {
  const opened = await app.records();
  const { sequence, hash } = await (await app.audit()).head();
  if (!opened.copyTo) throw new Error(`Records in ${opened.driver} make no copy.`);
  await opened.copyTo(to);
  return { encrypted: app.config.recordsKey !== null, audit: { sequence, hash } };
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return paths.filter((path) => !/[.]part[/\\]/.test(relative(folder, path)));
}

const exists = (file: string) => new CarelakeError('BACKUP_EXISTS', `${file} is there already.`);
