// Who made a lock or a folder, as text that fits a file name, and whether that process still lives.
// `<pid>-<start>-<place>-<random>`: a pid alone is reused; pid and start time together are not, within one place.
import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { promisify } from 'node:util';

/** `elsewhere`: made on another machine, in another container or before a restart, so that nothing can be known. */
export type Liveness = 'alive' | 'dead' | 'elsewhere';

/** A name for something of this process, never given twice. */
export async function ownName(): Promise<string> {
  return `${await own()}-${randomBytes(6).toString('hex')}`;
}

/** Of the process that made a name; one that is no such name is from elsewhere. Only `dead` is certain for good. */
export async function livenessOf(name: string): Promise<Liveness> {
  const [, pid, start, place] = /^([0-9]+)-([0-9]+)-([0-9a-f]{12})-[0-9a-f]{12}$/.exec(name) ?? [];
  if (!pid || place !== (await here())) return 'elsewhere';
  return (await startOf(Number(pid))) === start ? 'alive' : 'dead';
}

let ownPrefix: Promise<string> | undefined;

function own(): Promise<string> {
  ownPrefix ??= (async () => `${process.pid}-${(await startOf(process.pid)) ?? '0'}-${await here()}`)();
  return ownPrefix;
}

let placeHere: Promise<string> | undefined;

/** Where pids are counted: on Linux one boot of one kernel and one pid name-space (a container has its own). */
function here(): Promise<string> {
  placeHere ??= (async () => {
    const place =
      process.platform === 'linux'
        ? `${await readFile('/proc/sys/kernel/random/boot_id', 'utf8')} ${await readlink('/proc/self/ns/pid')}`
        : hostname();
    return createHash('sha256').update(place).digest('hex').slice(0, 12);
  })();
  return placeHere;
}

/** When a process started, in whatever unit the system counts; undefined where there is none or only its remains. */
async function startOf(pid: number): Promise<string | undefined> {
  try {
    if (process.platform !== 'linux') {
      const { stdout } = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)]);
      return String(Date.parse(stdout.trim()));
    }
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // proc(5): the name, in parentheses, may hold anything; after it come the state and, 19 fields on, the start time.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
  } catch {
    return undefined; // the process ended, before or while we looked
  }
}
