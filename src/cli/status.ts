// The state of a workspace, as `status`, `run` and `demo` show it.
import type { App } from '../app.js';
import { type FileAccount, hasLines } from '../pipeline/accounting/account.js';
import type { Manifest } from '../pipeline/publish/manifest.js';
import { type Status, statusOf } from '../pipeline/publish/status.js';
import { textTable } from './output.js';

export const statusIn = async (app: App, manifest: Manifest | undefined): Promise<Status> =>
  statusOf(app.config.workspace, manifest, await app.pendingEntries(manifest));

export function statusText({ workspace, run, tables, accounting, conflicts, missing, twins, orphans }: Status): string {
  if (!run) return `Workspace ${workspace}: no run is published. Start with carelake ingest PATH, then carelake run.`;
  const grade = run.grade ?? 'none (made by a version without checks)';
  const orphanList = Object.entries(orphans).filter(([, count]) => count > 0);
  const twinList = Object.entries(twins).filter(([, count]) => count > 0);
  return [
    `Workspace ${workspace}, run ${run.id}, as of ${run.as_of}, ${run.engine}, grade ${grade}`,
    '',
    textTable(
      ['table', 'rows'],
      Object.entries(tables).map(([name, { rows }]) => [name, rows]),
    ),
    '',
    accountText(accounting),
    ...missingText(missing),
    ...conflicts.map(
      (row) =>
        `${counted(row.conflicts)} ${row.table_name} of ${row.source} have more than one ${row.field}; the latest counts.`,
    ),
    ...orphanList.map(
      ([table, count]) => `${counted(count)} ${table} name a patient that is not known; kept and flagged.`,
    ),
    ...twinList.map(
      ([table, count]) => `${counted(count)} ${table} have the same content under another id; kept, not merged.`,
    ),
  ].join('\n');
}

/** Values that could not be used, so that nobody takes them for values that were never there. */
function missingText(missing: Status['missing']): string[] {
  if (missing.length === 0) return [];
  const rows = missing.map((row) => [row.source, row.table, row.field, row.reason, row.values]);
  const table = textTable(['source', 'table', 'field', 'reason', 'set missing'], rows);
  return ['', table, 'These values could not be used and were set missing; carelake rejects --missing shows each.', ''];
}

const counted = (count: number): string => count.toLocaleString('en-US');

/** Physical lines of every file, and that they add up; then the records of what has no lines. */
function accountText(accounting: readonly FileAccount[]): string {
  const columns = ['lines', 'header', 'blank', 'used', 'duplicates', 'rejected', 'not_used'] as const;
  const lined = accounting.filter(hasLines);
  const rows = lined.map((file) => [file.file, ...columns.map((column) => file[column])]);
  const sums = columns.map((column) => lined.reduce((sum, file) => sum + file[column], 0));
  const table = textTable(['file', ...columns], lined.length > 1 ? [...rows, ['all', ...sums]] : rows);
  const typed = accounting
    .filter((file) => !hasLines(file))
    .map(({ file, batch, records }) => [`${file} (batch ${batch})`, ...recordColumns.map((column) => records[column])]);
  const typedText = typed.length > 0 ? `\n\n${textTable(['typed', ...recordColumns], typed)}` : '';
  if (lined.length === 0) return typedText.trimStart();
  return `${table}\nEvery line is accounted for: header + blank + used + duplicates + rejected + not used = lines.${typedText}`;
}

const recordColumns = ['total', 'used', 'duplicates', 'rejected', 'not_used'] as const;
