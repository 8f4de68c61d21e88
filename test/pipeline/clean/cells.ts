// Texts of one field, cleaned by the real steps: landed as one file with a record for every text.

import { rowsOf } from '../../../src/engine/engine.js';
import { stepHash } from '../../../src/engine/step.js';
import { runSteps, stepFiles } from '../../../src/pipeline/runner.js';
import type { LandOptions, Row, Workspace } from '../harness.js';

/** What became of one text: its value; why it was set missing, or why the row was rejected. */
export interface Cell {
  readonly value: unknown;
  readonly missing?: string;
  readonly rejected?: string;
}

export interface CellOptions extends LandOptions {
  readonly delimiter?: ',' | ';' | '\t' | '|';
}

/** What a record needs beside the field in question so that it is not rejected for something else. */
const companions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  patients: { patient_id: 'p', age: '40', birth_date: '1980-01-01' },
  visits: { visit_id: 'v', patient_id: 'p', visit_date: '2024-01-05' },
  prescriptions: { prescription_id: 'r', patient_id: 'p', drug_name: 'Aspirin' },
};

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

let landings = 0;

/** The clean rows of one file of these columns, in the order of its records. */
export async function cleanRows(
  workspace: Workspace,
  table: string,
  columns: readonly string[],
  records: readonly (readonly string[])[],
  { delimiter = ',', ...options }: CellOptions = {},
): Promise<Row[]> {
  const lines = [columns, ...records].map((fields) => fields.map(quoted).join(delimiter));
  // A name of its own, so that equal content is a batch of its own.
  await workspace.land({ [`${table}-${++landings}.csv`]: `${lines.join('\n')}\n` }, { as: table, ...options });
  const { clean, batches } = await workspace.plan();
  const steps = clean.filter(({ batch, reading }) => batch === batches.at(-1) && reading.table === table);
  await runSteps(
    steps.map(({ step }) => step),
    workspace,
  );
  const files = await Promise.all(steps.map(({ step }) => stepFiles(workspace.lake, stepHash(step))));
  const inputs = { clean: files.flat() };
  return rowsOf<Row>(workspace.engine, { name: 'test', sql: 'select * from clean order by _row', inputs });
}

export async function cells(
  workspace: Workspace,
  table: string,
  field: string,
  texts: readonly string[],
  options: CellOptions = {},
): Promise<Cell[]> {
  const others = Object.entries(companions[table] ?? {}).filter(([name]) => name !== field);
  // The number makes the content of every landing new: equal files would be one.
  const records = texts.map((text, n) => [
    ...others.map(([name, value]) => (name.endsWith('_id') ? `${value}${landings}-${n}` : value)),
    text,
  ]);
  const rows = await cleanRows(workspace, table, [...others.map(([name]) => name), field], records, options);
  return rows.map((row) => cellOf(row, field));
}

/** The issues of a clean row, as they stand in its column. */
export const issuesOf = (row: Row): { field: string; reason: string; action: string; value: string }[] =>
  typeof row._issues === 'string'
    ? row._issues.split('␞').map((issue) => {
        const [field = '', reason = '', action = '', value = ''] = issue.split('␟');
        return { field, reason, action, value };
      })
    : [];

function cellOf(row: Row, field: string): Cell {
  const value = row[field];
  const issues = issuesOf(row);
  const own = issues.find((issue) => issue.field === field) ?? issues[0];
  if (!own) return { value };
  return own.action === 'reject' ? { value, rejected: own.reason } : { value, missing: own.reason };
}
