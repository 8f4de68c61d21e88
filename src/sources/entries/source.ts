// The source `entries`: rows typed into the application, landed from the log. A raw table of it has a column for every
// field and one that says of an entry that it deleted its record.
import { tables } from '../../catalog/catalog.js';
import type { RawTable, Reading, Source, Tombstones } from '../source.js';

export const entries: Pick<Source, 'name' | 'nameSpace' | 'version' | 'readings'> = {
  name: 'entries',
  nameSpace: 'default',
  version: 1,
  readings: (rawTables) => ({
    readings: rawTables.map(readingOf),
    unread: [],
    tombstones: rawTables.map(tombstonesOf),
  }),
};

/** The columns of a raw table: those of `RawTable.columns`, by `textsOf` of land.ts. */
export const columnsOf = (table: string): string[] => [...fieldsOf(table), 'deleted'];

const fieldsOf = (table: string): string[] => tables[table]?.fields.map(({ name }) => name) ?? [];

const place = '_file, _row, _line, _lines, cast(0 as bigint) as _item';

const columnNamed = ({ columns }: RawTable, name: string): string => `c${columns.indexOf(name)}`;

function readingOf(rawTable: RawTable): Reading {
  const fields = rawTable.columns.filter((name) => name !== 'deleted');
  const shown = fields.map((name) => `${columnNamed(rawTable, name)} as "${name}"`);
  return {
    table: rawTable.name,
    rawTable,
    primary: true,
    fields,
    origin: Object.fromEntries(fields.map((name) => [name, name])),
    also: [],
    sql: () => `select ${place}, ${shown.join(', ')} from raw where ${columnNamed(rawTable, 'deleted')} is null`,
    decimalComma: false,
  };
}

const tombstonesOf = (rawTable: RawTable): Tombstones => ({
  table: rawTable.name,
  rawTable,
  sql: () => {
    const key = (tables[rawTable.name]?.key ?? []).map((name) => `${columnNamed(rawTable, name)} as "${name}"`);
    return `select ${place}, ${key.join(', ')} from raw where ${columnNamed(rawTable, 'deleted')} is not null`;
  },
});
