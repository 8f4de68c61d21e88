// Large tables are cut into buckets: all rows of one patient lie in the same one, on every engine, so that what is asked
// patient by patient can be answered bucket by bucket. Which bucket a file holds stands in its folder, not in its rows.
import type { Dialect } from './dialect.js';
import { identifier } from './sql-text.js';

/** One of `of` buckets, from 0. */
export interface Bucket {
  readonly number: number;
  readonly of: number;
}

/** How the output of a statement is cut, and which of its inputs may be read bucket by bucket. */
export interface Cut {
  /** Columns of the output and of every input named in `alike`: rows that agree in them lie in one bucket. */
  readonly by: readonly string[];
  /** A power of two above 1. */
  readonly count: number;
  /**
   * Inputs such that the rows of a bucket of the output come from nothing but the rows of that bucket of each of them,
   * and from the other inputs whole. Where none is named, the output is cut row by row.
   */
  readonly alike: readonly string[];
  /** What is known of the files of inputs, by path; one that is not named may hold rows of any bucket. */
  readonly stored: Readonly<Record<string, Bucket>>;
}

/** The column by which both engines write folders of the form `_bucket=3of8`. */
export const bucketColumn = '_bucket';

/** `_bucket=3of8` */
export const bucketFolder = ({ number, of }: Bucket): string => `${bucketColumn}=${number}of${of}`;

/** The bucket that a file holds: `_bucket=3of8/part-0.parquet`. Undefined where its folder says nothing. */
export function bucketOf(file: string): Bucket | undefined {
  const [, number, of] = /(?:^|[/])_bucket=([0-9]+)of([0-9]+)[/][^/]+$/.exec(file) ?? [];
  return number === undefined ? undefined : { number: Number(number), of: Number(of) };
}

/** SQL for the number of a row's bucket, a BIGINT; rows without a patient have one too. */
export function bucketNumber(dialect: Dialect, { by, count }: Pick<Cut, 'by' | 'count'>): string {
  const key = by.map((name) => `coalesce(${identifier(name)}, '')`).join(` || '␟' || `);
  return `${dialect.hash60(key)} % ${count}`;
}

/** A SELECT of the rows of `sql` with the text `3of8` beside them. */
export function withBucket(sql: string, dialect: Dialect, cut: Pick<Cut, 'by' | 'count'>, hint = ''): string {
  return `select ${hint}*, cast(${bucketNumber(dialect, cut)} as string) || 'of${cut.count}' as ${bucketColumn} from (
${sql}
) as made`;
}

/**
 * Which files hold the rows of a bucket: `whole` nothing else, `mixed` others too. Counts are powers of two, so that the
 * buckets of a coarser cut are made of whole ones of a finer.
 */
export function filesOfBucket(
  paths: readonly string[],
  wanted: Bucket,
  stored: Cut['stored'],
): { whole: string[]; mixed: string[] } {
  const whole: string[] = [];
  const mixed: string[] = [];
  for (const path of paths) {
    const held = stored[path];
    const coarser = Math.min(held?.of ?? 1, wanted.of);
    if ((held?.number ?? 0) % coarser !== wanted.number % coarser) continue;
    (coarser === wanted.of ? whole : mixed).push(path);
  }
  return { whole, mixed };
}
