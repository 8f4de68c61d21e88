// The shapes of what a run says of itself.
import { Type } from 'typebox';

const rows = Type.Integer({ minimum: 0 });
const dispositions = { used: rows, duplicates: rows, rejected: rows, not_used: rows };

export const accountingSchema = Type.Array(
  Type.Object({
    file: Type.String(),
    source: Type.String(),
    batch: Type.Integer(),
    lines: Type.Optional(rows),
    header: Type.Optional(rows),
    blank: Type.Optional(rows),
    used: Type.Optional(rows),
    duplicates: Type.Optional(rows),
    rejected: Type.Optional(rows),
    not_used: Type.Optional(rows),
    records: Type.Object({ total: rows, ...dispositions }),
  }),
  {
    description:
      'In lines, where the file has them: header + blank + used + duplicates + rejected + not_used = lines, for every file.',
  },
);

export const missingSchema = Type.Array(
  Type.Object({
    source: Type.String(),
    table: Type.String(),
    field: Type.String(),
    reason: Type.String(),
    values: rows,
  }),
  { description: 'Values that could not be used and were set missing.' },
);

export const rowsPerTable = Type.Record(Type.String(), Type.Object({ rows }));
export const perTable = Type.Record(Type.String(), rows);

export const summarySchema = {
  id: Type.String(),
  parent: Type.Union([Type.String(), Type.Null()]),
  published: Type.Boolean(),
  as_of: Type.String({ format: 'date' }),
  finished_at: Type.String({ format: 'date-time' }),
  ms: Type.Number({ minimum: 0 }),
  engine: Type.String(),
  grade: Type.Union([Type.String(), Type.Null()]),
  tables: rowsPerTable,
};

export const summaryExample = {
  id: '000002-1f0c9a7b',
  parent: '000001-0f3a6c1b',
  published: true,
  as_of: '2026-03-01',
  finished_at: '2026-03-01T08:15:30.123Z',
  ms: 8960,
  engine: 'duckdb v1.5.6',
  grade: 'A',
  tables: { patients: { rows: 12_000 }, visits: { rows: 59_679 } },
};

/** A file of which one line in a hundred could not be used. */
export const accountExample = {
  accounting: [
    {
      ...{ file: 'patients.csv', source: 'default', batch: 1 },
      ...{ lines: 101, header: 1, blank: 0, used: 98, duplicates: 1, rejected: 1, not_used: 0 },
      records: { total: 100, used: 98, duplicates: 1, rejected: 1, not_used: 0 },
    },
  ],
  conflicts: [],
  missing: [{ source: 'default', table: 'patients', field: 'bmi', reason: 'out_of_range', values: 2 }],
  twins: { patients: 0 },
  orphans: { visits: 3 },
};
