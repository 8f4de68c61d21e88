// Metrics of the catalog in the shapes of the kept paths: totals, and one number for each value of one dimension.
import type { CountingPlace } from '../../analytics/metrics/count.js';
import { answerMetrics } from '../../analytics/metrics/metrics.js';

export async function totals(place: CountingPlace, metrics: readonly string[]): Promise<(number | null)[]> {
  const { total } = await answerMetrics({ metrics }, place);
  return metrics.map((name) => total.values[name] ?? null);
}

export async function distribution(place: CountingPlace, metric: string, by: string, sort: readonly string[] = []) {
  const { rows } = await answerMetrics({ metrics: [metric], by: [by], sort, limit: 10_000 }, place);
  return rows.map((row) => ({ value: row.by[by] ?? null, count: row.values[metric] ?? null }));
}
