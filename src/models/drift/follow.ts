// What happened to patients after the moment at which a model was asked about them, by the label that the model learns.
import { type Engine, rowsOf } from '../../engine/engine.js';
import { historySql } from '../features/history.js';
import { patientParameters, rowsOfSource } from '../features/rows.js';
import { timeline } from '../features/timeline.js';
import type { ModelPlan } from '../plan.js';
import type { PublishedRows } from '../predict/predictor.js';

/** What a prediction was about. */
export interface PredictedCase {
  readonly id: string;
  readonly patient: string;
  /** YYYY-MM-DD; null where the source has no dates. */
  readonly indexDate: string | null;
}

/** Cases that are looked for at once: the patient of each is a parameter. */
const atOnce = 500;

/** Whether the days that the model speaks of have passed for a case by a day; always, where the source has no dates. */
export function isOver({ label }: ModelPlan, indexDate: string | null, by: string | null): boolean {
  if (indexDate === null || label.days === null) return true;
  return by !== null && Date.parse(by) - Date.parse(indexDate) >= label.days * 86_400_000;
}

/**
 * The labels of the cases whose time is over in the published run: the number of the class, or null where it cannot be
 * known, as of a stay that turned out to be no index stay or a patient who never came again.
 * @param plan Of the run's own facts. @param cases Of the source of the plan.
 */
export async function followed(
  plan: ModelPlan,
  { engine, paths }: PublishedRows,
  cases: readonly PredictedCase[],
): Promise<Map<string, number | null>> {
  const over = cases.filter(({ indexDate }) => isOver(plan, indexDate, plan.facts.dataEnd));
  const found = new Map<string, number | null>(over.map(({ id }) => [id, null]));
  for (let from = 0; from < over.length; from += atOnce) {
    const some = over.slice(from, from + atOnce);
    const patients = [...new Set(some.map(({ patient }) => patient))];
    const dates = [...new Set(some.flatMap(({ indexDate }) => indexDate ?? []))];
    const rows = await rowsOf<{ case_id: string; label: bigint | number }>(engine, {
      name: `models/${plan.model}/followed`,
      sql: followedSql(plan, engine, patients.length, dates),
      inputs: paths,
      parameters: patientParameters(patients),
    });
    for (const { case_id: id, label } of rows) if (found.has(id)) found.set(id, Number(label));
  }
  return found;
}

function followedSql(plan: ModelPlan, { dialect }: Engine, patients: number, dates: readonly string[]): string {
  const { source, facts } = plan;
  const rows = rowsOfSource({ source, dated: facts.dated, patients }, dialect);
  const cases = plan.casesOn ? plan.casesOn(rows, dates) : plan.cases(rows, 'learn');
  return `with timeline as (
${timeline(rows, facts.dated, cases, [])}
),
history as (
${historySql({ ...plan, features: [] })}
)
select case_id, label from history where case_id is not null and label is not null`;
}
