// The cases with what was known of the patient's past when each began. Grain: one row for every case.
import type { Feature, Origin } from '../../catalog/features/feature.js';
import { identifier } from '../../engine/sql-text.js';
import type { ModelPlan } from '../plan.js';
import { caseColumns, columnOfCategory, columnOfFact } from './timeline.js';

/** Before `t`, in so many days or ever. */
export const before = (days?: number): string =>
  `over (partition by patient_id order by t range between ${days === undefined ? 'unbounded' : 2 * days} preceding and 1 preceding)`;

/** From `t` on, for so many days. */
const after = (days: number): string =>
  `over (partition by patient_id order by t range between 1 following and ${2 * days} following)`;

/** The feature worked out of the timeline's rows before `t`; undefined where it is found elsewhere. */
function historyOf({ origin }: Feature): string | undefined {
  switch (origin.kind) {
    case 'sum':
      return sum(origin);
    case 'mean': {
      const over = before(origin.days);
      return `cast(sum(${columnOfFact(origin.of)}) ${over} as double) / nullif(${total('scores', over)}, 0)`;
    }
    case 'days since': {
      // What begins on a day is at an even t, and an index date at the odd one before it.
      const day = origin.last === 'visit' ? 'visit_day' : 'discharge_day';
      return `cast(floor((t + 1) / 2) as int) - max(${day}) ${before()}`;
    }
    default:
      return undefined;
  }
}

function sum({ of, days, category }: Extract<Origin, { kind: 'sum' }>): string {
  const counted = category === undefined ? columnOfFact(of) : columnOfCategory(category);
  return `coalesce(${total(counted, before(days))}, 0)`;
}

const total = (column: string, over: string): string => `cast(sum(${column}) ${over} as bigint)`;

/** A SELECT over the relation `timeline`. */
export function historySql({ features, outcome }: ModelPlan): string {
  const found = features.flatMap((feature) => {
    const sql = historyOf(feature);
    return sql === undefined ? [] : [`cast(${sql} as double) as ${identifier(feature.name)}`];
  });
  const label = outcome
    ? `cast(case when ${total(columnOfFact(outcome.of), after(outcome.days))} > 0 then 1 else 0 end as bigint) as label`
    : 'label';
  const brought = Object.keys(caseColumns).filter((name) => name !== 'label' && name !== 'current_number');
  return `select patient_id, t, ${brought.join(', ')}, ${label},
  coalesce(current_number, max(ended_number) ${before()}) as current_number,
  max(scored_number) ${before()} as scored_number${found.map((one) => `,\n  ${one}`).join('')}
from timeline`;
}
