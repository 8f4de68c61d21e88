// The steps by which a run checks its data: for each table that holds any, its findings and what each check came to.
import { publishedTableNamed, tables } from '../../catalog/catalog.js';
import type { Check } from '../../catalog/checks/check.js';
import { checks } from '../../catalog/checks.js';
import type { Step } from '../../engine/step.js';
import type { Reading } from '../../sources/source.js';
import type { Batch } from '../batch.js';
import type { Snapshot } from '../deduplicate/losers.js';
import { countsStep } from './counts.js';
import { type CleanedTable, findingsStep } from './findings.js';
import { recordCounts, unreadableRecords } from './records.js';

export interface QualityInput {
  readonly asOf: string;
  readonly batches: readonly Batch[];
  readonly readings: readonly { readonly batch: Batch; readonly reading: Reading }[];
  readonly published: Readonly<Record<string, Step>>;
  readonly cleaned: Readonly<Record<string, CleanedTable>>;
}

export interface QualityPlan {
  /** By table; `records` for those that became no row of any. */
  readonly findings: Readonly<Record<string, Step>>;
  readonly counts: Readonly<Record<string, Step>>;
  /** table → field → the sources that give it. */
  readonly givenBy: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;
}

export const qualitySteps = ({ findings, counts }: QualityPlan): Step[] => [
  ...Object.values(findings),
  ...Object.values(counts),
];

export function planQuality(input: QualityInput): QualityPlan {
  const filled = new Set(input.readings.map(({ reading }) => reading.table));
  const checked = [
    ...Object.keys(tables).filter((name) => filled.has(name)),
    ...(filled.has('visits') ? ['months'] : []),
  ];
  const kept = input.batches.filter((batch) => !isReplaced(batch, input));
  const records = unreadableRecords(kept);
  const findings: Record<string, Step> = { records };
  const counts: Record<string, Step> = { records: recordCounts(kept, records) };
  const givenBy = new Map(checked.map((table) => [table, sourcesOf(table, input.readings)]));
  for (const table of checked) {
    const own = checks.filter((check) => check.table === table && isAsked(check, givenBy.get(table)));
    const step = findingsStep({
      table,
      key: publishedTableNamed(table).key,
      checks: own,
      published: input.published,
      cleaned: input.cleaned[table],
      asOf: input.asOf,
    });
    findings[table] = step;
    const published = input.published[table] as Step;
    counts[table] = countsStep({
      table,
      checks: own,
      published,
      findings: step,
      givenBy: givenBy.get(table) ?? new Map(),
    });
  }
  return { findings, counts, givenBy };
}

/** A field that no source gives is not missing, it is not there. */
const isAsked = ({ field, look, category }: Check, givenBy: ReadonlyMap<string, unknown> | undefined): boolean =>
  (look.at === 'rows' && category !== 'completeness') || field === null || (givenBy?.has(field) ?? false);

function sourcesOf(table: string, readings: QualityInput['readings']): Map<string, readonly string[]> {
  const sources = new Map<string, Set<string>>();
  for (const { batch, reading } of readings) {
    if (reading.table !== table) continue;
    for (const field of reading.fields) sources.set(field, (sources.get(field) ?? new Set()).add(batch.source));
  }
  return new Map([...sources].map(([field, names]) => [field, [...names].sort()]));
}

/** Whether later full extracts of its source replace all that a batch holds: its unreadable records are history then. */
function isReplaced(batch: Batch, { readings, cleaned }: QualityInput): boolean {
  const own = readings.filter((reading) => reading.batch === batch);
  const isNewer = ({ source, sequence }: Snapshot) => source === batch.source && sequence > batch.sequence;
  return own.length > 0 && own.every(({ reading }) => cleaned[reading.table]?.snapshots.some(isNewer) ?? false);
}
