// Where a folder is, or would be once it is made.
import { realpath } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The folder without symbolic links, or the nearest one above it that exists. */
export async function nearestFolder(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(path) === path) throw error;
    return nearestFolder(dirname(path));
  }
}
