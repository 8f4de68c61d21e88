// A write that came too late, with what its writer saw and what is there.
import { CarelakeError } from '../errors.js';
import type { Entry, NewEntry } from './entry.js';

export class RecordConflict extends CarelakeError {
  /** The version that the writer saw; 0 for none. */
  readonly expected: number;
  /** The newest entry of the record; undefined where it has none. */
  readonly present: Entry | undefined;

  constructor(code: 'RECORD_CONFLICT' | 'RECORD_EXISTS', { table, key, expected }: NewEntry, present?: Entry) {
    const said = present
      ? `${present.kind === 'delete' ? 'deleted' : 'at'} version ${present.version}`
      : 'not written here yet';
    super(code, `${table} ${JSON.stringify(key.slice(0, 200))} is ${said}; the writer saw version ${expected}.`);
    this.expected = expected;
    this.present = present;
  }
}
