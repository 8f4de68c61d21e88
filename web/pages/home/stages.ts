// The way of the data through the house, with what stands at each stage. Every number is one of the published run.
import type { StatusAnswer } from '../../api/answers.ts';

export interface Stage {
  readonly name: string;
  readonly says: string;
  readonly total: number;
  readonly unit: string;
  readonly parts: readonly { readonly label: string; readonly count: number; readonly tone?: 'bad' }[];
}

/** Tables of what the rows amount to; all others hold the rows themselves. */
const marts = ['patient_summary', 'stays', 'months'];

export function stagesOf({ accounting, tables }: StatusAnswer): Stage[] {
  const sum = (of: (file: StatusAnswer['accounting'][number]) => number) =>
    accounting.reduce((total, file) => total + of(file), 0);
  const rows = (wanted: (name: string) => boolean) =>
    Object.entries(tables)
      .filter(([name]) => wanted(name))
      .map(([label, table]) => ({ label: label.replaceAll('_', ' '), count: table.rows }));
  const total = (parts: readonly { readonly count: number }[]) => parts.reduce((all, { count }) => all + count, 0);
  const published = rows((name) => !marts.includes(name));
  const made = rows((name) => marts.includes(name));
  return [
    {
      name: 'Raw files',
      says: 'as they came',
      total: accounting.length,
      unit: accounting.length === 1 ? 'file' : 'files',
      parts: [
        { label: 'lines', count: sum(({ lines }) => lines ?? 0) },
        { label: 'records', count: sum(({ records }) => records.total) },
      ],
    },
    {
      name: 'Clean',
      says: 'every record judged',
      total: sum(({ records }) => records.used),
      unit: 'records used',
      parts: [
        { label: 'duplicates', count: sum(({ records }) => records.duplicates) },
        { label: 'rejected', count: sum(({ records }) => records.rejected), tone: 'bad' },
        { label: 'not used', count: sum(({ records }) => records.not_used) },
      ],
    },
    { name: 'Published', says: 'linked tables', total: total(published), unit: 'rows', parts: published },
    { name: 'Marts', says: 'ready to ask', total: total(made), unit: 'rows', parts: made },
  ];
}
