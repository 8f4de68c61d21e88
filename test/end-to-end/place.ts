// A folder of its own in which a test uses the program as a user does: `node dist/cli/main.js …`, one process a command.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Manifest } from '../../src/pipeline/publish/manifest.js';

const program = join(import.meta.dirname, '../../dist/cli/main.js');

/** Tests of other things need not sign in, and do so much at once that a server may be late. */
const ofTests = { CARELAKE_AUTH: 'off', CARELAKE_BUSY_AFTER: 'off' };

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface StartOptions {
  /** Names of the environment beside PATH and HOME. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The number of the user that it runs as, where not ours. */
  readonly user?: number;
  /** The name of a machine of its own: it has other process numbers and another host name than this one (Linux, as root). */
  readonly machine?: string;
}

/** What `--json` prints when a command fails. */
export interface Failure {
  readonly success: false;
  readonly code: string;
  readonly detail: string;
  readonly fix: string;
}

export class Place {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  static async make(): Promise<Place> {
    return new Place(await mkdtemp(join(tmpdir(), 'carelake-program-')));
  }

  /** Starts a command without waiting for its end. */
  start(args: readonly string[], { environment = {}, user, machine }: StartOptions = {}): ChildProcess {
    const command = [...(machine === undefined ? [] : onMachine(machine)), process.execPath, program, ...args];
    return spawn(command[0] as string, command.slice(1), {
      cwd: this.path,
      env: { PATH: process.env.PATH, HOME: this.path, ...ofTests, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(user !== undefined && { uid: user, gid: user }),
      // Signals to the group reach the program behind what makes the machine.
      detached: machine !== undefined,
    });
  }

  async run(args: readonly string[], options: StartOptions = {}): Promise<Ended> {
    return ended(this.start(args, options));
  }

  /** The one JSON document of a command that must succeed. */
  async json<Document>(args: readonly string[], options: StartOptions = {}): Promise<Document> {
    const { code, stdout, stderr } = await this.run([...args, '--json'], options);
    if (code !== 0) throw new Error(`carelake ${args.join(' ')} ended with ${code}: ${stdout}${stderr}`);
    return JSON.parse(stdout) as Document;
  }

  /** What `--json` says of a command that must fail. */
  async failure(args: readonly string[], options: StartOptions = {}): Promise<Failure & { readonly exit: number }> {
    const { code, stdout, stderr } = await this.run([...args, '--json'], options);
    if (code === 0 || code === null) throw new Error(`carelake ${args.join(' ')} did not fail: ${stdout}${stderr}`);
    return { ...(JSON.parse(stdout) as Failure), exit: code };
  }

  /** The rows of `carelake query`. */
  async query(sql: string, options: readonly string[] = []): Promise<unknown[][]> {
    return (await this.json<{ rows: unknown[][] }>(['query', sql, ...options])).rows;
  }

  /** A path inside the workspace `default`. */
  lake(...parts: readonly string[]): string {
    return join(this.path, 'carelake-data/workspaces/default', ...parts);
  }

  /** The manifest of the published run. */
  async manifest(): Promise<Manifest> {
    const { run } = JSON.parse(await readFile(this.lake('current.json'), 'utf8')) as { run: string };
    return JSON.parse(await readFile(this.lake('runs', run, 'manifest.json'), 'utf8')) as Manifest;
  }

  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }
}

const ownNamespaces = ['unshare', '--uts', '--pid', '--fork', '--mount-proc', '--kill-child'];

const onMachine = (name: string): string[] => [...ownNamespaces, 'sh', '-c', 'hostname "$0" && exec "$@"', name];

/** Whether this system lets a test make machines: Linux, as root. */
export const canMakeMachines = spawnSync('unshare', [...ownNamespaces.slice(1), 'true']).status === 0;

/** Waits until a process has ended, and hands out what it wrote. */
export async function ended(child: ChildProcess): Promise<Ended> {
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      written[name] += text;
    });
  }
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { code, signal, ...written };
}

/** The row of `status --json` for one file. */
export interface FileRow {
  readonly file: string;
  readonly source: string;
  readonly lines: number;
  readonly header: number;
  readonly blank: number;
  readonly used: number;
  readonly duplicates: number;
  readonly rejected: number;
  readonly not_used: number;
  readonly records: { total: number; used: number; duplicates: number; rejected: number; not_used: number };
}

export interface StatusDocument {
  readonly workspace: string;
  readonly run: { id: string; as_of: string; finished_at: string; engine: string; grade: string | null } | null;
  readonly tables: Readonly<Record<string, { rows: number }>>;
  readonly accounting: readonly FileRow[];
  readonly orphans: Readonly<Record<string, number>>;
  readonly twins: Readonly<Record<string, number>>;
  readonly pending_entries: number;
}

export interface IngestDocument {
  readonly batches: readonly {
    id: string;
    source: string;
    files: readonly {
      name: string;
      sha256: string;
      bytes: number;
      encoding: string;
      records: number;
      rejected: number;
      already_there: boolean;
    }[];
  }[];
  readonly skipped: readonly { file: string; why: string }[];
  readonly unread: Readonly<Record<string, readonly string[]>>;
}
