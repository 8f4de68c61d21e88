// Whether others on this machine are kept out of the folders with patients' data.
import { stat } from 'node:fs/promises';
import type { App } from '../app.js';
import type { Verdict } from './finding.js';
import { localFolders } from './local-folders.js';

const others = 0o077;

export async function permissions({ config }: App): Promise<Verdict> {
  if (process.platform === 'win32') {
    return { state: 'unknown', detail: 'Windows keeps its permissions where this cannot see them.' };
  }
  const open: string[] = [];
  for (const folder of localFolders(config)) {
    const mode = await modeOf(folder);
    if (mode !== undefined && (mode & others) !== 0)
      open.push(`${folder} has mode ${mode.toString(8).padStart(4, '0')}`);
  }
  if (open.length === 0) return { state: 'ok', detail: 'only its owner can open the data folder' };
  return { state: 'warning', detail: `${open.join(', ')}: others can look into it. Close it with chmod 700.` };
}

/** Undefined where there is no such folder yet: it is made closed. */
async function modeOf(folder: string): Promise<number | undefined> {
  try {
    return (await stat(folder)).mode & 0o7777;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
