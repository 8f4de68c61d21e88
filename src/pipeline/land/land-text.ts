// Lands one text: our reader numbers its records and sets the broken ones apart, the lander makes them Parquet. What
// the reader counted and what was written must agree.
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addAbortSignal, type Readable } from 'node:stream';
import type { Lander } from '../../engine/lander.js';
import { CarelakeError } from '../../errors.js';
import type { LocatedHead } from '../../sources/text/head.js';
import type { Piece } from '../../sources/text/pieces.js';
import { readText, type TextSummary } from '../../sources/text/read-text.js';

export interface LandedText extends TextSummary {
  /** Parquet files, by their name in the folder. */
  readonly parquet: readonly string[];
  readonly rejects: readonly string[];
}

export interface LandTextOptions {
  readonly lander: Lander;
  /** Where the Parquet files go, and the pieces until they are landed. */
  readonly folder: string;
  /** The start of the names of all files. */
  readonly name: string;
  /** Ends the reading with an AbortError. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (bytes: number) => void;
}

/** @throws LAND_COUNT where not every record that was read is a row. */
export async function landText(
  input: Readable,
  head: LocatedHead,
  { lander, folder, name, signal, onProgress }: LandTextOptions,
): Promise<LandedText> {
  const parquet: string[] = [];
  const rejects: string[] = [];
  let landed = 0;
  let landedRejects = 0;
  const onPiece = async ({ kind, path, delimiter, columns, rows, multiline }: Piece): Promise<void> => {
    const files = kind === 'records' ? parquet : rejects;
    const file = `${name}-${kind}-${files.length}.parquet`;
    files.push(file);
    const result = await lander.land({
      text: path,
      delimiter,
      columns,
      multiline,
      file: head.file,
      output: join(folder, file),
    });
    if (result.rows !== rows) {
      throw new CarelakeError('LAND_COUNT', `${head.file}: ${rows} records were read, ${result.rows} rows written.`);
    }
    if (kind === 'records') landed += rows;
    else landedRejects += rows;
    await rm(path);
  };
  const text = signal ? addAbortSignal(signal, input) : input;
  const summary = await readText(text, head, { folder, name, onPiece, ...(onProgress && { onProgress }) });
  if (parquet.length === 0) {
    // A table without records is a table all the same: what reads it needs its columns.
    const path = join(folder, `${name}-none`);
    await writeFile(path, '');
    const { delimiter, columns } = head;
    await onPiece({ kind: 'records', path, delimiter, columns: columns.length, rows: 0, bytes: 0, multiline: false });
  }
  if (landed !== summary.records || landedRejects !== summary.rejectedRecords) {
    throw new CarelakeError(
      'LAND_COUNT',
      `${head.file}: ${summary.records} + ${summary.rejectedRecords} records were read, ${landed} + ${landedRejects} landed.`,
    );
  }
  return { ...summary, parquet, rejects };
}
