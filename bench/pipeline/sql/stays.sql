-- stays: one row for every inpatient episode, transfers merged, with its readmission within 30 days. Input: visits.
with followed as (
  select max(greatest(visit_date, coalesce(discharge_date, visit_date))) as data_end from visits
),
inpatient as (
  select patient_id, visit_id, visit_date, discharge_date as discharged_on, admission_type, discharge_disposition, facility,
    disease, diagnosis_code, age_at_visit
  from visits where visit_type = 'inpatient'
),
preceded as (
  select *,
    lag(discharge_disposition) over sequence as before_disposition,
    lag(discharged_on) over sequence as before_discharged,
    lag(facility) over sequence as before_facility,
    lag(diagnosis_code) over sequence as before_diagnosis,
    max(discharged_on) over (partition by patient_id order by visit_date, discharged_on, visit_id
      rows between unbounded preceding and 1 preceding) as before_end
  from inpatient
  window sequence as (partition by patient_id order by visit_date, discharged_on, visit_id)
),
marked as (
  select *, case
      when visit_date < before_end then 0
      when before_disposition = 'transfer' and cast(visit_date - before_discharged as int) between 0 and 1 then 0
      when visit_date = before_discharged and facility = before_facility and diagnosis_code = before_diagnosis then 0
      else 1 end as starts
  from preceded
),
numbered as (
  select *,
    sum(starts) over sequence as episode,
    coalesce(lead(starts) over sequence, 1) as ends
  from marked
  window sequence as (partition by patient_id order by visit_date, discharged_on, visit_id)
),
merged as (
  select patient_id, episode,
    max(case when starts = 1 then visit_id end) as first_visit_id,
    max(case when ends = 1 then visit_id end) as last_visit_id,
    count(*) as visits,
    min(visit_date) as admitted_on,
    case when count(discharged_on) = count(*) then max(discharged_on) end as discharged_on,
    max(case when starts = 1 then admission_type end) as admission_type,
    max(case when ends = 1 then discharge_disposition end) as discharge_disposition,
    max(case when discharge_disposition = 'died' then 1 else 0 end) = 1 as died,
    max(case when ends = 1 then facility end) as facility,
    max(case when starts = 1 then disease end) as disease,
    max(case when starts = 1 then age_at_visit end) as age_at_admission
  from numbered group by patient_id, episode
),
judged as (
  select m.*, coalesce(admission_type in ('elective', 'newborn'), false) as planned,
    lead(first_visit_id) over sequence as next_stay_id,
    lead(admitted_on) over sequence as next_admitted,
    lead(coalesce(admission_type in ('elective', 'newborn'), false)) over sequence as next_stay_planned,
    case
      when died then 'died'
      when discharge_disposition = 'left against advice' then 'left against advice'
      when discharge_disposition = 'transfer' then 'transferred out'
      when discharged_on is null then 'no discharge date'
      when cast(data_end - discharged_on as int) < 30 then 'follow-up too short'
    end as exclusion_reason
  from merged as m cross join followed
  window sequence as (partition by patient_id order by episode)
)
select first_visit_id as stay_id, patient_id, first_visit_id, last_visit_id, visits, admitted_on, discharged_on,
  cast(discharged_on - admitted_on as int) as length_of_stay_days,
  admission_type, planned, 'admission type' as planned_basis, discharge_disposition, died, facility, disease,
  age_at_admission, exclusion_reason is null as is_index, exclusion_reason,
  next_stay_id, cast(next_admitted - discharged_on as int) as days_to_next_stay, next_stay_planned,
  case when exclusion_reason is null
    then coalesce(not next_stay_planned and cast(next_admitted - discharged_on as int) <= 30, false)
  end as readmitted_within_30_days,
  'dates, unplanned' as readmission_basis
from judged
