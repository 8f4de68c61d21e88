select "source", "patient_id", "name", "birth_date", "age", "gender", "race", "location", "bmi", "smoker_status", "alcohol_use", "physical_activity_level", "chronic_conditions", "registration_date", "insurance_type", "death_date", "age_group", "bmi_category", _batch, _file, _row, _item, _line, _lines, _primary
from (
select *,
  case when _age >= 0 and _age < 18 then '0-17' when _age >= 18 and _age < 35 then '18-34' when _age >= 35 and _age < 50 then '35-49' when _age >= 50 and _age < 65 then '50-64' when _age >= 65 then '65+' end as age_group,
  case when _age >= 20 then case when bmi < 18.5 then 'Underweight' when bmi >= 18.5 and bmi < 25 then 'Normal' when bmi >= 25 and bmi < 30 then 'Overweight' when bmi >= 30 then 'Obese' end end as bmi_category
from (
  select *, case when age is not null then age when birth_date <= registration_date then (cast(extract(year from registration_date) as bigint) - cast(extract(year from birth_date) as bigint) - case when (cast(extract(month from registration_date) as bigint) * 100 + cast(extract(day from registration_date) as bigint)) < (cast(extract(month from birth_date) as bigint) * 100 + cast(extract(day from birth_date) as bigint)) then 1 else 0 end) end as _age
  from (select c.* from clean as c anti join losers as l
    on l._batch = c._batch and l._file = c._file and l._row = c._row and l._item = c._item where not c._rejected) as live
) as aged
) as "published_patients"
