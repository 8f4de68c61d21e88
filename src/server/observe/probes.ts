// Whether what the server needs answers, and in what time.

import type { FastifyInstance } from 'fastify';
import { rowsOf } from '../../engine/engine.js';
import { CarelakeError } from '../../errors.js';
import { readCurrent } from '../../pipeline/publish/manifest.js';
import type { CollectionDefinition } from '../../records/documents.js';
import type { Records } from '../../records/records.js';
import type { ServerParts } from '../parts.js';

export const dependencies = ['lake', 'records', 'engine'] as const;
type Dependency = (typeof dependencies)[number];

export interface Probe {
  readonly ok: boolean;
  readonly ms: number;
  /** Why not: a code of the table. */
  readonly code: string | null;
}

export interface Probed {
  readonly probes: Readonly<Record<Dependency, Probe>>;
  /** The published run; null where there is none or the lake does not say. */
  readonly run: string | null;
}

/** In milliseconds: what has not answered by then does not. */
const most = 3000;

/** Anyone may ask, as often as they like: what was found holds this long, and is looked for once at a time. */
const fresh = 1000;

declare module 'fastify' {
  interface FastifyInstance {
    probed(): Promise<Probed>;
  }
}

export function probesDependencies(app: FastifyInstance, { lake, engine, knownRecords }: ServerParts): void {
  let last: { readonly at: number; readonly probed: Promise<Probed> } | undefined;
  /** Whether a request was refused as one that cannot be answered now, since all was last found well. */
  let isRefusing = false;

  /** What reads well may yet take no writing, as a full disk: that is tried where something was refused. */
  async function probeRecords(): Promise<void> {
    const records = await knownRecords();
    await records?.entries.end();
    if (records && isRefusing) await writeTo(records);
    isRefusing = false;
  }

  async function probe(): Promise<Probed> {
    let run: string | null = null;
    const [ofLake, ofRecords, ofEngine] = await Promise.all([
      timed(async () => {
        run = (await readCurrent(lake))?.manifest.id ?? null;
      }),
      timed(probeRecords),
      timed(async () => rowsOf(await engine(), { name: 'health', sql: 'select 1 as one', inputs: {} })),
    ]);
    return { probes: { lake: ofLake, records: ofRecords, engine: ofEngine }, run };
  }

  app.addHook('onResponse', async (_, { statusCode }) => {
    if (statusCode === 503) isRefusing = true;
  });
  app.decorate('probed', () => {
    if (!last || performance.now() - last.at > fresh) last = { at: performance.now(), probed: probe() };
    return last.probed;
  });
}

const probesCollection: CollectionDefinition<{ readonly at: string }> = { name: 'probes', indexed: [] };

/** Another process that writes it at this moment has shown the same. */
async function writeTo({ documents }: Records): Promise<void> {
  const probes = documents.collection(probesCollection);
  const body = { at: new Date().toISOString() };
  const found = await probes.get('write');
  await (found ? probes.replace(found.key, found.revision, body) : probes.insert('write', body));
}

async function timed(work: () => Promise<unknown>): Promise<Probe> {
  const started = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new CarelakeError('ANSWER_TIMEOUT', `No answer after ${most} ms.`)), most);
  });
  const code = await Promise.race([work(), late]).then(
    () => null,
    (error) => (error instanceof CarelakeError ? error.code : 'INTERNAL'),
  );
  clearTimeout(timer);
  return { ok: code === null, ms: Math.round((performance.now() - started) * 10) / 10, code };
}
