// Brings a backup back into an empty data folder: everything is checked before anything takes its place.
import { createHash } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { chmod, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { lakesOf, openApp } from '../app.js';
import { s3AddressOf } from '../config/s3.js';
import type { Config } from '../config.js';
import { CarelakeError, isCoded } from '../errors.js';
import { scratchFault } from '../lake/in-scratch.js';
import { verifyChain } from '../records/audit/verify.js';
import { type EndedAccess, endAccess } from '../records/directory/end-all.js';
import { type BackedUpFile, type BackupList, isName, listName, recordsName } from './contents.js';
import { snapshotOf } from './snapshot.js';

export interface RestoreOptions {
  /** API keys stay good: none of them was revoked since the backup. */
  readonly keepKeys?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (bytes: number, of: number) => void;
}

export interface Restored extends BackupList {
  /** What was good when the backup was made, and is no more; null where it holds no records. */
  readonly ended: EndedAccess | null;
}

/** @throws BACKUP_DAMAGED, BACKUP_ELSEWHERE, RESTORE_NOT_EMPTY, RECORDS_KEY, AUDIT_BROKEN, LAKE_DISK_FULL: nothing is changed then. */
export async function restoreBackup(config: Config, file: string, options: RestoreOptions = {}): Promise<Restored> {
  const zip = await openPromise(file, { lazyEntries: true, autoClose: false }).catch((cause) => {
    throw damaged(file, (cause as Error).message, cause);
  });
  const places = placesOf(config);
  try {
    const entries = await entriesOf(file, zip);
    const list = await readList(file, zip, entries);
    await requireRoom(config, list, places.staged);
    for (const staged of places.staged) await rm(staged, { recursive: true, force: true });
    await unpack(file, zip, entries, list, places, options);
    await requireTogether(file, { ...config, lake: dirname(places.pathOf('workspaces')) });
    const ended = await checkRecords(config, list, places, options);
    for (const [from, to] of places.moves) if (existsSync(from)) await rename(from, to);
    return { ...list, ended };
  } catch (error) {
    throw scratchFault(error);
  } finally {
    zip.close();
    for (const staged of places.staged) await rm(staged, { recursive: true, force: true });
  }
}

/** Records that were checked, and hold nobody who is signed in. */
const checkedName = 'checked.sqlite';

interface Places {
  readonly staged: readonly string[];
  /** In their order: the records come last. */
  readonly moves: readonly (readonly [from: string, to: string])[];
  pathOf(name: string): string;
}

/** Each thing is unpacked where a rename brings it into place. */
function placesOf({ data, lake, records }: Config): Places {
  const file = records.driver === 'sqlite' ? records.file : join(data, recordsName);
  const [own, ofLake, ofRecords] = [data, lake, dirname(file)].map((folder) => join(folder, '.restoring')) as [
    string,
    string,
    string,
  ];
  return {
    staged: [...new Set([own, ofLake, ofRecords])],
    moves: [
      [join(ofLake, 'workspaces'), join(lake, 'workspaces')],
      [join(own, 'uploads'), join(data, 'uploads')],
      [join(ofRecords, checkedName), file],
    ],
    pathOf: (name) => join(name === recordsName ? ofRecords : name.startsWith('uploads/') ? own : ofLake, name),
  };
}

async function entriesOf(file: string, zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  try {
    for await (const entry of zip.eachEntry()) {
      const { fileName: name } = entry;
      if (name !== listName && !isName(name)) throw damaged(file, `${JSON.stringify(name)} is no name of a backup`);
      if (entries.has(name)) throw damaged(file, `${JSON.stringify(name)} is in it twice`);
      entries.set(name, entry);
    }
  } catch (cause) {
    throw cause instanceof CarelakeError ? cause : damaged(file, (cause as Error).message, cause);
  }
  return entries;
}

async function readList(file: string, zip: ZipFile, entries: ReadonlyMap<string, Entry>): Promise<BackupList> {
  const entry = entries.get(listName);
  if (!entry) throw damaged(file, `it has no ${listName}`);
  let list: BackupList;
  try {
    list = JSON.parse(await text(await zip.openReadStreamPromise(entry))) as BackupList;
  } catch (cause) {
    throw damaged(file, `${listName}: ${(cause as Error).message}`, cause);
  }
  if (list.format !== 1) throw damaged(file, `it has format ${String(list.format)}; this version reads format 1`);
  const known = new Set(list.files.map(({ path }) => path));
  const missing = list.files.find(({ path }) => !entries.has(path));
  if (missing) throw damaged(file, `${missing.path} is missing`);
  const more = [...entries.keys()].find((name) => name !== listName && !known.has(name));
  if (more !== undefined) throw damaged(file, `${more} is not in its list`);
  return list;
}

async function requireRoom(config: Config, list: BackupList, staged: readonly string[]): Promise<void> {
  const { data, lake, records } = config;
  if (list.workspaces.length > 0 && s3AddressOf(lake)) {
    throw new CarelakeError(
      'BACKUP_ELSEWHERE',
      `The backup holds a lake, and CARELAKE_LAKE is ${lake}: it is restored into a folder.`,
    );
  }
  if (list.records && records.driver !== 'sqlite') {
    throw new CarelakeError('BACKUP_ELSEWHERE', 'The backup holds records of SQLite, and CARELAKE_RECORDS is mongodb.');
  }
  const found = (await readdir(data).catch(() => [])).filter(
    (name) => !staged.includes(join(data, name)) && name !== 'temp',
  );
  const taken = [
    ...found.map((name) => join(data, name)),
    ...(list.records && records.driver === 'sqlite' && existsSync(records.file) ? [records.file] : []),
    ...(list.workspaces.length > 0 && existsSync(join(lake, 'workspaces')) ? [join(lake, 'workspaces')] : []),
  ];
  const [first] = taken;
  if (first !== undefined) throw new CarelakeError('RESTORE_NOT_EMPTY', `${first} is there.`);
}

async function unpack(
  file: string,
  zip: ZipFile,
  entries: ReadonlyMap<string, Entry>,
  { files }: BackupList,
  { pathOf }: Places,
  { signal, onProgress }: RestoreOptions,
): Promise<void> {
  const of = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  for (const expected of files) {
    signal?.throwIfAborted();
    const path = pathOf(expected.path);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const entry = entries.get(expected.path) as Entry;
    await copyOut(file, expected, path, () => zip.openReadStreamPromise(entry), signal);
    done += expected.bytes;
    onProgress?.(done, of);
  }
}

async function copyOut(
  file: string,
  { path, bytes, sha256 }: BackedUpFile,
  to: string,
  open: () => Promise<Readable>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const hash = createHash('sha256');
  let count = 0;
  async function* counted(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      count += chunk.length;
      if (count > bytes) throw damaged(file, `${path} is larger than its list says`);
      hash.update(chunk);
      yield chunk;
    }
  }
  const written = createWriteStream(to, { flags: 'wx', mode: 0o600, flush: true });
  try {
    await pipeline(await open(), counted, written, { ...(signal && { signal }) });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const isOurs = cause instanceof CarelakeError || (cause as Error).name === 'AbortError' || code?.startsWith('E');
    throw isOurs ? cause : damaged(file, `${path}: ${(cause as Error).message}`, cause);
  }
  if (count !== bytes || hash.digest('hex') !== sha256) throw damaged(file, `${path} is not what was backed up`);
}

/** That what these lakes publish and serve is all there, which the hashes of single files do not say. */
async function requireTogether(file: string, unpacked: Config): Promise<void> {
  for (const { lake } of await lakesOf(unpacked)) {
    try {
      await snapshotOf(lake);
    } catch (cause) {
      if (!isCoded(cause, 'BACKUP_OVERTAKEN') && !isCoded(cause, 'LAKE_DAMAGED')) throw cause;
      throw damaged(file, `what it publishes is not whole: ${(cause as Error).message.replace(/[.]$/, '')}`, cause);
    } finally {
      await lake.close();
    }
  }
}

/**
 * That they open with the key of this configuration, and that their audit log is whole. Sessions, refresh tokens, links and keys
 * may have been ended since, which nobody here knows: they are not brought back.
 */
async function checkRecords(
  config: Config,
  list: BackupList,
  { pathOf }: Places,
  { keepKeys = false }: RestoreOptions,
): Promise<EndedAccess | null> {
  if (!list.records) return null;
  const file = pathOf(recordsName);
  const data = dirname(file);
  const app = await openApp({ ...config, data, lake: data, records: { driver: 'sqlite', file } });
  try {
    const { lines, seals } = await app.audit();
    const anchors = list.records.audit.sequence > 0 ? [list.records.audit] : [];
    const { faults } = await verifyChain(lines, seals, { anchors });
    const [first] = faults;
    if (first) throw new CarelakeError('AUDIT_BROKEN', `In the backup: ${first.message}`);
    const { directory, copyTo } = await app.records();
    const ended = await endAccess(directory, { keys: !keepKeys });
    // What was removed is not in the copy, nor is a log beside it.
    await copyTo?.(join(data, checkedName));
    await chmod(join(data, checkedName), 0o600);
    return ended;
  } finally {
    await app.close();
  }
}

const damaged = (file: string, why: string, cause?: unknown) =>
  new CarelakeError('BACKUP_DAMAGED', `${file}: ${why}.`, { cause });
