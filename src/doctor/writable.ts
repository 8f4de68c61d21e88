// Whether the lake and the folder for temporary files take, give back and let go of a file.
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { App } from '../app.js';
import { isCoded } from '../errors.js';
import type { Lake } from '../lake/lake.js';
import { type Verdict, verdictOn } from './finding.js';

/** @throws what the lake throws: LAKE_READ_ONLY, LAKE_DISK_FULL, LAKE_BUSY, LAKE_FAILED. */
export async function lakeTakesFiles({ lake }: App): Promise<Verdict> {
  // Below a prefix that no stage reads and no collection counts; named by chance, since two may ask at once.
  const key = `doctor/${randomUUID()}`;
  const faults: string[] = [];
  try {
    const etag = await lake.put(key, 'first');
    if ((await lake.get(key))?.body.toString() !== 'first') faults.push('it does not give back what was written');
    if (!(await isRefused(lake.putIf(key, 'second', { absent: true }))))
      faults.push('it writes over what must be absent');
    await lake.putIf(key, 'second', { etag });
    if (!(await isRefused(lake.putIf(key, 'third', { etag })))) faults.push('it writes over what has changed');
    if (!(await isListed(lake, key))) faults.push('it does not list what was written');
  } finally {
    await lake.remove([key]);
  }
  if (await lake.get(key)) faults.push('it keeps what was removed');
  return verdictOn(faults, `${lake.address} can be written, compared, read and removed`);
}

async function isRefused(write: Promise<string>): Promise<boolean> {
  try {
    await write;
    return false;
  } catch (error) {
    if (isCoded(error, 'LAKE_CONFLICT')) return true;
    throw error;
  }
}

async function isListed(lake: Lake, wanted: string): Promise<boolean> {
  for await (const { key } of lake.list('doctor')) if (key === wanted) return true;
  return false;
}

export async function spillFolder({ config: { temp } }: App): Promise<Verdict> {
  await mkdir(temp, { recursive: true, mode: 0o700 });
  const folder = await mkdtemp(join(temp, 'doctor-'));
  try {
    const path = join(folder, 'probe');
    await writeFile(path, 'probe', { mode: 0o600 });
    const same = (await readFile(path, 'utf8')) === 'probe';
    return verdictOn(same ? [] : [`${temp} does not give back what was written`], `${temp} can be written`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
