// What Spark leaves in a folder besides Parquet files is removed, and the files get names that every run gives them.
import { readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CarelakeError } from '../../errors.js';

/**
 * Leaves in the folder nothing but `part-00000.parquet` …, in the order of Spark's tasks.
 * @throws ENGINE_NOT_SHARED where Spark said that it wrote, and nothing is there.
 */
export async function tidy(step: string, folder: string): Promise<string[]> {
  const names = await readdir(folder);
  const parts = names.filter((name) => /^part-.*[.]parquet$/.test(name)).sort();
  if (parts.length === 0) {
    throw new CarelakeError(
      'ENGINE_NOT_SHARED',
      `Step ${step}: Spark wrote to ${folder}, and on this machine nothing came of it.`,
    );
  }
  // Checksums of Hadoop's local file system and marks of its committer.
  const others = names.filter((name) => !parts.includes(name));
  await Promise.all(others.map((name) => rm(join(folder, name), { recursive: true, force: true })));
  const renamed = parts.map((_, index) => join(folder, `part-${String(index).padStart(5, '0')}.parquet`));
  for (const [index, part] of parts.entries()) await rename(join(folder, part), renamed[index] as string);
  return renamed;
}
