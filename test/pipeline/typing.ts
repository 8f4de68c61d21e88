// What people type into a workspace of a test, beside the files that land in it.

import { tables } from '../../src/catalog/catalog.js';
import type { Batch } from '../../src/pipeline/batch.js';
import { landEntries } from '../../src/pipeline/land/land-entries.js';
import type { RunOptions, RunResult } from '../../src/pipeline/run.js';
import type { NewEntry, RecordTable, Values } from '../../src/records/entry.js';
import { openMemoryRecords } from '../../src/records/memory.js';
import type { Records } from '../../src/records/records.js';
import { written } from '../contracts/written.js';
import type { Workspace } from './harness.js';

export interface Typing {
  readonly records: Records;
  /** Writes what the key's row is to be, whatever it was. */
  type(table: RecordTable, values: Values): Promise<void>;
  remove(table: RecordTable, key: string): Promise<void>;
  /** Lands what no batch holds; on 2024-06-15 unless given. */
  land(on?: string): Promise<Batch | undefined>;
  /** Lands and runs, as the program does. */
  run(options?: RunOptions): Promise<RunResult>;
}

export function typingInto({ lake, engine, run }: Workspace): Typing {
  const records = openMemoryRecords();
  const write = async (table: RecordTable, key: string, kind: NewEntry['kind'], after: Values | null) => {
    const row = await records.rows.get(table, key);
    const isThere = row !== undefined && !row.deleted;
    const entry = written(key, after, {
      table,
      kind,
      before: isThere ? row.values : null,
      expected: row?.version ?? 0,
    });
    await records.entries.append(row?.deleted && kind === 'change' ? { ...entry, kind: 'create', expected: 0 } : entry);
  };
  const land = (on = '2024-06-15') =>
    landEntries({ lake, records, lander: async () => engine, clock: () => new Date(`${on}T12:00:00`) });
  return {
    records,
    type: (table, values) => write(table, String(values[tables[table]?.key[0] ?? '']), 'change', values),
    remove: (table, key) => write(table, key, 'delete', null),
    land,
    run: (options) => run({ land: () => land(), ...options }),
  };
}
