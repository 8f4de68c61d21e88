// The queue of files that came by HTTP, as part of the server: it begins once the server listens and ends before it closes.
import type { FastifyInstance } from 'fastify';
import { readCurrent } from '../../pipeline/publish/manifest.js';
import { keepsTryingOnceListening } from '../keeps-trying.js';
import type { ServerParts } from '../parts.js';
import { openUploadQueue, type UploadQueue } from './queue.js';
import { uploadCollection } from './upload.js';

declare module 'fastify' {
  interface FastifyInstance {
    uploads: UploadQueue;
  }
}

export function takesUploads(app: FastifyInstance, parts: ServerParts): void {
  const { lake, landings, records, knownRecords, report } = parts;
  const landed = (id: string) => app.changes.tell({ event: 'upload', data: { id, state: 'landed' } });
  const queue = openUploadQueue({ lake, landings, records, landed, report });
  app.decorate('uploads', queue);
  app.measures.queue('uploads', async () => {
    const known = await knownRecords();
    return known ? known.documents.collection(uploadCollection).count({ state: 'waiting' }) : 0;
  });
  keepsTryingOnceListening(app, report, async () => {
    // Looking makes no file of records where there is none.
    if (!(await knownRecords())) return;
    await queue.start();
    const newest = await unread();
    if (newest !== undefined) landed(newest);
  });
  app.addHook('preClose', () => queue.close());

  /** The newest file that landed and that no run has read: the process ended before its run. */
  async function unread(): Promise<string | undefined> {
    const uploads = (await records()).documents.collection(uploadCollection);
    const [newest] = await uploads.list({ where: { state: 'landed' }, descending: true, limit: 1 });
    const batches = new Set((await readCurrent(lake))?.manifest.batches);
    return newest?.body.files.some(({ batch }) => !batches.has(batch)) ? newest.key : undefined;
  }
}
