// The records of one batch that say of a row that it was deleted. Grain: one row for every such record.
import type { Table } from '../../catalog/field.js';
import { identifier, literal } from '../../engine/sql-text.js';
import type { RawInput, Step } from '../../engine/step.js';
import type { Tombstones } from '../../sources/source.js';

export function tombstonesStep(
  { rawTable, sql }: Tombstones,
  table: Table,
  { sequence, source }: { readonly sequence: number; readonly source: string },
  inputs: Readonly<Record<string, readonly RawInput[]>>,
): Step {
  return {
    kind: 'step',
    name: `tombstones/${table.name}@${sequence}.${rawTable.name}.${rawTable.part}`,
    version: 1,
    inputs,
    sql: (dialect) => `select ${literal(source)} as source, ${table.key.map(identifier).join(', ')},
  cast(${sequence} as bigint) as _batch, _file, _row, _item, _lines, true as _primary
from (
${sql(dialect)}
) as deleted`,
  };
}
