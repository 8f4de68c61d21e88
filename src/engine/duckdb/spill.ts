// The folder into which DuckDB spills: one for every opened engine, removed when it closes or, after a crash, by the next.
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { CarelakeError } from '../../errors.js';

// Process ids mean something on one machine only, and folders may be shared between machines.
const host = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
const ownFolders = new Set<string>();

export interface Spill {
  readonly folder: string;
  remove(): Promise<void>;
}

/**
 * Makes a fresh folder in `parent`, and removes those that dead processes of this machine left there.
 * @throws ENGINE_TEMP where the folder cannot be made or written.
 */
export async function openSpill(parent: string): Promise<Spill> {
  const folder = await freshFolder(parent).catch((cause: unknown) => {
    throw new CarelakeError('ENGINE_TEMP', `${parent} cannot be written: ${(cause as Error).message}`, { cause });
  });
  ownFolders.add(basename(folder));
  return {
    folder,
    remove: async () => {
      await rm(folder, { recursive: true, force: true });
      ownFolders.delete(basename(folder));
    },
  };
}

async function freshFolder(parent: string): Promise<string> {
  // What is spilled is patients' data, and the folders made here may hold the lake too.
  await mkdir(parent, { recursive: true, mode: 0o700 });
  await sweep(parent);
  return mkdtemp(join(parent, `duckdb-${host}-${process.pid}-`));
}

async function sweep(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const [, machine, pid] = /^duckdb-([0-9a-f]{8})-([0-9]+)-/.exec(name) ?? [];
    if (machine !== host || ownFolders.has(name)) continue;
    // In a container every start may get the same process id: a folder of "ours" that we did not make is a dead one's.
    if (Number(pid) === process.pid || !isAlive(Number(pid)))
      await rm(join(parent, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // alive, and somebody else's
  }
}
