// Reads a password: typed twice where a person sits at a terminal, without showing it; else the first line of the input.
import { stderr, stdin } from 'node:process';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { CarelakeError } from '../errors.js';

/** @throws USAGE where nothing is given, or the two are not the same */
export async function readNewPassword(signal: AbortSignal): Promise<string> {
  if (!stdin.isTTY) return given(await firstLine());
  const first = given(await hidden('New password: ', signal));
  if ((await hidden('The same again: ', signal)) === first) return first;
  throw new CarelakeError('USAGE', 'The two passwords are not the same.');
}

function given(text: string): string {
  if (text !== '') return text;
  throw new CarelakeError('USAGE', 'No password was given: type it, or send it as the first line of the input.');
}

async function firstLine(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8').split(/\r?\n/, 1)[0] ?? '';
}

/** The terminal shows nothing of what is typed. */
async function hidden(question: string, signal: AbortSignal): Promise<string> {
  stderr.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: nowhere, terminal: true });
  try {
    return await new Promise<string>((resolve, reject) => {
      lines.once('line', resolve);
      // Readline takes Ctrl-C for itself.
      lines.once('SIGINT', () => reject(new CarelakeError('INTERRUPTED', 'No password was given.')));
      lines.once('close', () => resolve(''));
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
  } finally {
    lines.close();
    stderr.write('\n');
  }
}
