// Reads a text as ingest does and gives back what DuckDB makes of the pieces.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { HEAD_BYTES, type LocatedHead, readHead } from '../../../src/sources/text/head.js';
import type { Piece } from '../../../src/sources/text/pieces.js';
import { readText, type TextSummary } from '../../../src/sources/text/read-text.js';

export interface ReadRecord {
  row: number;
  line: number;
  lines: number;
  values: (string | null)[];
}

export interface Outcome {
  head: LocatedHead;
  summary: TextSummary;
  /** Ordered by row. */
  records: ReadRecord[];
  rejects: { row: number; line: number; lines: number; reason: string; text: string }[];
  pieces: Piece[];
}

const instance = await DuckDBInstance.create(':memory:', { threads: '4' });
const connection = await instance.connect();
await connection.run('set preserve_insertion_order = false');

/** `chunk` is the size of the chunks in which the text arrives. */
export async function read(
  text: Buffer | string,
  options: { chunk?: number; pieceBytes?: number } = {},
): Promise<Outcome> {
  const bytes = Buffer.from(text);
  const head = readHead('test.csv', bytes.subarray(0, HEAD_BYTES), bytes.length <= HEAD_BYTES);
  const size = options.chunk ?? Math.max(1, bytes.length);
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += size) yield Buffer.from(bytes.subarray(at, at + size));
  }
  return collect(chunks(), head, options.pieceBytes);
}

export async function collect(input: AsyncIterable<Buffer>, head: LocatedHead, pieceBytes?: number): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'carelake-text-'));
  try {
    const pieces: Piece[] = [];
    const summary = await readText(input, head, {
      folder,
      name: 'p',
      ...(pieceBytes === undefined ? {} : { pieceBytes }),
      onPiece: async (piece) => {
        pieces.push(piece);
      },
    });
    const records: ReadRecord[] = [];
    const rejects: Outcome['rejects'] = [];
    for (const piece of pieces) {
      const rows = await rowsOf(piece);
      if (rows.length !== piece.rows) throw new Error(`${piece.path}: DuckDB ${rows.length}, reader ${piece.rows}`);
      if (Buffer.byteLength(await readFile(piece.path)) !== piece.bytes) throw new Error('bytes differ');
      for (const {
        numbers: [row, line, lines],
        values,
      } of rows) {
        if (piece.kind === 'records') records.push({ row, line, lines, values });
        else rejects.push({ row, line, lines, reason: values[0] ?? '', text: values[1] ?? '' });
      }
    }
    const byRow = (a: { row: number }, b: { row: number }) => a.row - b.row;
    return { head, summary, records: records.sort(byRow), rejects: rejects.sort(byRow), pieces };
  } finally {
    await rm(folder, { recursive: true });
  }
}

interface Row {
  numbers: [number, number, number];
  values: (string | null)[];
}

async function rowsOf({ path, delimiter, columns, multiline }: Piece): Promise<Row[]> {
  const names = ['_row', '_line', '_lines'].map((name) => `'${name}': 'BIGINT'`);
  for (let index = 0; index < columns; index++) names.push(`'c${index}': 'VARCHAR'`);
  const reader = await connection.runAndReadAll(
    `select * from read_csv('${path}', auto_detect=false, header=false, strict_mode=true, delim='${delimiter}',
      quote='"', escape='"', new_line='\\n', comment='', max_line_size=33554432, buffer_size=33554432,
      compression='none', parallel=${!multiline}, columns={${names.join(', ')}})`,
  );
  return reader.getRows().map(([row, line, lines, ...values]) => ({
    numbers: [Number(row), Number(line), Number(lines)],
    values: values as (string | null)[],
  }));
}
