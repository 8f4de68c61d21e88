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
