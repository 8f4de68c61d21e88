// Starts a TypeScript file as a process of its own.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const loader = join(import.meta.dirname, 'typescript.mjs');

/** `user` is the number of the user that it runs as, where not ours. */
export function start(program: string, args: readonly string[], user?: number): ChildProcess {
  const as = user === undefined ? {} : { uid: user, gid: user };
  return spawn(process.execPath, ['--import', loader, program, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    ...as,
  });
}

/** What the process wrote to its standard output; fails where it did not end well. */
export async function outputOf(child: ChildProcess): Promise<string> {
  const chunks: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  const [code, signal] = await once(child, 'close');
  if (code !== 0) throw new Error(`The process ended with ${code ?? signal}.`);
  return Buffer.concat(chunks).toString();
}
