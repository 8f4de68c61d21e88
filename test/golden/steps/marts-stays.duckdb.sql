select "source", "stay_id", "patient_id", "first_visit_id", "last_visit_id", "visits", "admitted_on", "discharged_on", "stay_order", "length_of_stay_days", "admission_type", "planned", "planned_basis", "discharge_disposition", "died", "facility", "disease", "age_at_admission", "is_index", "exclusion_reason", "next_stay_id", "days_to_next_stay", "next_stay_planned", "readmitted_within_30_days", "readmission_basis"
from (
with discharged as (
  select source, patient_id, visit_id, visit_date, admission_type, discharge_disposition, facility, disease, diagnosis_code, age_at_visit,
    case when discharge_date >= visit_date then discharge_date
      when discharge_date is null then visit_date + cast(floor(length_of_stay) as int) end as discharged_on,
    discharge_date < visit_date as reversed
  from visits where visit_type = 'inpatient' and visit_date is not null
),
inpatient as (
  select *, cast(discharged_on as string) || ' ' || cast(visit_date as string) || ' ' || visit_id as closing from discharged
),
preceded as (
  select *,
    max(discharged_on) over (partition by source, patient_id order by visit_date, discharged_on nulls last, visit_id rows between unbounded preceding and 1 preceding) as before_end,
    max_by(coalesce(discharge_disposition, ''), closing) over (partition by source, patient_id order by visit_date, discharged_on nulls last, visit_id rows between unbounded preceding and 1 preceding) as before_disposition,
    max_by(coalesce(facility, ''), closing) over (partition by source, patient_id order by visit_date, discharged_on nulls last, visit_id rows between unbounded preceding and 1 preceding) as before_facility,
    max_by(coalesce(diagnosis_code, ''), closing) over (partition by source, patient_id order by visit_date, discharged_on nulls last, visit_id rows between unbounded preceding and 1 preceding) as before_diagnosis
  from inpatient
),
marked as (
  select *, case
      when visit_date < before_end then 0
      when before_disposition = 'transfer' and cast(visit_date - before_end as int) <= 1 then 0
      when visit_date = before_end and facility = before_facility and diagnosis_code = before_diagnosis then 0
      else 1
    end as starts,
    coalesce(closing, '~' || cast(visit_date as string) || ' ' || visit_id) as place
  from preceded
),
numbered as (
  select *, cast(sum(starts) over (partition by source, patient_id order by visit_date, discharged_on nulls last, visit_id rows between unbounded preceding and current row) as bigint) as episode from marked
),
merged as (
  select source, patient_id, episode,
    max(case when starts = 1 then visit_id end) as first_visit_id,
    max_by(visit_id, place) as last_visit_id,
    count(*) as visits,
    min(visit_date) as admitted_on,
    case when count(discharged_on) = count(*) then max(discharged_on) end as discharged_on,
    max(case when reversed then 1 else 0 end) = 1 as reversed,
    max(case when starts = 1 then admission_type end) as admission_type,
    nullif(max_by(coalesce(discharge_disposition, ''), place), '') as discharge_disposition,
    max(case when discharge_disposition = 'died' then 1 else 0 end) = 1 as died,
    nullif(max_by(coalesce(facility, ''), place), '') as facility,
    max(case when starts = 1 then disease end) as disease,
    max(case when starts = 1 then age_at_visit end) as age_at_admission
  from numbered group by source, patient_id, episode
),
judged as (
  select m.*, f.data_end,
    lead(first_visit_id) over (partition by m.source, patient_id order by episode) as next_stay_id,
    lead(admitted_on) over (partition by m.source, patient_id order by episode) as next_admitted,
    lead(coalesce(admission_type in ('elective', 'newborn'), false)) over (partition by m.source, patient_id order by episode) as next_stay_planned,
    case
      when died then 'died'
      when discharge_disposition = 'left against advice' then 'left against advice'
      when discharge_disposition = 'transfer' then 'transferred out'
      when discharged_on is null and reversed then 'discharge before admission'
      when discharged_on is null then 'no discharge date'
      when cast(f.data_end - discharged_on as int) < 30 then 'follow-up too short'
    end as exclusion_reason
  from merged as m join followed as f on f.source = m.source
)
select source, first_visit_id as stay_id, patient_id, first_visit_id, last_visit_id, cast(visits as bigint) as visits,
  admitted_on, discharged_on, cast(null as bigint) as stay_order,
  cast(cast(discharged_on - admitted_on as int) as bigint) as length_of_stay_days,
  admission_type, coalesce(admission_type in ('elective', 'newborn'), false) as planned, 'admission type' as planned_basis,
  discharge_disposition, died, facility, disease, age_at_admission,
  exclusion_reason is null as is_index, exclusion_reason,
  next_stay_id, cast(cast(next_admitted - discharged_on as int) as bigint) as days_to_next_stay, next_stay_planned,
  case when exclusion_reason is null then
    coalesce(not next_stay_planned and cast(next_admitted - discharged_on as int) <= 30, false)
  end as readmitted_within_30_days,
  'dates, unplanned' as readmission_basis
from judged
union all
select source, visit_id, patient_id, visit_id, visit_id, cast(1 as bigint),
  cast(null as date), cast(null as date), visit_order,
  cast(floor(length_of_stay) as bigint),
  admission_type, coalesce(admission_type in ('elective', 'newborn'), false), 'admission type',
  discharge_disposition, coalesce(discharge_disposition = 'died', false), facility, disease, age_at_visit,
  reason is null, reason,
  cast(null as string), cast(null as bigint), cast(null as boolean),
  case when reason is null then readmitted_within_30_days = 'Yes' end,
  'file label, all-cause'
from (
  select *, case
      when discharge_disposition = 'died' then 'died'
      when discharge_disposition = 'hospice' then 'hospice'
      when readmitted_within_30_days is null then 'no label'
    end as reason
  from visits where visit_type = 'inpatient' and visit_date is null
) as undated
) as "published_stays"
