// A generated hospital in a folder of its own, and questions to its files.
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { parse } from 'csv-parse/sync';
import { generate } from '../../../src/sources/generator/generate.js';
import type { GenerateOptions } from '../../../src/sources/generator/options.js';

export type Row = Readonly<Record<string, string>>;

export async function emptyFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'carelake-generator-'));
}

export class Folder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  static async generated(options: Partial<GenerateOptions> = {}): Promise<Folder> {
    const path = await emptyFolder();
    await generate({ patients: 500, seed: 7, dirty: 0, out: path, ...options });
    return new Folder(path);
  }

  text(name: string): Promise<string> {
    return readFile(join(this.path, name), 'utf8');
  }

  /** The records of a file without defects. */
  async rows(table: string): Promise<Row[]> {
    return parse(await this.text(`${table}.csv`), { columns: true });
  }

  /** The rows of a Parquet file of the truth; whole numbers as numbers, dates as text. */
  async truth(table: string): Promise<Readonly<Record<string, unknown>>[]> {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    try {
      const result = await connection.runAndReadAll(`select * from '${join(this.path, 'truth', `${table}.parquet`)}'`);
      return result.getRowObjectsJS().map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([name, value]) => {
            if (typeof value === 'bigint') return [name, Number(value)];
            return [name, value instanceof Date ? value.toISOString().slice(0, 10) : value];
          }),
        ),
      );
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  }

  /** SHA-256 of every file, by its name. */
  async digests(): Promise<Record<string, string>> {
    const names = (await readdir(this.path, { recursive: true, withFileTypes: true })).filter((entry) =>
      entry.isFile(),
    );
    const digests = names.map(async ({ parentPath, name }): Promise<[string, string]> => {
      const path = join(parentPath, name);
      return [
        path.slice(this.path.length + 1),
        createHash('sha256')
          .update(await readFile(path))
          .digest('hex'),
      ];
    });
    return Object.fromEntries((await Promise.all(digests)).sort());
  }

  remove(): Promise<void> {
    return rm(this.path, { recursive: true });
  }
}
