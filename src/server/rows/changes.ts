// What leads from the rows of one run to those of another: rows that are new or differ, and keys that are gone. Rows are
// compared by a hash of 64 bits of all their columns.
import type { PublishedTables } from '../../analytics/published.js';
import { publishedTableNamed } from '../../catalog/catalog.js';
import type { Engine, Inputs } from '../../engine/engine.js';
import { identifier } from '../../engine/sql-text.js';
import { type RunRow, type RunRowChange, type RunRowTable, runRowTables } from '../../records/run-rows.js';

/** How many rows are handed on at once. */
const partRows = 1000;

/**
 * @param engine DuckDB, which the server answers with.
 * @param before Undefined where all rows are wanted. A table that both runs have under the same paths is not read.
 */
export async function* changesBetween(
  engine: Engine,
  now: PublishedTables,
  before: PublishedTables | undefined,
  signal: AbortSignal,
): AsyncGenerator<readonly RunRowChange[]> {
  for (const table of runRowTables) {
    const paths = now[table]?.paths ?? [];
    const old = before?.[table]?.paths;
    if (old !== undefined && paths.join() === old.join()) continue;
    const inputs = { now_rows: paths, ...(old && { old_rows: old }) };
    yield* differing(engine, table, inputs, signal);
    if (old) yield* gone(engine, table, inputs, signal);
  }
}

async function* differing(engine: Engine, table: RunRowTable, inputs: Inputs, signal: AbortSignal) {
  const { key, names } = namesOf(table);
  const columns = names.map((name) => `n.${identifier(name)}`).join(', ');
  // In order where all are wanted: a tree that is filled from one end is filled fast.
  const sql = inputs.old_rows
    ? `with old_hashes as (select ${identifier(key)} as key, source, hash(o) as content from old_rows as o)
select ${columns} from now_rows as n
left join old_hashes as h on h.key = n.${identifier(key)} and h.source = n.source
where h.content is distinct from hash(n)`
    : `select ${columns} from now_rows as n order by n.${identifier(key)}, n.source`;
  for await (const { rows, values } of engine.query({ name: `run-rows/${table}`, sql, inputs, signal })) {
    const row = (at: number): RunRow => Object.fromEntries(names.map((name, column) => [name, values[column]?.[at]]));
    yield* inParts(rows, (at) => changeOf(table, key, row(at)));
  }
}

async function* gone(engine: Engine, table: RunRowTable, inputs: Inputs, signal: AbortSignal) {
  const { key } = namesOf(table);
  const name = identifier(key);
  const sql = `select o.${name} as key, o.source from old_rows as o
anti join now_rows as n on n.${name} = o.${name} and n.source = o.source`;
  for await (const { rows, values } of engine.query({ name: `run-rows/${table}/gone`, sql, inputs, signal })) {
    const text = (column: number, at: number) => String(values[column]?.[at]);
    yield* inParts(rows, (at) => ({ table, key: text(0, at), source: text(1, at), row: null }));
  }
}

function* inParts(rows: number, changeAt: (at: number) => RunRowChange): Generator<readonly RunRowChange[]> {
  for (let start = 0; start < rows; start += partRows) {
    yield Array.from({ length: Math.min(partRows, rows - start) }, (_, at) => changeAt(start + at));
  }
}

const changeOf = (table: RunRowTable, key: string, row: RunRow): RunRowChange => ({
  table,
  key: String(row[key]),
  source: String(row.source),
  row,
});

function namesOf(table: RunRowTable) {
  const { key, columns } = publishedTableNamed(table);
  return { key: key[0] ?? '', names: columns.map(({ name }) => name) };
}
