-- patients: one row for every patient, with classes by age at registration. Input: raw_patients, without duplicates.
select patient_id, name, birth_date, gender, race, location, bmi, smoker_status, alcohol_use, physical_activity_level,
  split(chronic_conditions, ';') as chronic_conditions, registration_date, insurance_type, death_date,
  case when age < 18 then '0-17' when age < 35 then '18-34' when age < 50 then '35-49' when age < 65 then '50-64'
    when age >= 65 then '65+' end as age_group,
  case when age < 20 then null when bmi < 18.5 then 'Underweight' when bmi < 25 then 'Normal'
    when bmi < 30 then 'Overweight' when bmi >= 30 then 'Obese' end as bmi_category
from (
  select *, year(registration_date) - year(birth_date)
    - case when month(registration_date) * 100 + day(registration_date) < month(birth_date) * 100 + day(birth_date)
      then 1 else 0 end as age
  from raw_patients
) as aged
