// Rows that people typed, among those that files bring: a typed row holds until the file's own row changes.
import type { Table } from '../../catalog/field.js';
import type { Dialect } from '../../engine/dialect.js';
import type { Step } from '../../engine/step.js';
import { contentDigest } from './content.js';

export interface Typed {
  /** The batches whose rows were typed. */
  readonly batches: readonly number[];
  readonly tombstones: readonly Step[];
}

/** Whether the row of that batch was typed. */
export const isTyped = (batch: string, { batches }: Typed): string => `${batch} in (${batches.join(', ')})`;

/**
 * Common table expressions over `alive` and `clean`, of which the last, `uploaded_since`, says of every key that was both typed
 * and uploaded since which batch (`_since`) the file's row has been as it is now.
 */
export function uploadedSince(
  table: Table,
  key: readonly string[],
  same: (a: string, b: string) => string,
  typed: Typed,
  dialect: Dialect,
): string {
  const list = key.join(', ');
  return `typed_keys as (
  select ${list} from alive where ${isTyped('_batch', typed)} group by ${list}
),
uploaded as (
  select ${list}, _batch, _file, _row, _item, ${contentDigest(table, dialect)} as _content
  from clean as c semi join typed_keys as k on ${same('c', 'k')}
  where not _rejected and not ${isTyped('_batch', typed)}
),
compared as (
  select ${list}, _batch, _content,
    lag(_content) over (partition by ${list} order by _batch, _file, _row, _item) as _content_before
  from uploaded
),
uploaded_since as (
  select ${list}, max(_batch) as _since from compared
  where _content_before is null or _content_before <> _content
  group by ${list}
)`;
}
