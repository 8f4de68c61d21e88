// Runs the statements of a request and gathers what was counted, by the values of its dimensions.
import type { FactTable } from '../../catalog/metrics/facts.js';
import { type Engine, rowsOf } from '../../engine/engine.js';
import { identifier } from '../../engine/sql-text.js';
import { CarelakeError } from '../../errors.js';
import type { PublishedTables } from '../published.js';
import { compile, type Statement } from './compile.js';
import { Cell } from './number.js';
import type { Key, Request } from './query.js';

/** More groups than a person or a chart can take in; past it, the question is one for SQL or an export. */
const mostGroups = 100_000;

export interface Group {
  readonly keys: readonly Key[];
  readonly cell: Cell;
}

export interface Counting {
  readonly groups: readonly Group[];
  readonly whole: Cell;
}

export interface CountingPlace {
  readonly engine: Engine;
  readonly published: PublishedTables;
  readonly signal?: AbortSignal;
}

export async function count(
  request: Pick<Request, 'metrics' | 'by' | 'where'>,
  { engine, published, signal }: CountingPlace,
): Promise<Counting> {
  const groups = new Map<string, Group>();
  const whole = new Cell();
  for (const statement of compile(request, engine.dialect)) {
    const job = { ...jobOf(statement, published), parameters: statement.parameters, ...(signal && { signal }) };
    for await (const { columns, rows, values } of engine.query(job)) {
      const part = request.by.length;
      const keysAt = (row: number) => values.slice(0, part).map((column) => column[row] as Key);
      const countsAt = (row: number) =>
        Object.fromEntries(
          columns.slice(part + 1).map(({ name }, index) => [name, Number(values[part + 1 + index]?.[row])]),
        );
      for (let row = 0; row < rows; row++) {
        if (values[part]?.[row] === null) whole.put(statement.counted, countsAt(row));
        else groupOf(groups, keysAt(row)).cell.put(statement.counted, countsAt(row));
      }
      if (groups.size > mostGroups) {
        const names = request.by.map(({ name }) => name).join(' × ');
        throw new CarelakeError('METRIC_TOO_MANY_GROUPS', `${names} have more than ${mostGroups} values together.`);
      }
    }
  }
  return { groups: [...groups.values()], whole };
}

/** Which of the tables hold no row at all. Only asked of those of which none was counted. */
export async function emptyTables(
  tables: readonly FactTable[],
  { engine, published, signal }: CountingPlace,
): Promise<ReadonlySet<FactTable>> {
  const empty = new Set<FactTable>();
  for (const table of tables) {
    const sql = `select count(*) as held from ${identifier(table)}`;
    const job = { ...jobOf({ tables: [table], sql }, published), ...(signal && { signal }) };
    const [counted] = await rowsOf<{ held: number }>(engine, job);
    if (counted?.held === 0) empty.add(table);
  }
  return empty;
}

function jobOf({ tables, sql }: Pick<Statement, 'tables' | 'sql'>, published: PublishedTables) {
  return {
    name: `metrics/${tables[0]}`,
    sql,
    inputs: Object.fromEntries(tables.map((table) => [table, published[table]?.paths ?? []])),
  };
}

function groupOf(groups: Map<string, Group>, keys: readonly Key[]): Group {
  const name = JSON.stringify(keys);
  const group = groups.get(name) ?? { keys, cell: new Cell() };
  groups.set(name, group);
  return group;
}
