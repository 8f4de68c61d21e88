// Which spool a folder is, to all servers that share the records: an id that lies in it. A path would not do, since machines have
// the same ones; servers on one data folder share the spool, and a folder that is moved stays the spool it was.
import { randomBytes, randomUUID } from 'node:crypto';
import { link, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { flush, ignoring, writeDurably } from '../../lake/files.js';

export const nameFile = 'spool-id';

/** Undefined where nothing has waited in the folder yet. */
export const spoolName = (folder: string): Promise<string | undefined> =>
  ignoring('ENOENT', readFile(join(folder, nameFile), 'utf8'));

/** Gives the folder a name where it has none. Of several processes at once one does, with the whole name in one step. */
export async function nameSpool(folder: string): Promise<string> {
  const known = await spoolName(folder);
  if (known !== undefined) return known;
  const fresh = join(folder, `${nameFile}-${randomBytes(6).toString('hex')}.part`);
  try {
    await writeDurably(fresh, randomUUID());
    await ignoring('EEXIST', link(fresh, join(folder, nameFile)));
    await flush(folder);
  } finally {
    await rm(fresh, { force: true });
  }
  return nameSpool(folder);
}
