-- visits: one row for every visit, with its derived columns. Inputs: raw_visits, without duplicates; patients.
select *,
  case when age_at_visit < 18 then '0-17' when age_at_visit < 35 then '18-34' when age_at_visit < 50 then '35-49'
    when age_at_visit < 65 then '50-64' when age_at_visit >= 65 then '65+' end as age_group,
  case when severity_score < 4 then 'Low' when severity_score < 7 then 'Medium'
    when severity_score >= 7 then 'High' end as severity_level,
  case when category between 'A00' and 'B99' then 'Infectious' when category between 'C00' and 'D49' then 'Neoplasms'
    when category between 'D50' and 'D89' then 'Blood and immune'
    when category between 'E00' and 'E90' then 'Endocrine and metabolic'
    when category between 'F00' and 'F99' then 'Mental'
    when category between 'G00' and 'H95' then 'Nervous system and senses'
    when category between 'I00' and 'I99' then 'Circulatory' when category between 'J00' and 'J99' then 'Respiratory'
    when category between 'K00' and 'K95' then 'Digestive' when category between 'L00' and 'L99' then 'Skin'
    when category between 'M00' and 'M99' then 'Musculoskeletal' when category between 'N00' and 'N99' then 'Genitourinary'
    when category between 'O00' and 'O9A' then 'Pregnancy and birth' when category between 'P00' and 'P96' then 'Perinatal'
    when category between 'Q00' and 'Q99' then 'Congenital' when category between 'R00' and 'R99' then 'Symptoms'
    when category between 'S00' and 'T98' then 'Injury and poisoning'
    when category between 'U00' and 'U99' then 'Special purposes'
    when category between 'V00' and 'Y99' then 'External causes'
    when category between 'Z00' and 'Z99' then 'Other health factors' end as disease
from (
  select v.*,
    row_number() over (partition by v.patient_id order by v.visit_date, v.visit_id) as visit_number,
    cast(v.visit_date - lag(v.visit_date) over (partition by v.patient_id order by v.visit_date, v.visit_id) as int)
      as days_since_previous_visit,
    year(v.visit_date) - year(p.birth_date)
      - case when month(v.visit_date) * 100 + day(v.visit_date) < month(p.birth_date) * 100 + day(p.birth_date)
        then 1 else 0 end as age_at_visit,
    cast(v.discharge_date - v.visit_date as int) as length_of_stay_days,
    cast(split_part(v.blood_pressure, '/', 1) as int) as systolic,
    cast(split_part(v.blood_pressure, '/', 2) as int) as diastolic,
    substr(v.diagnosis_code, 1, 3) as category,
    p.patient_id is not null as patient_known
  from raw_visits as v
  left join patients as p on p.patient_id = v.patient_id
) as joined
