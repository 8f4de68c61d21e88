// Whether all that has landed is whole, and landed in the past.
import type { App } from '../app.js';
import { type Batch, batchFiles, batchKey, readBatch } from '../pipeline/batch.js';
import { failureText, type Verdict, verdictOn } from './finding.js';

export async function batchesWhole({ lake }: App): Promise<Verdict> {
  const sizes = new Map<string, number>();
  for await (const { key, bytes } of lake.list('raw')) sizes.set(key, bytes);
  const contents = new Set([...sizes.keys()].map((key) => key.split('/')).map(([, kind, name]) => `${kind}/${name}`));
  const faults: string[] = [];
  let files = 0;
  let batches = 0;
  for await (const key of batchFiles(lake)) {
    try {
      const batch = await readBatch(lake, key);
      if (!batch) continue;
      batches += 1;
      files += batch.files.length;
      const parquet = [...batch.tables.flatMap((table) => table.parquet), ...batch.rejects];
      for (const name of parquet) {
        // Parquet begins and ends with four bytes of its own: an empty file is none.
        if (!sizes.get(`${batchKey(batch)}/${name}`)) faults.push(`${batchKey(batch)}/${name} is missing or empty`);
      }
      // What was typed came in no file.
      for (const { name, sha256 } of batch.through === undefined ? batch.files : []) {
        if (!contents.has(`files/${sha256}`)) faults.push(`raw/files/${sha256} (${name}) is missing`);
      }
    } catch (error) {
      faults.push(`${key}: ${failureText(error)}`);
    }
  }
  if (batches === 0 && faults.length === 0) return { state: 'ok', detail: 'nothing landed yet' };
  return verdictOn(faults, `no file of any batch is missing (batches: ${batches}, files: ${files})`);
}

/** A clock that was set back makes new data look older than what is there. */
export async function clock({ lake }: App): Promise<Verdict> {
  const now = new Date().toISOString();
  let newest: Batch | undefined;
  for await (const key of batchFiles(lake)) {
    const batch = await readBatch(lake, key);
    if (batch && (!newest || batch.landedAt > newest.landedAt)) newest = batch;
  }
  if (!newest) return { state: 'ok', detail: `it is ${now}; nothing landed yet` };
  const { sequence, landedAt } = newest;
  if (landedAt <= now) return { state: 'ok', detail: `it is ${now}; the newest batch landed at ${landedAt}` };
  const detail = `it is ${now}, but batch ${sequence} landed at ${landedAt}. Set the clock; until then that is today.`;
  return { state: 'warning', detail };
}
