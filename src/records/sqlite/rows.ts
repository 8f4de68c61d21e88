// The operational rows in SQLite: one row for every record, with its values as JSON.
import type { Entry, RecordTable, Values } from '../entry.js';
import { rowOf } from '../projection.js';
import { cursorAfter, readRowQuery } from '../query.js';
import type { Row, Rows } from '../rows.js';
import type { Connection } from './connection.js';
import type { Statement } from './group-commit.js';
import { conditionsOf, orderSql } from './row-sql.js';

interface StoredRow {
  readonly table: string;
  readonly key: string;
  readonly version: number;
  readonly sequence: number;
  readonly deleted: number;
  readonly values: string;
  readonly by: string;
  readonly at: string;
}

export function sqliteRows(connection: Connection, workspace: string): Rows {
  return {
    async get(table, key) {
      const sql = 'select * from rows where workspace = ? and "table" = ? and key = ?';
      const row = await connection.get<StoredRow>(sql, [workspace, table, key]);
      return row && shownRow(row);
    },
    async list(table, query) {
      const asked = readRowQuery(table, query);
      const all = conditionsOf(workspace, table, { ...asked, place: undefined });
      const counted = await connection.get<{ total: number }>(
        `select count(*) as total from rows where ${all.sql}`,
        all.parameters,
      );
      const paged = conditionsOf(workspace, table, asked);
      const found = await connection.all<StoredRow>(
        `select * from rows where ${paged.sql} order by ${orderSql(asked.order)} limit ${asked.limit + 1}`,
        paged.parameters,
      );
      const rows = found.slice(0, asked.limit).map(shownRow);
      const last = rows.at(-1);
      const next = last && found.length > asked.limit ? cursorAfter(asked.order, last) : null;
      return { rows, total: counted?.total ?? 0, next };
    },
  };
}

/** What brings an entry into its row, unless a later one is there. */
export function projection(workspace: string, entry: Entry): Statement {
  const { table, key, version, sequence, deleted, values, by, at } = rowOf(entry);
  const json = JSON.stringify(values);
  return { sql: projectionSql, parameters: [workspace, table, key, version, sequence, deleted ? 1 : 0, json, by, at] };
}

const projectionSql = `insert into rows (workspace, "table", key, version, sequence, deleted, "values", "by", at)
values (?, ?, ?, ?, ?, ?, ?, ?, ?)
on conflict (workspace, "table", key) do update set version = excluded.version, sequence = excluded.sequence,
  deleted = excluded.deleted, "values" = excluded."values", "by" = excluded."by", at = excluded.at
where excluded.version > rows.version`;

const shownRow = (row: StoredRow): Row => ({
  table: row.table as RecordTable,
  key: row.key,
  version: row.version,
  sequence: row.sequence,
  deleted: row.deleted === 1,
  values: JSON.parse(row.values) as Values,
  by: row.by,
  at: row.at,
});
