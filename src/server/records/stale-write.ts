// A write that came too late or twice, with both versions for whoever has to choose between them.
import { CarelakeError } from '../../errors.js';
import type { Entry, RecordTable, Values } from '../../records/entry.js';

interface Version {
  readonly version: number;
  /** Null of a version that is none, or that a deletion made. */
  readonly values: Values | null;
}

export interface Conflict {
  /** What the writer saw. */
  readonly expected: Version;
  /** What is there. */
  readonly present: Version & { readonly deleted: boolean };
}

export class StaleWrite extends CarelakeError {
  readonly conflict: Conflict;

  constructor(code: 'RECORD_CONFLICT' | 'RECORD_EXISTS', table: RecordTable, key: string, conflict: Conflict) {
    const { expected, present } = conflict;
    const state = present.deleted ? 'was deleted as version' : 'is there in version';
    super(
      code,
      `${table} ${JSON.stringify(key.slice(0, 200))} ${state} ${present.version}; the write is of version ${expected.version}.`,
    );
    this.conflict = conflict;
  }
}

/** What a version held that the writer may have seen; of version 0 what a file brought. */
export function versionIn(history: readonly Entry[], version: number): Version {
  const entry = history.find((one) => one.version === version);
  return { version, values: version === 0 ? (history[0]?.before ?? null) : (entry?.after ?? null) };
}
