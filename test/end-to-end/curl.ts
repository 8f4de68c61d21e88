// A request as an old script makes it: a process of curl that sends what it is told and nothing else.
import { execFile } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

/** The fields of the JSON that was answered, and its status. Where the machine has too much to do, it is asked again. */
export async function curl(...args: readonly string[]): Promise<Record<string, unknown> & { readonly status: number }> {
  for (;;) {
    const { stdout } = await promisify(execFile)('curl', ['--silent', '--show-error', '-w', '\n%{http_code}', ...args]);
    const end = stdout.lastIndexOf('\n');
    const body = JSON.parse(stdout.slice(0, end)) as Record<string, unknown>;
    if (body.code !== 'SERVER_BUSY') return { ...body, status: Number(stdout.slice(end + 1)) };
    await pause(500);
  }
}

export const curlPost = (url: string, body: object) =>
  curl('-X', 'POST', url, '-H', 'Content-Type: application/json', '-d', JSON.stringify(body));
