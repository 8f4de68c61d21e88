-- months: one row for every month and facility. Inputs: visits, stays.
with visited as (
  select substr(cast(visit_date as string), 1, 7) as month, facility, count(*) as visits,
    count(case when visit_type = 'inpatient' then 1 end) as inpatient_visits,
    count(case when visit_type = 'emergency' then 1 end) as emergency_visits,
    count(case when visit_type = 'outpatient' then 1 end) as outpatient_visits,
    count(distinct patient_id) as patients,
    count(case when visit_number = 1 then 1 end) as new_patients,
    count(case when discharge_disposition = 'died' then 1 end) as deaths,
    cast(avg(severity_score) as decimal(18, 2)) as average_severity
  from visits group by substr(cast(visit_date as string), 1, 7), facility
),
discharged as (
  select substr(cast(discharged_on as string), 1, 7) as month, facility,
    count(case when is_index then 1 end) as index_stays,
    count(case when readmitted_within_30_days then 1 end) as readmissions,
    cast(avg(length_of_stay_days) as decimal(18, 2)) as average_length_of_stay
  from stays where discharged_on is not null group by substr(cast(discharged_on as string), 1, 7), facility
)
select coalesce(v.month, d.month) as month, coalesce(v.facility, d.facility) as facility,
  coalesce(visits, 0) as visits, coalesce(inpatient_visits, 0) as inpatient_visits,
  coalesce(emergency_visits, 0) as emergency_visits, coalesce(outpatient_visits, 0) as outpatient_visits,
  coalesce(patients, 0) as patients, coalesce(new_patients, 0) as new_patients,
  coalesce(index_stays, 0) as index_stays, coalesce(readmissions, 0) as readmissions, coalesce(deaths, 0) as deaths,
  average_length_of_stay, average_severity
from visited as v
full join discharged as d on d.month = v.month and d.facility = v.facility
