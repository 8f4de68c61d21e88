// From batches to steps: what a run would make, before anything is made.
import { tableNamed, tables } from '../catalog/catalog.js';
import type { Table } from '../catalog/field.js';
import type { RawInput, Step } from '../engine/step.js';
import { readerOf } from '../sources/registry.js';
import type { RawTable, Reading } from '../sources/source.js';
import { conflictsStep } from './accounting/conflicts.js';
import { dispositionsStep, type TableSteps, unreadStep } from './accounting/dispositions.js';
import { type Batch, batchKey, type LandedTable } from './batch.js';
import { bucketsOf } from './buckets.js';
import { cleanStep, emptyCleanStep } from './clean/clean.js';
import { issuesStep } from './clean/issues.js';
import { type Following, losersStep, type Snapshot } from './deduplicate/losers.js';
import { tombstonesStep } from './deduplicate/tombstones.js';
import { twinsStep } from './deduplicate/twins.js';
import type { Typed } from './deduplicate/typed.js';
import { diagnosesStep, observationsStep, proceduresStep } from './link/children.js';
import { patientsStep } from './link/patients.js';
import { prescriptionsStep } from './link/prescriptions.js';
import { visitsStep } from './link/visits.js';
import { monthsStep } from './marts/months.js';
import { patientSummaryStep } from './marts/patient-summary.js';
import { staysStep } from './marts/stays.js';
import type { CleanedTable } from './quality/findings.js';
import { planQuality, type QualityPlan, qualitySteps } from './quality/plan.js';

/** A clean step with the reading and the batch that it comes from. */
export interface CleanPlan {
  readonly batch: Batch;
  readonly reading: Reading;
  readonly step: Step;
}

export interface Plan {
  /** The landing date of the newest batch, YYYY-MM-DD. */
  readonly asOf: string;
  readonly batches: readonly Batch[];
  readonly clean: readonly CleanPlan[];
  /** What a run publishes, by the name that `query` knows. */
  readonly published: Readonly<Record<string, Step>>;
  /** What a run reports: rows set missing or rejected, twins, dispositions, conflicts. */
  readonly issues: Step;
  readonly losers: Readonly<Record<string, Step>>;
  readonly twins: Readonly<Record<string, Step>>;
  readonly dispositions: Step;
  readonly conflicts: Step;
  readonly quality: QualityPlan;
}

/** Every step of a plan, for the runner and for `gc`. */
export const stepsOf = (plan: Plan): Step[] => [
  ...Object.values(plan.published),
  plan.issues,
  ...Object.values(plan.twins),
  plan.dispositions,
  plan.conflicts,
  ...qualitySteps(plan.quality),
];

/** @param bucketBytes Raw bytes of a table that make a bucket of it; 256 MB where nothing is said. */
export function planRun(batches: readonly Batch[], bucketBytes?: number): Plan {
  const asOf = batches.reduce((latest, { landed }) => (landed > latest ? landed : latest), '');
  const read = batches.map((batch) => ({ batch, ...readingsOf(batch) }));
  const reads = read.flatMap(({ batch, readings }) => readings.map((reading) => ({ batch, reading })));
  const buckets = bucketsOf(reads, bucketBytes);
  const clean = reads.map(({ batch, reading }) => cleanPlan(batch, reading, buckets.ofReading({ batch, reading })));
  const cleanOf = (table: Table): readonly Step[] => {
    const steps = clean.filter(({ reading }) => reading.table === table.name).map(({ step }) => step);
    return steps.length > 0 ? steps : [emptyCleanStep(table)];
  };
  const typed = new Map(Object.values(tables).map((table) => [table, typedOf(table, read)]));
  const losers = allLosers(clean, batches, cleanOf, typed);
  const link = (name: string, joined: Record<string, Step> = {}) => ({
    clean: cleanOf(tableNamed(name)),
    losers: named(losers, name),
    joined,
    buckets: buckets.count,
  });
  const patients = patientsStep(link('patients'));
  const visits = visitsStep(link('visits', { patients }));
  const prescriptions = prescriptionsStep(link('prescriptions', { patients, visits }));
  const stays = staysStep(visits, asOf, buckets.count);
  const published = {
    patients,
    visits,
    prescriptions,
    diagnoses: diagnosesStep(link('diagnoses', { patients, visits })),
    procedures: proceduresStep(link('procedures', { patients, visits })),
    observations: observationsStep(link('observations', { patients, visits })),
    stays,
    patient_summary: patientSummaryStep({ patients, visits, prescriptions, stays }, asOf, buckets.count),
    months: monthsStep(visits, stays),
  };
  const perTable: TableSteps[] = Object.values(tables).map((table) => ({
    table: table.name,
    clean: cleanOf(table),
    losers: named(losers, table.name),
    published: named(published, table.name),
  }));
  const twins = Object.fromEntries(
    Object.values(tables)
      .filter((table) => table.alike.length > 0)
      .map((table) => [table.name, twinsStep(table, cleanOf(table), named(losers, table.name))]),
  );
  const issues = issuesStep(Object.fromEntries(perTable.map(({ table, clean: steps }) => [table, steps])));
  const cleaned = Object.values(tables).map((table): [string, CleanedTable] => [
    table.name,
    {
      clean: cleanOf(table),
      losers: named(losers, table.name),
      twins: twins[table.name],
      issues,
      snapshots: snapshotsOf(table, clean, batches),
      typed: typed.get(table)?.batches ?? [],
    },
  ]);
  return {
    asOf,
    batches,
    clean,
    published,
    losers,
    issues,
    twins,
    dispositions: dispositionsStep(perTable, read.flatMap(unreadSteps)),
    conflicts: conflictsStep(
      clean.map(({ batch, reading }) => ({ batch, reading, inputs: rawInputs(batch, reading.rawTable, reading.also) })),
    ),
    quality: planQuality({ asOf, batches, readings: clean, published, cleaned: Object.fromEntries(cleaned) }),
  };
}

function readingsOf(batch: Batch): ReturnType<ReturnType<typeof readerOf>['readings']> {
  const options = { ...(batch.as && { as: batch.as }), ...(batch.mapping && { mapping: batch.mapping }) };
  return readerOf(batch.from).readings(batch.tables, options);
}

function cleanPlan(batch: Batch, reading: Reading, buckets: number): CleanPlan {
  const inputs = rawInputs(batch, reading.rawTable, reading.also);
  return { batch, reading, step: cleanStep(reading, tableNamed(reading.table), batch, inputs, buckets) };
}

function rawInputs(batch: Batch, own: RawTable, also: readonly RawTable[]): Record<string, RawInput[]> {
  return Object.fromEntries([
    ['raw', [rawInput(batch, own)]],
    ...also.map((table) => [`${table.name}_${table.part}`, [rawInput(batch, table)]]),
  ]);
}

function rawInput(batch: Batch, { name, part }: RawTable): RawInput {
  const landed = batch.tables.find((table) => table.name === name && table.part === part) as LandedTable;
  return {
    kind: 'raw',
    hash: `${batch.id}/${name}.${part}`,
    keys: landed.parquet.map((file) => `${batchKey(batch)}/${file}`),
  };
}

/** In two rounds: tables read from records of their own, then those whose records another table decides. */
function allLosers(
  clean: readonly CleanPlan[],
  batches: readonly Batch[],
  cleanOf: (table: Table) => readonly Step[],
  typed: ReadonlyMap<Table, Typed | undefined>,
): Record<string, Step> {
  const losers: Record<string, Step> = {};
  const followed = (table: Table) =>
    clean.filter(({ reading }) => reading.table === table.name && !reading.primary && !reading.aggregate);
  const ordered = [...Object.values(tables)].sort((a, b) => followed(a).length - followed(b).length);
  for (const table of ordered) {
    const snapshots = snapshotsOf(table, clean, batches);
    losers[table.name] = losersStep(
      table,
      cleanOf(table),
      snapshots,
      following(followed(table), clean, losers, cleanOf),
      typed.get(table),
    );
  }
  return losers;
}

/** What was typed into a table; undefined where nothing was. */
function typedOf(
  table: Table,
  read: readonly ({ readonly batch: Batch } & ReturnType<typeof readingsOf>)[],
): Typed | undefined {
  const found = read.flatMap(({ batch, tombstones = [] }) =>
    tombstones.filter((one) => one.table === table.name).map((one) => ({ batch, one })),
  );
  if (found.length === 0) return undefined;
  return {
    batches: found.map(({ batch }) => batch.sequence),
    tombstones: found.map(({ batch, one }) => tombstonesStep(one, table, batch, rawInputs(batch, one.rawTable, []))),
  };
}

function snapshotsOf(table: Table, clean: readonly CleanPlan[], batches: readonly Batch[]): Snapshot[] {
  const newest = new Map<string, number>();
  for (const batch of batches) {
    const holds = clean.some((plan) => plan.batch === batch && plan.reading.table === table.name);
    if (batch.mode === 'snapshot' && holds) newest.set(batch.source, batch.sequence);
  }
  return [...newest].map(([source, sequence]) => ({ source, sequence }));
}

function following(
  secondary: readonly CleanPlan[],
  clean: readonly CleanPlan[],
  losers: Readonly<Record<string, Step>>,
  cleanOf: (table: Table) => readonly Step[],
): Following[] {
  const byPrimary = new Map<string, Set<number>>();
  for (const { batch, reading } of secondary) {
    const primary = clean.find(
      (plan) => plan.batch === batch && plan.reading.primary && sameRaw(plan.reading.rawTable, reading.rawTable),
    );
    if (!primary) throw new Error(`No reading decides about the records of ${reading.rawTable.name}.`);
    const table = primary.reading.table;
    byPrimary.set(table, (byPrimary.get(table) ?? new Set()).add(batch.sequence));
  }
  return [...byPrimary].map(([table, sequences]) => ({
    primary: cleanOf(tableNamed(table)),
    primaryLosers: named(losers, table),
    batches: [...sequences],
  }));
}

const sameRaw = (a: RawTable, b: RawTable): boolean => a.name === b.name && a.part === b.part;

function unreadSteps({ batch, unread }: { batch: Batch } & ReturnType<typeof readingsOf>): Step[] {
  return unread.map(({ rawTable, sql }) =>
    unreadStep(`${rawTable.name}.${rawTable.part}`, batch.sequence, sql, rawInputs(batch, rawTable, [])),
  );
}

function named(steps: Readonly<Record<string, Step>>, name: string): Step {
  const step = steps[name];
  if (!step) throw new Error(`The plan has no step for ${name} yet.`);
  return step;
}
