// The model of progression: how ill will the patient be at the next visit, against this one?
import { planFeatures } from './features/choose.js';
import type { SourceFacts } from './features/facts.js';
import type { Rows } from './features/rows.js';
import { dayOf } from './features/time.js';
import type { ModelPlan, Purpose } from './plan.js';
import { refuse } from './refuse.js';

const DAYS = 365;
/** Points of the severity score, 0 to 10, by which a change counts. */
const POINTS = 2;

/** @throws MODEL_NO_OUTCOME where visits have no severity scores or no dates, or nobody is followed up for long enough. */
export function planProgression(facts: SourceFacts): ModelPlan {
  const { source, dated, filled, dataEnd } = facts;
  if (!filled['visits.severity_score']) throw refuse('progression', source, 'its visits have no severity score');
  if (!dated || dataEnd === null) throw refuse('progression', source, 'its visits have no dates');
  return {
    model: 'progression',
    source,
    facts,
    task: 'multiclass',
    classes: ['improving', 'stable', 'worsening'],
    label: {
      name: `severity at the next visit within ${DAYS} days`,
      definition: `The severity score at the next visit that has one, begun within ${DAYS} days after the visit ended, less that of the visit: improving at −${POINTS} or less, worsening at +${POINTS} or more or where the patient died within the ${DAYS} days before it or in it, else stable. A visit with neither is left out, and so is one that is not followed up for ${DAYS} days.`,
      days: DAYS,
    },
    moment: 'One row for every visit with a severity score, when it ends.',
    baseline: {
      kind: 'class shares by severity',
      definition: 'The shares of the classes among visits of the same severity in whole points.',
      features: ['severity_score'],
    },
    unchanged: 'stable',
    features: planFeatures(facts, ['days_since_last_visit']),
    cases: (rows, purpose) => cases(rows, purpose, dataEnd),
  };
}

function cases({ of }: Rows, purpose: Purpose, dataEnd: string): string {
  const columns = ['patient_id', 'visit_id', 'visit_date', 'visit_number', 'severity_score', 'discharge_disposition'];
  const scored = `${of('visits', [...columns, 'ended_on', 't_start', 't_end'])} as visited`;
  const shown = `patient_id, visit_id as case_id, ended_on as index_date, cast(null as bigint) as index_order, label, t_start as t, t_end,
  visit_number as current_number, visit_number as first_number, cast(null as double) as length_of_stay`;
  if (purpose === 'predict') {
    return `select ${shown}
from (
  select *, cast(null as bigint) as label, row_number() over (partition by patient_id order by visit_number desc) as latest
  from ${scored} where severity_score is not null
) as last
where latest = 1 and coalesce(discharge_disposition, '') <> 'died'`;
  }
  // Each visit stands where it ends, looking for the nearest that begins later; both by the day.
  return `select ${shown}
from (
  select n.*, case
      when p.death_date <= n.ended_on + ${DAYS} and coalesce(p.death_date <= x.visit_date, true) then 2
      when x.severity_score is null then null
      when x.discharge_disposition = 'died' or x.severity_score - n.severity_score >= ${POINTS} then 2
      when x.severity_score - n.severity_score <= -${POINTS} then 0
      else 1
    end as label
  from (
    select *, min(begun_number) over (partition by patient_id order by day range between 1 following and ${DAYS} following) as next_number
    from (
      select *, ${dayOf('ended_on')} as day, cast(null as bigint) as begun_number from ${scored}
      where severity_score is not null and coalesce(discharge_disposition, '') <> 'died' and cast(date '${dataEnd}' - ended_on as int) >= ${DAYS}
      union all
      select *, ${dayOf('visit_date')} as day, visit_number as begun_number from ${scored} where severity_score is not null
    ) as placed
  ) as n
  left join ${of('visits', ['patient_id', 'visit_number', 'visit_date', 'severity_score', 'discharge_disposition'])} as x
    on x.patient_id = n.patient_id and x.visit_number = n.next_number
  left join ${of('patients', ['patient_id', 'death_date'])} as p on p.patient_id = n.patient_id
  where n.begun_number is null
) as labelled
where label is not null`;
}
