// Into how many buckets the tables of a run are cut: from the bytes of the raw files, which are known before anything is made.
// The number decides only how rows are stored, never which rows there are.
import type { Reading } from '../sources/source.js';
import type { Batch } from './batch.js';

/** Bytes of raw text. A bucket of them is held in about as much memory. */
const usualBucketBytes = 256 * 2 ** 20;

/** Of one batch, no bucket is made smaller than this share of a whole one: many small files cost more than reading one. */
const smallestShare = 16;

interface Read {
  readonly batch: Batch;
  readonly reading: Reading;
}

export interface Buckets {
  /** For what is made of all batches: by the largest of the tables, so that those that are joined are cut alike. */
  readonly count: number;
  /** For the clean rows of one batch. */
  ofReading(read: Read): number;
}

/** @param bucketBytes Raw bytes of a table that make a bucket. */
export function bucketsOf(reads: readonly Read[], bucketBytes = usualBucketBytes): Buckets {
  const bytesOf = ({ batch, reading }: Read): number => {
    const { name, part } = reading.rawTable;
    const own = batch.files.filter((file) => file.rawTable === name && file.part === part);
    return own.reduce((sum, { bytes }) => sum + bytes, 0);
  };
  const tables = new Map<string, number>();
  for (const read of reads) {
    const { table } = read.reading;
    tables.set(table, (tables.get(table) ?? 0) + bytesOf(read));
  }
  const count = powerOfTwo(Math.max(0, ...tables.values()) / bucketBytes);
  return {
    count,
    ofReading: (read) => Math.min(count, powerOfTwo((bytesOf(read) / bucketBytes) * smallestShare)),
  };
}

/** The least power of two that is not below: the buckets of one count are made of whole ones of a larger. */
const powerOfTwo = (least: number): number => 2 ** Math.max(0, Math.ceil(Math.log2(least)));
