// Rows of one content under several ids: reported, never merged. Grain: one row for every live row that has a twin.
//
// First the fields that the table's grain turns on are compared, which few rows share; only those are compared whole. A
// row that holds nothing but its id is nobody's twin.
import type { Table } from '../../catalog/field.js';
import type { Dialect } from '../../engine/dialect.js';
import { identifier } from '../../engine/sql-text.js';
import type { Step } from '../../engine/step.js';
import { liveRows } from '../link/live.js';
import { contentDigest } from './content.js';

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
  // Two rows that both lack one of them may be twins all the same.
  const likeness = ['source', ...hint];
  const alike = likeness.map((name) => `l.${name} is not distinct from h.${name}`).join(' and ');
  const something = table.fields
    .filter(({ name }) => !table.key.includes(name))
    .map(({ name }) => `l.${identifier(name)} is not null`);
  return `with hinted as (
  select ${likeness.join(', ')} from (${liveRows(likeness)}) as live
  group by ${likeness.join(', ')} having count(*) > 1
),
compared as (
  select source, ${id.join(', ')}, _batch, _file, _row, _item, ${contentDigest(table, dialect)} as content
  from (${liveRows()}) as l semi join hinted as h on ${alike}
  where ${something.join(' or ')}
)
select source, ${id.join(', ')}, _batch, _file, _row, _item, content from (
  select *, count(*) over (partition by source, content) as _alike from compared
) as counted where _alike > 1`;
}
