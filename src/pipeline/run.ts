// One run of the pipeline: plan, make what is missing, prove the account, publish.
import { createHash } from 'node:crypto';
import { checks } from '../catalog/checks.js';
import type { Engine } from '../engine/engine.js';
import { rowsOf } from '../engine/engine.js';
import { type Step, stepHash } from '../engine/step.js';
import { CarelakeError } from '../errors.js';
import type { Lake } from '../lake/lake.js';
import { catalogDigest, version } from '../version.js';
import { account } from './accounting/account.js';
import type { ConflictRow } from './accounting/conflicts.js';
import type { DispositionRow } from './accounting/dispositions.js';
import { type Batch, inForce, readBatches } from './batch.js';
import { type Lock, underLock } from './lock.js';
import { type Plan, planRun, stepsOf } from './plan.js';
import { keep, type Manifest, type MissingRow, publish, readCurrent } from './publish/manifest.js';
import type { CountRow } from './quality/counts.js';
import { type Grade, isBelow, judge } from './quality/score.js';
import { type QualitySettings, readQualitySettings } from './quality/settings.js';
import { runSteps, type StepProgress, type StepResult, stepFilesFor } from './runner.js';

export interface RunOptions {
  readonly full?: boolean;
  /** Publishes only a run with this grade or a better one. */
  readonly failBelow?: Grade;
  /** Raw bytes of a table that make a bucket of it; 256 MB where nothing is said. */
  readonly bucketBytes?: number;
  /** Lands what else there is, when no other run is under way. */
  readonly land?: () => Promise<unknown>;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: StepProgress) => void;
}

export interface RunResult {
  readonly manifest: Manifest;
  /** False where the published run already is what this one would be. */
  readonly published: boolean;
  readonly ms: number;
  readonly steps: readonly StepResult[];
}

/**
 * Runs everything that has landed.
 * @throws NOTHING_LANDED, RUN_IN_PROGRESS, ACCOUNT_OPEN, QUALITY_SETTINGS, QUALITY_BELOW and what engine and lake throw;
 * nothing is published then. Of a run that is not good enough the manifest is kept, so that its report can be read.
 */
export function run(lake: Lake, engine: Engine, options: RunOptions = {}): Promise<RunResult> {
  return underLock(lake, (lock) => runLocked(lake, engine, lock, options));
}

async function runLocked(lake: Lake, engine: Engine, lock: Lock, options: RunOptions): Promise<RunResult> {
  const started = new Date();
  const clock = performance.now();
  await options.land?.();
  const batches = inForce(await readBatches(lake));
  if (batches.length === 0) throw new CarelakeError('NOTHING_LANDED', `${lake.address} holds no batch.`);
  const settings = await readQualitySettings(lake);
  const plan = planRun(batches, options.bucketBytes);
  const current = await readCurrent(lake);
  const steps = await runSteps(stepsOf(plan), { lake, engine, ...options, assertHeld: lock.assertHeld });
  const replaced = steps.some((step) => step.replaced);
  const id = runId(plan, settings, current?.manifest, replaced);
  const ms = () => Math.round(performance.now() - clock);
  if (current && id === current.manifest.id) {
    refuseBelow(current.manifest, options.failBelow, 'stays published as it was');
    return { manifest: current.manifest, published: false, ms: ms(), steps };
  }
  const reports = await readReports(plan, lake, engine);
  const rows = new Map(steps.map((step) => [step.hash, step.rows]));
  const quality = judge(checks, reports.counts, settings, plan.asOf);
  const rowsIn = (step: Step): number => rows.get(stepHash(step)) ?? 0;
  const manifest: Manifest = {
    format: 1,
    id,
    parent: current?.manifest.id ?? null,
    as_of: plan.asOf,
    started_at: started.toISOString(),
    finished_at: new Date().toISOString(),
    ms: ms(),
    engine: `${engine.name} ${engine.version}`,
    versions: { carelake: version, catalog: catalogDigest },
    batches: plan.batches.map((batch) => batch.id),
    ...entriesOf(plan.batches),
    tables: mapValues(plan.published, (step) => ({ step: stepHash(step), rows: rowsIn(step) })),
    steps: Object.fromEntries(steps.map(({ name, hash }) => [name, hash])),
    accounting: account(plan.batches, reports.dispositions),
    conflicts: reports.conflicts,
    missing: reports.missing,
    twins: mapValues(plan.twins, rowsIn),
    orphans: reports.orphans,
    grade: quality.grade,
    quality,
  };
  await lock.assertHeld();
  if (options.failBelow && isBelow(quality.grade, options.failBelow)) await keep(lake, manifest);
  refuseBelow(manifest, options.failBelow, `was not published; ${current?.manifest.id ?? 'no run'} is as before`);
  await publish(lake, manifest, current?.etag);
  return { manifest, published: true, ms: ms(), steps };
}

/** @throws QUALITY_BELOW where the grade of the run is worse than the one asked for. */
function refuseBelow({ id, quality }: Manifest, failBelow: Grade | undefined, outcome: string): void {
  if (!failBelow || !quality || !isBelow(quality.grade, failBelow)) return;
  const failed = quality.checks.filter(({ status }) => status === 'failed').map((check) => check.id);
  const named = failed.length > 10 ? [...failed.slice(0, 10), `and ${failed.length - 10} more`] : failed;
  throw new CarelakeError(
    'QUALITY_BELOW',
    `Run ${id} has grade ${quality.grade} (score ${quality.score.toFixed(1)}), and at least ${failBelow} was asked for; it ${outcome}. These checks failed: ${named.join(', ')}.`,
  );
}

/**
 * `<number>-<digest of all steps and of the quality settings>`: numbered along the line of parents, equal to the parent's
 * where nothing is new, not even the output of a step that was found damaged.
 */
function runId(plan: Plan, settings: QualitySettings, current: Manifest | undefined, replaced: boolean): string {
  const hashes = stepsOf(plan).map(stepHash).sort();
  const { thresholds, waivers } = settings;
  const ownSettings = Object.keys(thresholds).length + waivers.length > 0 ? [JSON.stringify(settings)] : [];
  const digest = createHash('sha256')
    .update([...hashes, ...ownSettings].join())
    .digest('hex')
    .slice(0, 12);
  if (!replaced && current?.id.endsWith(`-${digest}`)) return current.id;
  const number = current ? Number(current.id.split('-')[0]) + 1 : 1;
  return `${String(number).padStart(6, '0')}-${digest}`;
}

/** Of the newest batch of entries: where a log was replaced, what counts is the one that is written to. */
function entriesOf(batches: readonly Batch[]): Pick<Manifest, 'entries'> {
  const through = batches.findLast((batch) => batch.through)?.through;
  return through ? { entries: through } : {};
}

interface Reports {
  readonly dispositions: DispositionRow[];
  readonly conflicts: ConflictRow[];
  readonly missing: MissingRow[];
  readonly orphans: Record<string, number>;
  readonly counts: CountRow[];
}

async function readReports(plan: Plan, lake: Lake, engine: Engine): Promise<Reports> {
  const read = async <Row>(step: Step, sql: string): Promise<Row[]> =>
    rowsOf<Row>(engine, {
      name: `read ${step.name}`,
      sql,
      inputs: { t: await stepFilesFor(engine, lake, stepHash(step)) },
    });
  const linked = Object.entries(plan.published).filter(
    ([table, step]) => 'losers' in step.inputs && table !== 'patients',
  );
  const orphansOf = async ([table, step]: [string, Step]): Promise<[string, number]> => {
    const [row] = await read<{ orphans: number }>(step, 'select count(*) as orphans from t where not patient_known');
    return [table, Number(row?.orphans ?? 0)];
  };
  const [dispositions, conflicts, missing, orphans, counts] = await Promise.all([
    read<DispositionRow>(plan.dispositions, 'select * from t'),
    read<ConflictRow>(plan.conflicts, 'select * from t order by batch, table_name, field'),
    read<MissingRow>(plan.issues, missingSql),
    Promise.all(linked.map(orphansOf)),
    Promise.all(Object.values(plan.quality.counts).map((step) => read<CountRow>(step, 'select * from t'))),
  ]);
  return { dispositions, conflicts, missing, orphans: Object.fromEntries(orphans), counts: counts.flat() };
}

const missingSql = `select source, table_name as "table", field, reason, count(*) as "values" from t
where action = 'missing' and not _rejected group by source, table_name, field, reason order by source, table_name, field, reason`;

const mapValues = <From, To>(record: Readonly<Record<string, From>>, to: (value: From) => To): Record<string, To> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, to(value)]));
