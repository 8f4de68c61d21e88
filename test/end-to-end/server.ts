// carelake serve, started as a user does, and what it tells of itself.
import type { ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { type Ended, ended, type Place, type StartOptions } from './place.js';

interface Told {
  readonly url: string;
  readonly auth: 'on' | 'off';
  readonly first_sign_in: { readonly url: string; readonly expires_at: string } | null;
}

export interface Server {
  readonly url: string;
  /** What it said when it began to listen. */
  readonly told: Told;
  readonly process: ChildProcess;
  readonly end: Promise<Ended>;
}

/** Waits until it says where it listens. */
export async function startServer(place: Place, options: StartOptions = {}): Promise<Server> {
  const child = place.start(['serve', '--port', '0', '--json'], options);
  const end = ended(child);
  const told = await new Promise<Told>((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk) => {
      text += chunk;
      if (text.trimEnd().endsWith('}')) resolve(JSON.parse(text) as Told);
    });
    end.then(({ stdout, stderr }) => reject(new Error(`It ended: ${stdout}${stderr}`)), reject);
  });
  return { url: told.url, told, process: child, end };
}

/** A server that has too much to do, as on a machine that runs other tests, is taken at its word. */
export async function ask(...asked: Parameters<typeof askOnce>): ReturnType<typeof askOnce> {
  for (;;) {
    const answer = await askOnce(...asked);
    if (answer.body?.code !== 'SERVER_BUSY') return answer;
    await pause(1000 * Number(answer.headers.get('retry-after')));
  }
}

async function askOnce(url: string, method = 'GET', body?: unknown, headers: Record<string, string> = {}) {
  const answer = await fetch(url, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  // biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for
  return { status: answer.status, headers: answer.headers, body: (text === '' ? undefined : JSON.parse(text)) as any };
}

export interface ServerEvent {
  readonly event: string;
  // biome-ignore lint/suspicious/noExplicitAny: each test knows what it waits for
  readonly data: any;
}

export interface Listening {
  /** Waits until no entry waits for a run; returns all events that were read. */
  settled(): Promise<ServerEvent[]>;
  stop(): Promise<void>;
}

export async function listenTo(url: string): Promise<Listening> {
  const stop = new AbortController();
  const answer = await fetch(`${url}/api/events`, { signal: stop.signal });
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) throw new Error(`There are no events: ${answer.status}`);
  let text = '';
  /** The next event; comments and times to wait are none. */
  const next = async (): Promise<ServerEvent> => {
    for (;;) {
      const end = text.indexOf('\n\n');
      const found = /^event: (.*)\ndata: (.*)$/.exec(text.slice(0, Math.max(0, end)));
      if (end >= 0) text = text.slice(end + 2);
      if (found) return { event: found[1] ?? '', data: JSON.parse(found[2] ?? '') };
      if (end >= 0) continue;
      const { value, done } = await reader.read();
      if (done) throw new Error('The events ended.');
      text += value;
    }
  };
  const until = async (isIt: (event: ServerEvent) => boolean): Promise<ServerEvent[]> => {
    const read: ServerEvent[] = [];
    for (;;) {
      const event = await next();
      read.push(event);
      if (isIt(event)) return read;
    }
  };
  return {
    async settled() {
      const read: ServerEvent[] = [];
      for (;;) {
        read.push(...(await until(({ event, data }) => event === 'run' && data.state === 'idle')));
        const { body } = await ask(`${url}/api/runs`);
        if (body.now.pending_entries === 0) return read;
      }
    },
    async stop() {
      stop.abort();
      await reader.cancel().catch(() => undefined);
    },
  };
}
