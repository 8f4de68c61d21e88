-- patient_summary: one row for every patient, as of the date {as_of}. Inputs: patients, visits, prescriptions, stays.
with visited as (
  select patient_id, min(visit_date) as first_visit_date, max(visit_date) as last_visit_date, count(*) as visits,
    count(case when visit_type = 'inpatient' then 1 end) as inpatient_visits,
    count(case when visit_type = 'emergency' then 1 end) as emergency_visits,
    count(case when visit_type = 'outpatient' then 1 end) as outpatient_visits,
    max_by(severity_score, visit_number) filter (where severity_score is not null) as last_severity_score,
    avg(severity_score) as average_severity,
    max(case when discharge_disposition = 'died' then 1 else 0 end) as died
  from visits group by patient_id
),
prescribed as (
  select patient_id, count(*) as prescriptions from prescriptions group by patient_id
),
stayed as (
  select patient_id, count(*) as stays, count(case when is_index then 1 end) as index_stays,
    count(case when readmitted_within_30_days then 1 end) as readmissions,
    sum(length_of_stay_days) as days_in_hospital
  from stays group by patient_id
),
joined as (
  select p.*, v.first_visit_date, v.last_visit_date, v.last_severity_score,
    cast(v.average_severity as decimal(18, 2)) as average_severity,
    coalesce(v.visits, 0) as visits, coalesce(v.inpatient_visits, 0) as inpatient_visits,
    coalesce(v.emergency_visits, 0) as emergency_visits, coalesce(v.outpatient_visits, 0) as outpatient_visits,
    coalesce(r.prescriptions, 0) as prescriptions, coalesce(s.stays, 0) as stays,
    coalesce(s.index_stays, 0) as index_stays, coalesce(s.readmissions, 0) as readmissions,
    coalesce(s.days_in_hospital, 0) as days_in_hospital,
    p.death_date is not null or coalesce(v.died, 0) = 1 as died
  from (
    select patient_id, gender, bmi, location, smoker_status, chronic_conditions, insurance_type, death_date,
      year(ends) - year(birth_date)
        - case when month(ends) * 100 + day(ends) < month(birth_date) * 100 + day(birth_date) then 1 else 0 end as age
    from (select *, coalesce(death_date, date '{as_of}') as ends from patients) as ended
  ) as p
  left join visited as v on v.patient_id = p.patient_id
  left join prescribed as r on r.patient_id = p.patient_id
  left join stayed as s on s.patient_id = p.patient_id
)
select patient_id, gender, age,
  case when age < 18 then '0-17' when age < 35 then '18-34' when age < 50 then '35-49' when age < 65 then '50-64'
    when age >= 65 then '65+' end as age_group,
  bmi,
  case when age < 20 then null when bmi < 18.5 then 'Underweight' when bmi < 25 then 'Normal'
    when bmi < 30 then 'Overweight' when bmi >= 30 then 'Obese' end as bmi_category,
  location, smoker_status, chronic_conditions, insurance_type, first_visit_date, last_visit_date,
  visits, inpatient_visits, emergency_visits, outpatient_visits, prescriptions, stays, index_stays, readmissions,
  days_in_hospital, last_severity_score,
  case when last_severity_score < 4 then 'Low' when last_severity_score < 7 then 'Medium'
    when last_severity_score >= 7 then 'High' end as last_severity_level,
  average_severity, died
from joined
