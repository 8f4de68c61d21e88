// The files that were sent and wait to land, while the server goes on landing them and taking new ones.
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { ignoring } from '../lake/files.js';

/** With the names of their folders, by which the records know them. One that lands before its turn is passed over. */
export async function addWaiting(
  data: string,
  add: (path: string, open: () => Promise<Readable>) => Promise<void>,
): Promise<void> {
  for await (const key of filesBelow(data, 'uploads')) {
    // On its way, and nobody was told that it is here.
    if (/^[^/]+[/][^/]+[/][^/]+[.]part([/]|$)/.test(key)) continue;
    const file = await ignoring('ENOENT', open(join(data, key)));
    if (!file) continue;
    try {
      await add(key, async () => file.createReadStream());
    } finally {
      await file.close();
    }
  }
}

/** A folder that goes away meanwhile has no files; of the others none is left out. */
async function* filesBelow(root: string, folder: string): AsyncGenerator<string> {
  const entries = (await ignoring('ENOENT', readdir(join(root, folder), { withFileTypes: true }))) ?? [];
  for (const entry of entries) {
    const key = `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* filesBelow(root, key);
    else if (entry.isFile()) yield key;
  }
}
