// The tables of the file. Every one of them holds the rows of all workspaces.
import { CarelakeError } from '../../errors.js';
import type { Connection } from './connection.js';

const format = 2;

/** Of format 1. */
const logTables = `
create table if not exists entries (
  sequence integer primary key autoincrement,
  workspace text not null,
  kind text not null,
  "table" text not null,
  key text not null,
  version integer not null,
  expected integer not null,
  before text,
  after text,
  audit text not null,
  at text not null,
  idempotency text,
  identity text not null,
  digest text not null,
  unique (workspace, "table", key, version),
  unique (workspace, identity)
) strict;
create index if not exists entries_in_order on entries (workspace, sequence);

create table if not exists logs (
  workspace text not null primary key,
  id text not null
) strict;

create table if not exists rows (
  workspace text not null,
  "table" text not null,
  key text not null,
  version integer not null,
  sequence integer not null,
  deleted integer not null,
  "values" text not null,
  "by" text not null,
  at text not null,
  primary key (workspace, "table", key)
) strict;
create index if not exists rows_of_patient on rows (workspace, "table", "values" ->> '$.patient_id');
create index if not exists rows_of_visit on rows (workspace, "table", "values" ->> '$.visit_id');

create table if not exists projected (
  workspace text not null primary key,
  sequence integer not null
) strict;

create table if not exists predictions (
  workspace text not null,
  id text not null,
  model text not null,
  version text not null,
  input_hash text not null,
  inputs text,
  result text not null,
  at text not null,
  patient text,
  primary key (workspace, id)
) strict;
create index if not exists predictions_in_order on predictions (workspace, model, at, id);

create table if not exists outcomes (
  workspace text not null,
  prediction text not null,
  value text not null,
  run text not null,
  at text not null,
  primary key (workspace, prediction)
) strict;
`;

/** What format 2 has more. The owner is a workspace, or '' of what is above them all. */
const documentTable = `
create table if not exists documents (
  owner text not null,
  collection text not null,
  key text not null,
  revision integer not null,
  body text not null,
  primary key (owner, collection, key)
) strict;
`;

/** A file of an earlier format gets what it lacks; nothing that is there is touched. @throws RECORDS_VERSION */
export async function createTables(connection: Connection, file: string): Promise<void> {
  const found = (await connection.get<{ user_version: number }>('pragma user_version'))?.user_version;
  if (found === format) return;
  if (found !== 0 && found !== 1) {
    throw new CarelakeError('RECORDS_VERSION', `${file} has format ${found}; this version reads format ${format}.`);
  }
  const missing = found === 0 ? `${logTables}${documentTable}` : documentTable;
  await connection.exec(`${missing}\npragma user_version = ${format};`);
}
