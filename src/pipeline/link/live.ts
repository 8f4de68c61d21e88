// The clean rows that are used: neither rejected nor lost. Every published table starts from them.

/** Columns by which a clean row is told from every other. */
const rowIdentity = ['_batch', '_file', '_row', '_item'] as const;

/**
 * SELECT of these columns of the live rows of the inputs `clean` and `losers`. Columns are named because a common table
 * expression that is read twice is held in memory whole.
 */
export function liveRows(columns: readonly string[] = ['*']): string {
  return `select ${columns.map((name) => `c.${name}`).join(', ')} from clean as c anti join losers as l
    on ${rowIdentity.map((name) => `l.${name} = c.${name}`).join(' and ')} where not c._rejected`;
}
