// What an entry makes of its record: the operational row.
import type { Entry } from './entry.js';
import type { Row } from './rows.js';

export const rowOf = ({ table, key, version, sequence, kind, before, after, audit, at }: Entry): Row => ({
  table,
  key,
  version,
  sequence,
  deleted: kind === 'delete',
  values: after ?? before ?? {},
  by: audit.by,
  at,
});
