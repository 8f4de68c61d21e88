// Whether the numbers that dashboards ask for are those of the published run, as a whole and by group.

import { answerMetrics } from '../analytics/metrics/metrics.js';
import type { App } from '../app.js';
import { readCurrent } from '../pipeline/publish/manifest.js';
import { type Verdict, verdictOn } from './finding.js';

/** Counts of rows, each by a dimension of the first page. */
const asked = [
  { metric: 'total_patients', by: 'age_group', table: 'patients' },
  { metric: 'total_visits', by: 'disease', table: 'visits' },
  { metric: 'total_prescriptions', by: 'drug_category', table: 'prescriptions' },
] as const;

/** @throws what answering a question throws. */
export async function analyticsAddUp(app: App): Promise<Verdict> {
  const manifest = (await readCurrent(app.lake))?.manifest;
  if (!manifest) return { state: 'ok', detail: 'no run published yet' };
  const place = { engine: await app.engine(), published: await app.published() };
  const faults: string[] = [];
  const said: string[] = [];
  for (const { metric, by, table } of asked) {
    const rows = manifest.tables[table]?.rows ?? 0;
    const answer = await answerMetrics({ metrics: [metric], by: [by] }, place);
    const total = answer.total.values[metric] ?? 0;
    const sum = answer.rows.reduce((all, { values }) => all + (values[metric] ?? 0), 0);
    if (total !== rows) faults.push(`${metric} is ${total}; the run has ${rows} rows of ${table}`);
    if (sum !== total) faults.push(`${metric} is ${total}, and by ${by} it adds up to ${sum}`);
    said.push(`${metric} ${total}`);
  }
  return verdictOn(faults, `the rows of the run, as a whole and by group: ${said.join(', ')}`);
}
