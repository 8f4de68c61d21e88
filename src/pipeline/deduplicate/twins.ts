// Rows of one content under several ids: reported, never merged. Grain: one row for every live row that has a twin.
//
// First the fields that the table's grain turns on are compared, which few rows share; only those are compared whole.
import type { Table } from '../../catalog/field.js';
import type { Dialect } from '../../engine/dialect.js';
import { identifier } from '../../engine/sql-text.js';
import type { Step } from '../../engine/step.js';
import { liveRows } from '../link/live.js';

export function twinsStep(table: Table, clean: readonly Step[], losers: Step): Step {
  return {
    kind: 'step',
    name: `twins/${table.name}`,
    version: 1,
    inputs: { clean, losers: [losers] },
    sql: (dialect) => twinsSql(table, dialect),
  };
}

function twinsSql(table: Table, dialect: Dialect): string {
  const hint = table.alike.map(identifier);
  const id = table.key.map(identifier);
  const content = table.fields
    .filter(({ name }) => !table.key.includes(name))
    .map(({ name, type }) => {
      const column = identifier(name);
      const text =
        type === 'list' ? dialect.join(column, ';') : type === 'decimal' ? `cast(${column} as decimal(18,6))` : column;
      return `coalesce(cast(${text} as string), '␀')`;
    });
  const same = ['source', ...hint].map((name) => `l.${name} = h.${name}`);
  return `with hinted as (
  select source, ${hint.join(', ')} from (${liveRows(['source', ...hint])}) as live
  where ${hint.map((name) => `${name} is not null`).join(' and ')}
  group by source, ${hint.join(', ')} having count(*) > 1
),
compared as (
  select source, ${id.join(', ')}, _batch, _file, _row, _item, ${dialect.sha256(content.join(" || '␟' || "))} as content
  from (${liveRows()}) as l semi join hinted as h on ${same.join(' and ')}
)
select source, ${id.join(', ')}, _batch, _file, _row, _item, content from (
  select *, count(*) over (partition by source, content) as _alike from compared
) as counted where _alike > 1`;
}
