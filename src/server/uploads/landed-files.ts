// What is kept of the files of an upload once they are in the lake.
import type { Lake } from '../../lake/lake.js';
import { readBatches } from '../../pipeline/batch.js';
import type { IngestResult } from '../../pipeline/land/report.js';
import type { Upload } from './upload.js';

/** Where an attempt was cut, a batch from after the arrival of the file is that attempt's, and nothing that was there before. */
export async function landedOf(lake: Lake, result: IngestResult, { received_at: received, attempts }: Upload) {
  const batches = new Map((await readBatches(lake)).map((batch) => [batch.id, batch]));
  const files = result.batches.flatMap(({ id, files: own }) => {
    const batch = batches.get(id);
    return own.map(({ name, encoding, records, rejected, already_there }) => ({
      ...{ name, encoding, records, rejected, batch: id, sequence: batch?.sequence ?? 0 },
      already_there: already_there && (attempts === 1 || (batch?.landedAt ?? '') < received),
    }));
  });
  const { skipped, unread, warnings } = result;
  return { files, skipped, unread, warnings, error: null };
}

/** Undefined where the lake has no such file. */
export async function landedBefore(lake: Lake, sha256: string) {
  const files = (await readBatches(lake)).flatMap(({ id, sequence, files: own }) =>
    own
      .filter((file) => file.sha256 === sha256)
      .map(({ name, encoding, records, rejected }) => ({
        ...{ name, encoding, records, rejected, batch: id, sequence, already_there: false },
      })),
  );
  return files.length > 0 ? { files, error: null } : undefined;
}
