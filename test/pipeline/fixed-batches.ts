// Batches that never change, for plans that are compared with what they were: every table of the catalog from files with a
// column for every field; the UCI set; a full extract of another source, of few columns, with decimal commas; the 18 files of Synthea.
import { readFileSync } from 'node:fs';
import { tables } from '../../src/catalog/catalog.js';
import type { Batch, BatchFile, LandedTable } from '../../src/pipeline/batch.js';
import { headers } from '../sources/synthea/export.js';

const columnsOf = (table: string): string[] => tables[table]?.fields.map(({ name }) => name) ?? [];

const uciColumns = (name: string): string[] =>
  readFileSync(new URL(`../fixtures/uci-diabetes/${name}`, import.meta.url), 'utf8')
    .split('\n', 1)[0]
    ?.split(',') ?? [];

function landed(name: string, file: string, columns: readonly string[], delimiter = ','): LandedTable {
  return { name, part: 0, columns, delimiter, files: [file], parquet: [`${name}-0.parquet`], rows: 10 };
}

const fileOf = ({ name, files, rows }: LandedTable): BatchFile => ({
  name: files[0] ?? '',
  sha256: '0'.repeat(64),
  inside: '',
  bytes: 1000,
  encoding: 'utf-8',
  rawTable: name,
  part: 0,
  lines: rows + 1,
  header: 1,
  blank: 0,
  records: rows,
  recordLines: rows,
  rejected: 0,
  rejectedLines: 0,
});

function batch(sequence: number, landedOn: string, own: Partial<Batch>, landedTables: readonly LandedTable[]): Batch {
  return {
    format: 1,
    sequence,
    id: `batch${sequence}`,
    from: 'csv',
    readerVersion: 1,
    source: 'default',
    mode: 'upsert',
    landedAt: `${landedOn}T12:00:00.000Z`,
    landed: landedOn,
    by: 'someone',
    tables: landedTables,
    files: landedTables.map(fileOf),
    rejects: [],
    ...own,
  };
}

export const fixedBatches: readonly Batch[] = [
  batch(
    1,
    '2024-06-15',
    {},
    Object.keys(tables).map((table) => landed(table, `${table}.csv`, columnsOf(table))),
  ),
  batch(2, '2024-06-16', { from: 'uci-diabetes', source: 'uci-diabetes' }, [
    landed('encounters', 'diabetic_data.csv', uciColumns('diabetic_data.csv')),
    landed('codes', 'IDs_mapping.csv', uciColumns('IDs_mapping.csv')),
  ]),
  batch(3, '2024-06-17', { source: 'north', mode: 'snapshot', mapping: { columns: {}, dates: 'dmy' } }, [
    landed('patients', 'patients.csv', ['patient_id', 'birth_date', 'bmi', 'chronic_conditions'], ';'),
    landed('visits', 'visits.csv', ['visit_id', 'patient_id', 'visit_date', 'admitted_at', 'severity_score'], ';'),
  ]),
  batch(
    4,
    '2024-06-18',
    { from: 'synthea', source: 'synthea' },
    Object.entries(headers).map(([kind, header]) => landed(kind, `${kind}.csv`, header.split(','))),
  ),
];
