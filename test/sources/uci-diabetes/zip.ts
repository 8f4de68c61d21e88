// The real zip's members, unpacked into a folder.
import { createWriteStream } from 'node:fs';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';

/** Paths of the members by their base names. */
export async function unpack(zip: string, folder: string): Promise<Map<string, string>> {
  const paths = new Map<string, string>();
  const file = await openPromise(zip);
  for await (const entry of file.eachEntry()) {
    if (entry.fileName.endsWith('/')) continue;
    const path = join(folder, basename(entry.fileName));
    await pipeline(await file.openReadStreamPromise(entry), createWriteStream(path));
    paths.set(basename(entry.fileName), path);
  }
  return paths;
}
