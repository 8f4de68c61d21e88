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
 * Gaps and visit numbers are recomputed over all visits of the patient; the given ones stay beside them. Windows and the
 * patients' dates are joined with the narrow columns alone, so that no wide row is sorted; what is joined to the wide rows is
 * that of one bucket.
 */
export function visitsStep(inputs: LinkInputs): Step {
  return linkStep('visits', inputs, visitsSql, ['clean', 'patients']);
}

/**
 * Age in completed years at the visit: from the birth date; else the one that the source gives for the visit; else the age
 * at registration and the years since.
 */
const ageAtVisit = `case
    when birth_date <= visit_date then ${yearsBetween('birth_date', 'visit_date')}
    when age is not null then age
    when registration_date <= visit_date then registered_age + ${yearsBetween('registration_date', 'visit_date')}
    when visit_date is null then registered_age
  end`;

function visitsSql(dialect: Dialect): string {
  const order = 'partition by source, patient_id order by visit_date nulls first, visit_order nulls first, visit_id';
  const narrow = ['source', 'patient_id', 'visit_id', 'visit_date', 'visit_order', 'age'];
  // What a row says by itself comes before the joins, where engines still work value by value and not row by row.
  const alone = `select *,
    ${bandOf('severity_score', severityLevels.bands)} as severity_level,
    case when discharge_date >= visit_date then cast(cast(discharge_date - visit_date as int) as bigint) end as length_of_stay_days
  from (${liveRows()}) as live`;
  return `with known as (
  select v.*, p.patient_id is not null as patient_known, p.birth_date, p.age as registered_age, p.registration_date
  from (${liveRows(narrow)}) as v left join patients as p on p.source = v.source and p.patient_id = v.patient_id
),
placed as (
  select source, visit_id, patient_known, ${ageAtVisit} as age_at_visit,
    cast(row_number() over (${order}) as bigint) as visit_number,
    cast(cast(visit_date - lag(visit_date) over (${order}) as int) as bigint) as days_since_previous_visit
  from known
),
described as (
${withDisease(alone, dialect)}
)
select d.*, k.patient_known, k.age_at_visit, ${bandOf('k.age_at_visit', ageGroups.bands)} as age_group,
  k.visit_number, k.days_since_previous_visit
from described as d join placed as k on k.source = d.source and k.visit_id = d.visit_id`;
}
