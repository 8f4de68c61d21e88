// The rows of a CSV file of any size, each with its line and its values by column.
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { CsvError, parse } from 'csv-parse';
import { CarelakeError } from '../errors.js';
import { HEAD_BYTES, readHead } from '../sources/text/head.js';

/** The longest row, in bytes: a quote that is never closed must not take a whole file into memory. */
const longest = 2 ** 20;

export interface CsvRow {
  readonly line: number;
  readonly values: Readonly<Record<string, string | null>>;
}

/** @throws FILE_NOT_FOUND, FILE_NOT_TEXT … of the head; CSV_ROW where a row is none, with its line. */
export async function* csvRowsOf(path: string): AsyncGenerator<CsvRow> {
  const file = basename(path);
  const { delimiter } = await headOf(path, file);
  const input = createReadStream(path);
  const parser = input.pipe(
    parse({
      delimiter,
      columns: true,
      bom: true,
      trim: true,
      info: true,
      skip_empty_lines: true,
      max_record_size: longest,
    }),
  );
  input.once('error', (error) => parser.destroy(error));
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: Record<string, string>;
      info: { lines: number };
    }>) {
      const values = Object.fromEntries(
        Object.entries(record).map(([name, value]) => [name, value === '' ? null : value]),
      );
      yield { line: info.lines, values };
    }
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    throw new CarelakeError('CSV_ROW', `${file}: ${cause.message}`, { cause });
  }
}

async function headOf(path: string, file: string) {
  let handle: Awaited<ReturnType<typeof open>>;
  try {
    handle = await open(path);
  } catch (cause) {
    throw new CarelakeError('FILE_NOT_FOUND', `${path} cannot be opened.`, { cause });
  }
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return readHead(file, buffer.subarray(0, bytesRead), bytesRead < HEAD_BYTES);
  } finally {
    await handle.close();
  }
}
