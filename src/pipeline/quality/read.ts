// What is told of the quality of a run: its report, and the runs before it.
import { CarelakeError } from '../../errors.js';
import type { Lake } from '../../lake/lake.js';
import { type Manifest, readCurrent, readManifest, readRuns, requireCurrent } from '../publish/manifest.js';
import type { QualityReport } from './score.js';

export interface RunQuality extends QualityReport {
  readonly run: string;
  readonly as_of: string;
  readonly finished_at: string;
  /** Whether the run is, or was, the published one; a run below what was asked for never is. */
  readonly published: boolean;
}

/** One run in the course of time. */
export type TrendPoint = Omit<RunQuality, 'checks'> & { readonly failed: number };

/**
 * The report of a run that is kept, of the published one where none is named.
 * @throws NOT_PUBLISHED, LAKE_NOT_FOUND, QUALITY_NOT_CHECKED
 */
export async function readQuality(lake: Lake, id?: string): Promise<RunQuality> {
  const manifest = id === undefined ? await requireCurrent(lake) : await readManifest(lake, id);
  const line = await publishedLine(lake);
  const report = reportOf(manifest, line);
  if (!report) throw new CarelakeError('QUALITY_NOT_CHECKED', `Run ${manifest.id} has no checks.`);
  return report;
}

/** Every kept run that was checked, oldest first. */
export async function readTrend(lake: Lake): Promise<TrendPoint[]> {
  const line = await publishedLine(lake);
  const reports = (await readRuns(lake)).map((manifest) => reportOf(manifest, line));
  return reports
    .filter((report) => report !== undefined)
    .map(({ checks, ...point }) => ({ ...point, failed: checks.filter(({ status }) => status === 'failed').length }))
    .sort((a, b) => (a.finished_at < b.finished_at ? -1 : 1));
}

const reportOf = (manifest: Manifest, line: ReadonlySet<string>): RunQuality | undefined =>
  manifest.quality && {
    run: manifest.id,
    as_of: manifest.as_of,
    finished_at: manifest.finished_at,
    published: line.has(manifest.id),
    ...manifest.quality,
  };

/** The published run and those that it came after. */
async function publishedLine(lake: Lake): Promise<Set<string>> {
  const parents = new Map((await readRuns(lake)).map(({ id, parent }) => [id, parent]));
  const line = new Set<string>();
  let id = (await readCurrent(lake))?.manifest.id ?? null;
  while (id !== null && !line.has(id)) {
    line.add(id);
    id = parents.get(id) ?? null;
  }
  return line;
}
