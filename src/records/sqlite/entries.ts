// The log of entries in SQLite: one INSERT is the write, and the unique keys of the table decide among several at once.
import { randomUUID } from 'node:crypto';
import { appending, type LogStore, type Stored } from '../append.js';
import type { AuditLine, Entry, RecordPlace, RecordTable, Values } from '../entry.js';
import type { Entries } from '../records.js';
import type { Connection } from './connection.js';
import type { Written } from './group-commit.js';
import { projection } from './rows.js';

interface LogRow {
  readonly sequence: number;
  readonly kind: string;
  readonly table: string;
  readonly key: string;
  readonly version: number;
  readonly expected: number;
  readonly before: string | null;
  readonly after: string | null;
  readonly audit: string;
  readonly at: string;
  readonly idempotency: string | null;
  readonly identity: string;
  readonly digest: string;
}

const select = 'select * from entries where workspace = ?';

/** Of each record that is asked for, by table and key. */
const newestSql = `select entries.* from (
  select distinct value ->> '$[0]' as "table", value ->> '$[1]' as key from json_each(?2)
) as asked join entries on workspace = ?1 and entries."table" = asked."table" and entries.key = asked.key
where version = (
  select max(version) from entries where workspace = ?1 and "table" = asked."table" and key = asked.key
)`;

const placeOf = ({ table, key }: RecordPlace): string => `${table}/${key}`;

/** How many entries are read at once. */
const pageSize = 500;

export interface RowStore {
  project(entry: Entry): Promise<void>;
  /** That an entry and its row are there. */
  written(entry: Entry): Promise<void>;
}

export function sqliteEntries(connection: Connection, workspace: string, rows: RowStore): Entries {
  const store: LogStore = {
    project: rows.project,
    async identified(identity) {
      const row = await connection.get<LogRow>(`${select} and identity = ?`, [workspace, identity]);
      return row && { ...entryOf(row), identity: row.identity, digest: row.digest };
    },
    async newest(places) {
      const asked = JSON.stringify(places.map(({ table, key }) => [table, key]));
      const found = (await connection.all<LogRow>(newestSql, [workspace, asked])).map(entryOf);
      const byPlace = new Map(found.map((entry) => [placeOf(entry), entry]));
      return places.map((place) => byPlace.get(placeOf(place)));
    },
    async insert(entry) {
      const { identity: _identity, digest: _digest, ...plain } = entry;
      const written = (sequence: number): Entry => ({ ...plain, sequence });
      const rowOf = ({ last }: Written) => projection(workspace, written(last));
      const { changes, last } = await connection.run(insertSql, parametersOf(workspace, entry), rowOf);
      if (changes === 0) return undefined;
      await rows.written(written(last));
      return written(last);
    },
  };
  return {
    ...appending(store),
    newest: store.newest,
    async end() {
      const place = `select id, (select max(sequence) from entries where workspace = ?1) as sequence
from logs where workspace = ?1`;
      const find = () => connection.get<{ id: string; sequence: number | null }>(place, [workspace]);
      let found = await find();
      if (!found) {
        const make = 'insert into logs (workspace, id) values (?, ?) on conflict do nothing';
        await connection.run(make, [workspace, randomUUID()]);
        found = await find();
      }
      return { log: found?.id ?? '', sequence: found?.sequence ?? 0 };
    },
    async *read(after, through = Number.MAX_SAFE_INTEGER) {
      let last = after;
      for (;;) {
        const sql = `${select} and sequence > ? and sequence <= ? order by sequence limit ${pageSize}`;
        const page = await connection.all<LogRow>(sql, [workspace, last, through]);
        for (const row of page) yield entryOf(row);
        if (page.length < pageSize) return;
        last = page.at(-1)?.sequence ?? last;
      }
    },
    settled: connection.onDisk,
    async count(after) {
      const sql = 'select count(*) as total from entries where workspace = ? and sequence > ?';
      return (await connection.get<{ total: number }>(sql, [workspace, after]))?.total ?? 0;
    },
    async history(table, key) {
      const sql = `${select} and "table" = ? and key = ? order by version`;
      return (await connection.all<LogRow>(sql, [workspace, table, key])).map(entryOf);
    },
  };
}

const columns = [
  ...['workspace', 'kind', 'table', 'key', 'version', 'expected', 'before', 'after', 'audit', 'at', 'idempotency'],
  ...['identity', 'digest'],
];

const insertSql = `insert into entries (${columns.map((name) => `"${name}"`).join(', ')})
values (${columns.map(() => '?').join(', ')}) on conflict do nothing`;

function parametersOf(workspace: string, entry: Omit<Stored, 'sequence'>): (string | number | null)[] {
  const { kind, table, key, version, expected, before, after, audit, at, idempotencyKey, identity, digest } = entry;
  const json = (value: unknown) => (value === null ? null : JSON.stringify(value));
  const own = [workspace, kind, table, key, version, expected, json(before), json(after), json(audit), at];
  return [...own, idempotencyKey, identity, digest];
}

const entryOf = (row: LogRow): Entry => ({
  sequence: row.sequence,
  kind: row.kind as Entry['kind'],
  table: row.table as RecordTable,
  key: row.key,
  version: row.version,
  expected: row.expected,
  before: row.before === null ? null : (JSON.parse(row.before) as Values),
  after: row.after === null ? null : (JSON.parse(row.after) as Values),
  audit: JSON.parse(row.audit) as AuditLine,
  at: row.at,
  idempotencyKey: row.idempotency,
});
