// What Spark leaves in a folder besides Parquet files is removed, and the files get names that every run gives them.
import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CarelakeError } from '../../errors.js';

/**
 * Leaves in the folder, and in each folder of a partition in it, nothing but `part-00000.parquet` …, in the order of
 * Spark's tasks. Returns the paths of the files.
 * @throws ENGINE_NOT_SHARED where Spark said that it wrote, and nothing is there.
 */
export async function tidy(step: string, folder: string): Promise<string[]> {
  const files = await tidied(folder);
  if (files.length > 0) return files;
  throw new CarelakeError(
    'ENGINE_NOT_SHARED',
    `Step ${step}: Spark wrote to ${folder}, and on this machine nothing came of it.`,
  );
}

async function tidied(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const partitions = entries.filter((entry) => entry.isDirectory() && entry.name.includes('='));
  const parts = entries.filter(({ name }) => /^part-.*[.]parquet$/.test(name)).sort(byName);
  // Checksums of Hadoop's local file system and marks of its committer.
  const others = entries.filter((entry) => !partitions.includes(entry) && !parts.includes(entry));
  await Promise.all(others.map(({ name }) => rm(join(folder, name), { recursive: true, force: true })));
  const files: string[] = [];
  for (const [index, { name }] of parts.entries()) {
    const file = join(folder, `part-${String(index).padStart(5, '0')}.parquet`);
    await rename(join(folder, name), file);
    files.push(file);
  }
  for (const { name } of partitions.sort(byName)) files.push(...(await tidied(join(folder, name))));
  return files;
}

const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1);
