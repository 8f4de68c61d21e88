// Queues of files over a lake and records in memory, each with the spool that a test gives it.
import { EventEmitter, once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Collection } from '../../../src/records/documents.js';
import { openMemoryRecords } from '../../../src/records/memory.js';
import type { Landings } from '../../../src/server/uploads/landing.js';
import { openUploadQueue, type UploadQueue } from '../../../src/server/uploads/queue.js';
import { type UploadBody, uploadCollection } from '../../../src/server/uploads/upload.js';
import { openWorkspace } from '../../pipeline/harness.js';

export type Land = Landings['land'];
export type TestedQueue = UploadQueue & { readonly told: readonly string[]; send(): Promise<string> };

export const nothing = { batches: [], skipped: [], unread: {}, warnings: [] };
export const how = { mode: 'upsert' } as const;
export const audit = { by: 'ann', from: '127.0.0.1', request: null };

export interface Place {
  readonly records: ReturnType<typeof openMemoryRecords>;
  readonly uploads: Collection<UploadBody>;
  newSpool(): Promise<string>;
  /** It tells of what has landed, and of what went wrong. */
  queueOf(folder: string, land: Land, records?: Place['records']): TestedQueue;
  close(): Promise<void>;
}

export async function openPlace(): Promise<Place> {
  const workspace = await openWorkspace();
  const own = openMemoryRecords();
  const folders: string[] = [];
  return {
    records: own,
    uploads: own.documents.collection(uploadCollection),
    async newSpool() {
      folders.push(await mkdtemp(join(tmpdir(), 'carelake-uploads-')));
      return folders.at(-1) as string;
    },
    queueOf(folder, land, records = own) {
      const told: string[] = [];
      const landings: Landings = { folder, mostBytes: 1000, land, tryOut: () => Promise.reject(new Error('no')) };
      const queue = openUploadQueue({
        ...{ lake: workspace.lake, landings, records: async () => records },
        landed: (id) => told.push(id),
        report: (text) => told.push(text),
      });
      const send = async () => (await queue.add(await take(queue), { how, audit })).key;
      return { ...queue, told, send };
    },
    async close() {
      await workspace.close();
      for (const folder of folders) await rm(folder, { recursive: true });
    },
  };
}

export const take = (queue: UploadQueue, text = 'a,b\n') =>
  queue.spool.take(queue.newId(), 'p.csv', Readable.from([Buffer.from(text)]));

/** The files that wait in a spool; what names the spool is none. */
export const waitingIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder).catch(() => [])).filter((name) => name !== 'spool-id').sort();

/** A land that waits until it is let go, and tells with what it was called. */
export function held(): { readonly land: Land; readonly paths: string[]; letGo(): void } {
  const paths: string[] = [];
  const gate = new EventEmitter();
  const gone = once(gate, 'open');
  return {
    paths,
    letGo: () => void gate.emit('open'),
    async land(path) {
      paths.push(path);
      await gone;
      return nothing;
    },
  };
}

export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise(setImmediate);
}
