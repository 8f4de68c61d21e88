// The dispositions step. Grain: one row for every batch, file, disposition and reason, with its records and lines.
// Used records are counted where they ended, in the published tables, not by taking the others from the total: only so
// does the sum over all dispositions prove anything.
import type { Step } from '../../engine/step.js';

export interface DispositionRow {
  readonly batch: number;
  readonly file: string;
  readonly disposition: 'used' | 'duplicate' | 'rejected' | 'not_used';
  readonly reason: string | null;
  readonly records: number;
  readonly lines: number | null;
}

export interface TableSteps {
  readonly table: string;
  readonly clean: readonly Step[];
  readonly losers: Step;
  readonly published: Step;
}

export function dispositionsStep(tables: readonly TableSteps[], unread: readonly Step[]): Step {
  const inputs = tables.flatMap(({ table, clean, losers, published }) => [
    [`clean_${table}`, clean],
    [`losers_${table}`, [losers]],
    [`published_${table}`, [published]],
  ]);
  return {
    kind: 'step',
    name: 'dispositions',
    version: 1,
    inputs: Object.fromEntries([...inputs, ...(unread.length > 0 ? [['unread', unread]] : [])]),
    sql: () => {
      const rows = tables.map(
        ({ table }) => `select _batch, _file, _lines, 'used' as disposition, cast(null as string) as reason
  from published_${table} where _primary
  union all
  select _batch, _file, _lines, 'rejected', 'value' from clean_${table} where _primary and _rejected
  union all
  select _batch, _file, _lines, _disposition, _reason from losers_${table} where _primary`,
      );
      if (unread.length > 0) rows.push('select _batch, _file, _lines, _disposition, _reason from unread');
      return `select _batch as batch, _file as file, disposition, reason,
  count(*) as records, cast(sum(_lines) as bigint) as lines
from (
  ${rows.join('\n  union all ')}
) as disposed
group by _batch, _file, disposition, reason`;
    },
  };
}

/** The records of a raw table that become no rows, with what is said of each. */
export function unreadStep(name: string, batch: number, sql: Step['sql'], inputs: Step['inputs']): Step {
  return {
    kind: 'step',
    name: `unread/${name}@${batch}`,
    version: 1,
    inputs,
    sql: (dialect) =>
      `select cast(${batch} as bigint) as _batch, _file, _row, _line, _lines, _disposition, _reason from (
${sql(dialect)}
) as unread`,
  };
}
