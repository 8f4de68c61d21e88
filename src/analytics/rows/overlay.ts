// Rows that were typed since, over those of a published table: they replace the row of their key or take it away.
import type { PublishedTable } from '../../catalog/field.js';
import { identifier, literal } from '../../engine/sql-text.js';
import type { Source } from './rows.js';

export interface TypedRow {
  readonly key: string;
  readonly deleted: boolean;
  /** By field. What only a run derives is missing. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** @param paths Of the published table; none where nothing is published. In DuckDB, which the server answers with. */
export function overlaid(table: PublishedTable, paths: readonly string[], typed: readonly TypedRow[]): Source {
  const { name, columns } = table;
  const names = columns.map((column) => column.name);
  const source = { name: `list/${name}`, columns: names, inputs: paths.length > 0 ? { [name]: paths } : {} };
  if (typed.length === 0 && paths.length > 0) return { ...source, relation: name };
  const shown = names.map(identifier).join(', ');
  const key = identifier(table.key[0] ?? '');
  const form = Object.fromEntries([
    ...columns.map((column) => [column.name, column.type === 'list' ? ['VARCHAR'] : typeOf(column.type)]),
    ['_deleted', 'BOOLEAN'],
  ]);
  const rows = `(select unnest(from_json_strict($typed_${name}, ${literal(JSON.stringify([form]))}), max_depth := 2))`;
  const published = `select ${shown} from ${name}
where not (source = 'default' and ${key} in (select ${key} from ${rows}))
union all `;
  const nothing = Object.fromEntries(names.map((column) => [column, null]));
  return {
    ...source,
    relation: `(${paths.length > 0 ? published : ''}select ${shown} from ${rows} where not _deleted)`,
    // Of its own name, so that statements over several tables may hold it.
    parameters: {
      [`typed_${name}`]: JSON.stringify(
        typed.map((row) => ({
          ...nothing,
          ...row.values,
          source: 'default',
          [table.key[0] ?? '']: row.key,
          _deleted: row.deleted,
        })),
      ),
    },
  };
}

const types = {
  integer: 'BIGINT',
  decimal: 'DOUBLE',
  boolean: 'BOOLEAN',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
} as const satisfies Record<string, string>;

const typeOf = (type: string): string => (Object.hasOwn(types, type) ? types[type as keyof typeof types] : 'VARCHAR');
