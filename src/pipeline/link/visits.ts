// visits, published. Grain: one row for every visit of a source, orphans (of an unknown patient) among them.
import { ageGroups, severityLevels } from '../../catalog/codes/clinical-thresholds.js';
import type { Dialect } from '../../engine/dialect.js';
import type { Step } from '../../engine/step.js';
import { bandOf } from './bands.js';
import { withDisease } from './disease.js';
import { liveRows } from './live.js';
import { type LinkInputs, linkStep } from './published.js';
import { yearsBetween } from './years.js';

/**
 * Gaps and visit numbers are recomputed over all visits of the patient; the given ones stay beside them. The windows run
 * over the narrow columns alone, so that no wide row is sorted.
 */
export function visitsStep(inputs: LinkInputs): Step {
  return linkStep('visits', inputs, visitsSql);
}

/**
 * Age in completed years at the visit: from the birth date; else the one that the source gives for the visit; else the age
 * at registration and the years since.
 */
const ageAtVisit = `case
    when p.birth_date <= v.visit_date then ${yearsBetween('p.birth_date', 'v.visit_date')}
    when v.age is not null then v.age
    when p.registration_date <= v.visit_date then p.age + ${yearsBetween('p.registration_date', 'v.visit_date')}
    when v.visit_date is null then p.age
  end`;

function visitsSql(dialect: Dialect): string {
  const order = 'partition by source, patient_id order by visit_date nulls first, visit_order nulls first, visit_id';
  const ordered = ['source', 'patient_id', 'visit_id', 'visit_date', 'visit_order'];
  return `with sequence as (
  select source, visit_id,
    row_number() over (${order}) as visit_number,
    cast(visit_date - lag(visit_date) over (${order}) as int) as days_since_previous_visit
  from (${liveRows(ordered)}) as ordered
),
joined as (
  select v.*, p.patient_id is not null as patient_known, ${ageAtVisit} as age_at_visit,
    cast(s.days_since_previous_visit as bigint) as days_since_previous_visit,
    cast(s.visit_number as bigint) as visit_number,
    case when v.discharge_date >= v.visit_date then cast(cast(v.discharge_date - v.visit_date as int) as bigint) end as length_of_stay_days
  from (${liveRows()}) as v
  join sequence as s on s.source = v.source and s.visit_id = v.visit_id
  left join patients as p on p.source = v.source and p.patient_id = v.patient_id
)
${withDisease(
  `select *,
  ${bandOf('age_at_visit', ageGroups.bands)} as age_group,
  ${bandOf('severity_score', severityLevels.bands)} as severity_level
from joined`,
  dialect,
)}`;
}
