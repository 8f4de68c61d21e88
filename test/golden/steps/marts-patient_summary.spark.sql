select "source", "patient_id", "gender", "age", "age_group", "bmi", "bmi_category", "location", "smoker_status", "chronic_conditions", "insurance_type", "first_visit_date", "last_visit_date", "visits", "inpatient_visits", "emergency_visits", "outpatient_visits", "prescriptions", "stays", "index_stays", "readmissions", "days_in_hospital", "last_severity_score", "last_severity_level", "average_severity", "died"
from (
with visited as (
  select source, patient_id,
    min(visit_date) as first_visit_date, max(visit_date) as last_visit_date,
    count(*) as visits,
    count(case when visit_type = 'inpatient' then 1 end) as inpatient_visits,
    count(case when visit_type = 'emergency' then 1 end) as emergency_visits,
    count(case when visit_type = 'outpatient' then 1 end) as outpatient_visits,
    max_by(age_at_visit, visit_number) filter (where age_at_visit is not null) as last_age,
    max_by(severity_score, visit_number) filter (where severity_score is not null) as last_severity_score,
    cast(round(cast(cast(sum(cast(severity_score as decimal(18,6))) as double) / nullif(count(severity_score), 0) as decimal(18,6)), 2) as double) as average_severity,
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
  select p.source, p.patient_id, p.gender, case
      when p.birth_date <= coalesce(p.death_date, date '2024-06-18') then (cast(extract(year from coalesce(p.death_date, date '2024-06-18')) as bigint) - cast(extract(year from p.birth_date) as bigint) - case when (cast(extract(month from coalesce(p.death_date, date '2024-06-18')) as bigint) * 100 + cast(extract(day from coalesce(p.death_date, date '2024-06-18')) as bigint)) < (cast(extract(month from p.birth_date) as bigint) * 100 + cast(extract(day from p.birth_date) as bigint)) then 1 else 0 end)
      when p.registration_date <= coalesce(p.death_date, date '2024-06-18') then p.age + (cast(extract(year from coalesce(p.death_date, date '2024-06-18')) as bigint) - cast(extract(year from p.registration_date) as bigint) - case when (cast(extract(month from coalesce(p.death_date, date '2024-06-18')) as bigint) * 100 + cast(extract(day from coalesce(p.death_date, date '2024-06-18')) as bigint)) < (cast(extract(month from p.registration_date) as bigint) * 100 + cast(extract(day from p.registration_date) as bigint)) then 1 else 0 end)
      else coalesce(v.last_age, p.age)
    end as age, p.bmi, p.smoker_status, p.insurance_type, p.location, p.chronic_conditions,
    v.first_visit_date, v.last_visit_date,
    coalesce(v.visits, cast(0 as bigint)) as visits, coalesce(v.inpatient_visits, cast(0 as bigint)) as inpatient_visits,
    coalesce(v.emergency_visits, cast(0 as bigint)) as emergency_visits, coalesce(v.outpatient_visits, cast(0 as bigint)) as outpatient_visits,
    coalesce(r.prescriptions, cast(0 as bigint)) as prescriptions,
    coalesce(s.stays, cast(0 as bigint)) as stays, coalesce(s.index_stays, cast(0 as bigint)) as index_stays, coalesce(s.readmissions, cast(0 as bigint)) as readmissions,
    coalesce(s.days_in_hospital, cast(0 as bigint)) as days_in_hospital,
    v.last_severity_score, v.average_severity,
    p.death_date is not null or coalesce(v.died, 0) = 1 as died
  from patients as p
  left join visited as v on v.source = p.source and v.patient_id = p.patient_id
  left join prescribed as r on r.source = p.source and r.patient_id = p.patient_id
  left join stayed as s on s.source = p.source and s.patient_id = p.patient_id
)
select source, patient_id, gender, age, case when age >= 0 and age < 18 then '0-17' when age >= 18 and age < 35 then '18-34' when age >= 35 and age < 50 then '35-49' when age >= 50 and age < 65 then '50-64' when age >= 65 then '65+' end as age_group,
  bmi, case when age >= 20 then case when bmi < 18.5 then 'Underweight' when bmi >= 18.5 and bmi < 25 then 'Normal' when bmi >= 25 and bmi < 30 then 'Overweight' when bmi >= 30 then 'Obese' end end as bmi_category,
  smoker_status, insurance_type, location, chronic_conditions,
  first_visit_date, last_visit_date, visits, inpatient_visits, emergency_visits, outpatient_visits, prescriptions,
  stays, index_stays, readmissions, days_in_hospital,
  last_severity_score, case when last_severity_score < 4 then 'Low' when last_severity_score >= 4 and last_severity_score < 7 then 'Medium' when last_severity_score >= 7 then 'High' end as last_severity_level, average_severity, died
from joined
) as "published_patient_summary"
