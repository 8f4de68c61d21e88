// SQL of a question for rows. Names of fields come from the catalog; values are parameters.
import type { RecordTable } from '../entry.js';
import type { Order, ReadQuery } from '../query.js';

type Parameter = string | number | null;

interface Sql {
  readonly sql: string;
  readonly parameters: Parameter[];
}

const jsonValue = (field: string): string => `"values" ->> '$.${field}'`;

export function conditionsOf(workspace: string, table: RecordTable, query: ReadQuery): Sql {
  const parts: Sql[] = [
    { sql: 'workspace = ? and "table" = ?', parameters: [workspace, table] },
    ...(query.deleted ? [] : [{ sql: 'deleted = 0', parameters: [] }]),
    ...query.where.map(conditionSql),
    ...(query.place ? [afterSql(query.order, query.place)] : []),
  ];
  return {
    sql: parts.map(({ sql }) => sql).join('\n  and '),
    parameters: parts.flatMap(({ parameters }) => parameters),
  };
}

function conditionSql({ field, in: any, from, to, isList }: ReadQuery['where'][number]): Sql {
  const value = isList ? 'item.value' : jsonValue(field);
  const parts: Sql[] = [];
  if (any) {
    const present = any.filter((one) => one !== null);
    const among = `${value} in (${present.map(() => '?').join(', ')})`;
    const sql = any.length > present.length ? `(${among} or ${value} is null)` : among;
    parts.push({ sql, parameters: present });
  }
  if (from !== undefined) parts.push({ sql: `${value} >= ?`, parameters: [from] });
  if (to !== undefined) parts.push({ sql: `${value} <= ?`, parameters: [to] });
  const sql = parts.length > 0 ? parts.map((part) => part.sql).join(' and ') : 'true';
  const parameters = parts.flatMap((part) => part.parameters);
  if (!isList) return { sql, parameters };
  const items = `json_each(coalesce("values" -> '$.${field}', '[null]'))`;
  return { sql: `exists (select 1 from ${items} as item where ${sql})`, parameters };
}

export function orderSql(order: readonly Order[]): string {
  const fields = order.map(({ field, descending }) => `${jsonValue(field)} ${descending ? 'desc' : 'asc'} nulls last`);
  return [...fields, 'key'].join(', ');
}

/** The rows that come after a place: equal in the fields before one of the order, and beyond it in that. */
function afterSql(order: readonly Order[], { values, key }: NonNullable<ReadQuery['place']>): Sql {
  const equal: Sql[] = order.map(({ field }, index) => ({
    sql: `${jsonValue(field)} is ?`,
    parameters: [values[index] ?? null],
  }));
  const beyond = order.map(({ field, descending }, index): Sql => {
    const value = values[index] ?? null;
    if (value === null) return { sql: 'false', parameters: [] };
    const name = jsonValue(field);
    return { sql: `(${name} ${descending ? '<' : '>'} ? or ${name} is null)`, parameters: [value] };
  });
  const steps = [...beyond, { sql: 'key > ?', parameters: [key] }].map((step, index): Sql => {
    const all = [...equal.slice(0, index), step];
    return {
      sql: `(${all.map(({ sql }) => sql).join(' and ')})`,
      parameters: all.flatMap(({ parameters }) => parameters),
    };
  });
  return {
    sql: `(${steps.map(({ sql }) => sql).join(' or ')})`,
    parameters: steps.flatMap(({ parameters }) => parameters),
  };
}
