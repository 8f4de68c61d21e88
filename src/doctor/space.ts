// Whether the disks of the lake and of the temporary files have room for a run.
import { statfs } from 'node:fs/promises';
import type { App } from '../app.js';
import type { Verdict } from './finding.js';
import { localFolders } from './local-folders.js';
import { nearestFolder } from './nearest-folder.js';
import { sizeText } from './size.js';

const least = 5e9;

/** All in bytes. A run may write each raw table again, cleaned and published, and spill as much. */
export function spaceVerdict(places: readonly { folder: string; free: number }[], raw: number): Verdict {
  const wanted = Math.max(least, 2 * raw);
  const detail = places.map(({ folder, free }) => `${sizeText(free)} free for ${folder}`).join(', ');
  if (places.every(({ free }) => free >= wanted)) return { state: 'ok', detail };
  return { state: 'warning', detail: `${detail}: less than the ${sizeText(wanted)} that a run may need.` };
}

export async function freeSpace({ config, lake }: App): Promise<Verdict> {
  let raw = 0;
  for await (const { bytes } of lake.list('raw')) raw += bytes;
  const places = localFolders(config).map(async (folder) => {
    const { bavail, bsize } = await statfs(await nearestFolder(folder));
    return { folder, free: bavail * bsize };
  });
  return spaceVerdict(await Promise.all(places), raw);
}
