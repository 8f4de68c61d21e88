// The folder into which DuckDB spills: one for every opened engine, removed when it closes or, after a crash, by the next.
import { lstat, mkdir, readdir, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { CarelakeError } from '../../errors.js';
import { livenessOf, ownName } from '../../process-identity.js';

const prefix = 'duckdb-';
/** How often an engine says that its folder is in use, and how long one from elsewhere is believed to be without that. */
const markMs = 3_600_000;
const patienceMs = 24 * markMs;

export interface Spill {
  readonly folder: string;
  remove(): Promise<void>;
}

/**
 * Makes a fresh folder in `parent`, and removes those that processes known to be dead left there.
 * @throws ENGINE_TEMP where the folder cannot be made or written.
 */
export async function openSpill(parent: string): Promise<Spill> {
  const folder = await freshFolder(parent).catch((cause: unknown) => {
    throw new CarelakeError('ENGINE_TEMP', `${parent} cannot be written: ${(cause as Error).message}`, { cause });
  });
  const mark = setInterval(() => void utimes(folder, new Date(), new Date()).catch(() => {}), markMs);
  mark.unref();
  return {
    folder,
    remove: () => {
      clearInterval(mark);
      return rm(folder, { recursive: true, force: true });
    },
  };
}

async function freshFolder(parent: string): Promise<string> {
  // What is spilled is patients' data, and the folders made here may hold the lake too.
  await mkdir(parent, { recursive: true, mode: 0o700 });
  await sweep(parent);
  const folder = join(parent, `${prefix}${await ownName()}`);
  await mkdir(folder, { mode: 0o700 });
  return folder;
}

/**
 * The folder may be shared between machines and containers: what came from elsewhere may be in use, and stays while its
 * engine marks it. Patients' data that a container left behind is not kept for good.
 */
async function sweep(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    if (name.startsWith(prefix) && (await isLeft(parent, name)))
      await rm(join(parent, name), { recursive: true, force: true });
  }
}

async function isLeft(parent: string, name: string): Promise<boolean> {
  const liveness = await livenessOf(name.slice(prefix.length));
  if (liveness !== 'elsewhere') return liveness === 'dead';
  // One that another engine removed in this moment is not there to be looked at.
  const { mtimeMs } = await lstat(join(parent, name)).catch(() => ({ mtimeMs: Date.now() }));
  return Date.now() - mtimeMs > patienceMs;
}
