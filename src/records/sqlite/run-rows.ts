// The rows of the published run in a file of SQLite of their own, beside that of the records: what makes them never waits
// for what is typed, nor the other way round, and whoever loses the file loses nothing.
import { randomUUID } from 'node:crypto';
import type { RunRow, RunRowChange, RunRows, RunRowTable } from '../run-rows.js';
import { type Connection, openConnection } from './connection.js';
import { makeFile } from './file.js';

const format = 1;

/** Of another version, they are made anew. */
const tables = `
drop table if exists run_rows;
drop table if exists run_columns;
drop table if exists whole_runs;

create table run_rows (
  workspace text not null,
  "table" text not null,
  key text not null,
  source text not null,
  row text not null,
  primary key (workspace, "table", key, source)
) strict, without rowid;

create table run_columns (
  workspace text not null,
  "table" text not null,
  names text not null,
  primary key (workspace, "table")
) strict;

create table whole_runs (
  workspace text not null primary key,
  run text,
  token text not null
) strict;

pragma user_version = ${format};
`;

/** How many rows are taken away in one write, of what no run needs any more. */
const cleared = 20_000;

interface Found {
  readonly run: string | null;
  /** A JSON list of the columns of the table; null where it has no row. */
  readonly names: string | null;
  /** A JSON list of their values. */
  readonly row: string | null;
}

interface Place {
  readonly key: string;
}

export interface RunRowsFile extends RunRows {
  close(): Promise<void>;
}

/** The file is made with the first use. @throws RECORDS_KEY, RECORDS_BUSY, RECORDS_FULL, RECORDS_FAILED, from its methods */
export function openRunRowsFile(file: string, key: string | undefined, workspace: string): RunRowsFile {
  let opened: Promise<Connection> | undefined;
  const connection = (): Promise<Connection> => {
    opened ??= open(file, key).catch((error) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
  return { ...sqliteRunRows(connection, workspace), close: async () => (await opened)?.close() };
}

async function open(file: string, key: string | undefined): Promise<Connection> {
  await makeFile(file);
  const connection = await openConnection({ file, key, durable: false });
  try {
    const found = await connection.get<{ user_version: number }>('pragma user_version');
    if (found?.user_version !== format) await connection.exec(tables);
  } catch (error) {
    await connection.close();
    throw error;
  }
  return connection;
}

function sqliteRunRows(connection: () => Promise<Connection>, workspace: string): RunRows {
  return {
    async whole() {
      const sql = 'select run from whole_runs where workspace = ?';
      return (await (await connection()).get<{ run: string | null }>(sql, [workspace]))?.run ?? undefined;
    },
    async get(run, places) {
      const asked = JSON.stringify(places.map(({ table, key }) => [table, key]));
      const found = await (await connection()).all<Found & Place>(rowsSql, [workspace, asked]);
      if (found[0]?.run !== run) return undefined;
      const rowIn = rowReader();
      // A key that comes back as another, such as one cut off at a NUL, is not the one that was asked for.
      return places.map(({ key }, at) => (found[at]?.key === key ? (rowIn(found[at]) ?? null) : null));
    },
    async page(run, table, { after, limit }) {
      const found = await (await connection()).all<Found>(
        `select run, (${names}) as names, row from whole_runs left join (
  select row from run_rows where workspace = ?1 and "table" = ?2${after ? ' and (key, source) > (?4, ?5)' : ''}
  order by key, source limit ?3
) on true
where workspace = ?1`,
        [workspace, table, limit, ...(after ? [after.key, after.source] : [])],
      );
      if (found[0]?.run !== run) return undefined;
      return found.map(rowReader()).filter((row) => row !== undefined);
    },
    async count(run, table, keys) {
      const found = await (await connection()).get<{ run: string | null; total: number }>(
        `select run, (
  select count(*) from json_each(?3) as asked join run_rows
  on workspace = ?1 and "table" = ?2 and run_rows.key = asked.value and source = 'default'
) as total
from whole_runs where workspace = ?1`,
        [workspace, table, JSON.stringify(keys)],
      );
      return found?.run === run ? found.total : undefined;
    },
    async bringIn({ run, from, changes }) {
      const own = await connection();
      const token = randomUUID();
      const begun = await own.run(
        from === null
          ? `insert into whole_runs (workspace, run, token) values (?1, null, ?2)
on conflict (workspace) do update set run = null, token = excluded.token`
          : 'update whole_runs set run = null, token = ?2 where workspace = ?1 and run = ?3',
        [workspace, token, ...(from === null ? [] : [from])],
      );
      if (begun.changes === 0) return false;
      if (from === null) await clear(own, workspace, token);
      for await (const some of changes) {
        if (!(await bring(own, workspace, token, some))) return false;
      }
      const sql = 'update whole_runs set run = ? where workspace = ? and token = ?';
      return (await own.run(sql, [run, workspace, token])).changes === 1;
    },
  };
}

/** Of each place that is asked for, in their order. */
const rowsSql = `select run, asked.value ->> '$[1]' as key,
  (select names from run_columns where workspace = ?1 and "table" = asked.value ->> '$[0]') as names,
  (
    select row from run_rows
    where workspace = ?1 and "table" = asked.value ->> '$[0]' and key = asked.value ->> '$[1]'
    order by case when source = 'default' then 0 else 1 end, source limit 1
  ) as row
from whole_runs, json_each(?2) as asked where workspace = ?1 order by asked.id`;

/** Of the table that is asked for. */
const names = 'select names from run_columns where workspace = ?1 and "table" = ?2';

/** Reads rows, and the names of their columns once: all rows of a table have the same. */
function rowReader(): (found: Found) => RunRow | undefined {
  const known = new Map<string, string[]>();
  return ({ names: text, row }) => {
    if (text === null || row === null) return undefined;
    const columns = known.get(text) ?? (JSON.parse(text) as string[]);
    known.set(text, columns);
    const values = JSON.parse(row) as unknown[];
    const found: Record<string, unknown> = {};
    for (const [at, name] of columns.entries()) found[name] = values[at] ?? null;
    return found;
  };
}

/** Writes nothing once another has begun. */
const mine = 'exists (select 1 from whole_runs where workspace = ?1 and token = ?2)';

async function clear(own: Connection, workspace: string, token: string): Promise<void> {
  const sql = `delete from run_rows where workspace = ?1 and ${mine} and ("table", key, source) in (
  select "table", key, source from run_rows where workspace = ?1 limit ${cleared}
)`;
  while ((await own.run(sql, [workspace, token])).changes > 0);
}

/**
 * All rows of a table have the same columns, so that their names are kept once. False where another has begun.
 */
async function bring(
  own: Connection,
  workspace: string,
  token: string,
  all: readonly RunRowChange[],
): Promise<boolean> {
  for (const [table, some] of byTable(all)) {
    const columns = Object.keys(some.find(({ row }) => row !== null)?.row ?? {});
    const there = some.flatMap(({ key, source, row }) =>
      row === null ? [] : [[key, source, JSON.stringify(columns.map((name) => row[name] ?? null))]],
    );
    const gone = some.flatMap(({ key, source, row }) => (row === null ? [[key, source]] : []));
    if (there.length > 0) {
      await own.run(
        `insert into run_columns (workspace, "table", names) select ?1, ?3, ?4 where ${mine}
on conflict (workspace, "table") do update set names = excluded.names`,
        [workspace, token, table, JSON.stringify(columns)],
      );
      const { changes } = await own.run(
        `insert into run_rows (workspace, "table", key, source, row)
select ?1, ?3, value ->> '$[0]', value ->> '$[1]', value ->> '$[2]' from json_each(?4) where ${mine}
on conflict (workspace, "table", key, source) do update set row = excluded.row`,
        [workspace, token, table, JSON.stringify(there)],
      );
      if (changes === 0) return false;
    }
    if (gone.length > 0) {
      await own.run(
        `delete from run_rows where workspace = ?1 and ${mine} and "table" = ?3
  and (key, source) in (select value ->> '$[0]', value ->> '$[1]' from json_each(?4))`,
        [workspace, token, table, JSON.stringify(gone)],
      );
    }
  }
  return true;
}

function byTable(all: readonly RunRowChange[]): Map<RunRowTable, RunRowChange[]> {
  const tables = new Map<RunRowTable, RunRowChange[]>();
  for (const change of all) {
    const some = tables.get(change.table);
    if (some) some.push(change);
    else tables.set(change.table, [change]);
  }
  return tables;
}
