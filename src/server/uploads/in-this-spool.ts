// Which uploads are this server's to land: those whose files lie in its own spool. What lies on the disk of another server is
// left to that one, however long it is away.
import { existsSync } from 'node:fs';
import type { Lake } from '../../lake/lake.js';
import type { Collection, Document } from '../../records/documents.js';
import { landedBefore } from './landed-files.js';
import type { Spool } from './spool.js';
import type { Upload, UploadBody } from './upload.js';

export interface InThisSpool {
  /** The one that has waited longest. */
  first(): Promise<Document<UploadBody> | undefined>;
  /** Lets wait again what was left half landed by processes of which that is said. */
  takeBack(isLeft: (owner: string) => Promise<boolean>): Promise<void>;
}

/** Each process lands one file at a time, and a version that named no spools has left no more than these. */
const most = 1000;

export function inThisSpool(collection: Collection<UploadBody>, spool: Spool, lake: Lake): InThisSpool {
  async function* unnamed(state: Upload['state']): AsyncGenerator<Document<UploadBody>> {
    for (const one of await collection.list({ where: { state, spool: null }, limit: most })) {
      const { file, sha256 } = one.body;
      // Of a backup, the file may have landed after the records were copied, and waits no more.
      if (existsSync(spool.pathOf(one.key, file)) || (await landedBefore(lake, sha256))) yield one;
    }
  }

  async function named(state: Upload['state'], limit: number): Promise<Document<UploadBody>[]> {
    const name = await spool.name();
    return name === undefined ? [] : collection.list({ where: { state, spool: name }, limit });
  }

  return {
    async first() {
      for await (const one of unnamed('waiting')) return one;
      return (await named('waiting', 1))[0];
    },
    async takeBack(isLeft) {
      const landing = await named('landing', most);
      for await (const one of unnamed('landing')) landing.push(one);
      for (const { key, revision, body } of landing) {
        if (!(await isLeft(body.owner ?? ''))) continue;
        await collection.replace(key, revision, { ...body, state: 'waiting', owner: null });
      }
    },
  };
}
