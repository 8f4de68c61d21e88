select "source", "month", "facility", "visits", "inpatient_visits", "emergency_visits", "outpatient_visits", "patients", "new_patients", "index_stays", "readmissions", "deaths", "average_length_of_stay", "average_severity"
from (
with visited as (
  select source, substr(cast(visit_date as string), 1, 7) as month, facility,
    count(*) as visits,
    count(case when visit_type = 'inpatient' then 1 end) as inpatient_visits,
    count(case when visit_type = 'emergency' then 1 end) as emergency_visits,
    count(case when visit_type = 'outpatient' then 1 end) as outpatient_visits,
    count(distinct patient_id) as patients,
    count(case when visit_number = 1 then 1 end) as new_patients,
    count(case when discharge_disposition = 'died' then 1 end) as deaths,
    cast(round(cast(cast(sum(cast(severity_score as decimal(18,6))) as double) / nullif(count(severity_score), 0) as decimal(18,6)), 2) as double) as average_severity
  from visits where visit_date is not null
  group by source, substr(cast(visit_date as string), 1, 7), facility
),
discharged as (
  select source, substr(cast(discharged_on as string), 1, 7) as month, facility,
    count(case when is_index then 1 end) as index_stays,
    count(case when readmitted_within_30_days then 1 end) as readmissions,
    cast(round(cast(cast(sum(cast(length_of_stay_days as decimal(18,6))) as double) / nullif(count(length_of_stay_days), 0) as decimal(18,6)), 2) as double) as average_length_of_stay
  from stays where discharged_on is not null
  group by source, substr(cast(discharged_on as string), 1, 7), facility
),
keys as (
  select source, month, facility from visited union select source, month, facility from discharged
)
select k.source, k.month, k.facility,
  coalesce(v.visits, 0) as visits, coalesce(v.inpatient_visits, 0) as inpatient_visits,
  coalesce(v.emergency_visits, 0) as emergency_visits, coalesce(v.outpatient_visits, 0) as outpatient_visits,
  coalesce(v.patients, 0) as patients, coalesce(v.new_patients, 0) as new_patients,
  coalesce(d.index_stays, 0) as index_stays, coalesce(d.readmissions, 0) as readmissions,
  coalesce(v.deaths, 0) as deaths, d.average_length_of_stay, v.average_severity
from keys as k
left join visited as v on v.source = k.source and v.month = k.month and coalesce(v.facility, '') = coalesce(k.facility, '')
left join discharged as d on d.source = k.source and d.month = k.month and coalesce(d.facility, '') = coalesce(k.facility, '')
) as "published_months"
