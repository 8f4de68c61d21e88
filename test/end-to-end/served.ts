// A command that serves, started as a user does, until the test ends it.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { ended, type Place } from './place.js';

export interface Served {
  readonly url: string;
  stop(): Promise<void>;
}

/** Waits until the command has said where it serves, on either of its outputs. */
export async function serving(place: Place, args: readonly string[]): Promise<Served> {
  const child = place.start(args);
  const end = ended(child);
  const url = await new Promise<string>((found, failed) => {
    let said = '';
    for (const output of [child.stdout, child.stderr]) {
      output?.on('data', (text: string) => {
        said += text;
        const address = /http:\/\/127\.0\.0\.1:[0-9]+/.exec(said);
        if (address) found(address[0]);
      });
    }
    end.then(
      ({ code, stderr }) => failed(new Error(`carelake ${args.join(' ')} ended with ${code}: ${stderr}`)),
      failed,
    );
  });
  return {
    url,
    async stop() {
      child.kill('SIGTERM');
      await end;
    },
  };
}

export async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return String(port);
}
