// patient_summary: one row for every patient, with what the visits, prescriptions and stays of the patient amount to.
import { ageGroups, bmiCategories, severityLevels } from '../../catalog/codes/clinical-thresholds.js';
import type { Step } from '../../engine/step.js';
import { patientKey } from '../clean/clean.js';
import { bandOf } from '../link/bands.js';
import { martStep } from '../link/published.js';
import { yearsBetween } from '../link/years.js';
import { average } from './average.js';

export interface SummaryInputs {
  readonly patients: Step;
  readonly visits: Step;
  readonly prescriptions: Step;
  readonly stays: Step;
}

/**
 * @param asOf The run's date, YYYY-MM-DD, at which ages are taken.
 * @param buckets Into how many the table is cut by patient.
 */
export function patientSummaryStep(inputs: SummaryInputs, asOf: string, buckets = 1): Step {
  const { patients, visits, prescriptions, stays } = inputs;
  return martStep('patient_summary', { patients, visits, prescriptions, stays }, () => summarySql(`date '${asOf}'`), {
    by: patientKey,
    count: buckets,
    alike: ['patients', 'visits', 'prescriptions', 'stays'],
  });
}

/** The age at `asOf`, or at death; where no date tells, the age at the last visit, else the one given. */
const age = (asOf: string): string => {
  const end = `coalesce(p.death_date, ${asOf})`;
  return `case
      when p.birth_date <= ${end} then ${yearsBetween('p.birth_date', end)}
      when p.registration_date <= ${end} then p.age + ${yearsBetween('p.registration_date', end)}
      else coalesce(v.last_age, p.age)
    end`;
};

function summarySql(asOf: string): string {
  const count = (column: string) => `coalesce(${column}, cast(0 as bigint))`;
  return `with visited as (
  select source, patient_id,
    min(visit_date) as first_visit_date, max(visit_date) as last_visit_date,
    count(*) as visits,
    count(case when visit_type = 'inpatient' then 1 end) as inpatient_visits,
    count(case when visit_type = 'emergency' then 1 end) as emergency_visits,
    count(case when visit_type = 'outpatient' then 1 end) as outpatient_visits,
    max_by(age_at_visit, visit_number) filter (where age_at_visit is not null) as last_age,
    max_by(severity_score, visit_number) filter (where severity_score is not null) as last_severity_score,
    ${average('severity_score')} as average_severity,
    max(case when discharge_disposition = 'died' then 1 else 0 end) as died
  from visits group by source, patient_id
),
prescribed as (
  select source, patient_id, count(*) as prescriptions from prescriptions where patient_id is not null group by source, patient_id
),
stayed as (
  select source, patient_id, count(*) as stays,
    count(case when is_index then 1 end) as index_stays,
    count(case when readmitted_within_30_days then 1 end) as readmissions,
    cast(sum(length_of_stay_days) as bigint) as days_in_hospital
  from stays group by source, patient_id
),
joined as (
  select p.source, p.patient_id, p.gender, ${age(asOf)} as age, p.bmi, p.smoker_status, p.insurance_type, p.location, p.chronic_conditions,
    v.first_visit_date, v.last_visit_date,
    ${count('v.visits')} as visits, ${count('v.inpatient_visits')} as inpatient_visits,
    ${count('v.emergency_visits')} as emergency_visits, ${count('v.outpatient_visits')} as outpatient_visits,
    ${count('r.prescriptions')} as prescriptions,
    ${count('s.stays')} as stays, ${count('s.index_stays')} as index_stays, ${count('s.readmissions')} as readmissions,
    ${count('s.days_in_hospital')} as days_in_hospital,
    v.last_severity_score, v.average_severity,
    p.death_date is not null or coalesce(v.died, 0) = 1 as died
  from patients as p
  left join visited as v on v.source = p.source and v.patient_id = p.patient_id
  left join prescribed as r on r.source = p.source and r.patient_id = p.patient_id
  left join stayed as s on s.source = p.source and s.patient_id = p.patient_id
)
select source, patient_id, gender, age, ${bandOf('age', ageGroups.bands)} as age_group,
  bmi, case when age >= ${bmiCategories.adultsFrom} then ${bandOf('bmi', bmiCategories.bands)} end as bmi_category,
  smoker_status, insurance_type, location, chronic_conditions,
  first_visit_date, last_visit_date, visits, inpatient_visits, emergency_visits, outpatient_visits, prescriptions,
  stays, index_stays, readmissions, days_in_hospital,
  last_severity_score, ${bandOf('last_severity_score', severityLevels.bands)} as last_severity_level, average_severity, died
from joined`;
}
