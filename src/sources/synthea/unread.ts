// The files whose records become no rows: those of names are used by visits; from the others nothing is read.
import type { Reason } from '../../catalog/reasons.js';
import { literal } from '../../engine/sql-text.js';
import type { RawTable, Unread } from '../source.js';
import { landed, trimmed } from './relation.js';

/** A file that gives ids their names: an entry without an id can't be looked up. */
export function namesUnread(names: RawTable): Unread {
  const hasId = `${trimmed(landed(names, 'Id'))} <> ''`;
  return {
    rawTable: names,
    sql: () => `select _file, _row, _line, _lines,
  case when ${hasId} then 'used' else 'not_used' end as _disposition,
  case when ${hasId} then cast(null as string) else ${literal('required_missing' satisfies Reason)} end as _reason
from raw`,
  };
}

/** A file from which nothing is read. */
export function unread(rawTable: RawTable): Unread {
  return {
    rawTable,
    sql: () => `select _file, _row, _line, _lines,
  'not_used' as _disposition, ${literal('not_read' satisfies Reason)} as _reason
from raw`,
  };
}
