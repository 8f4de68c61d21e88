select 'visits.' || replace(i.field, ' or ', '_or_') || '.' || case i.reason when 'required_missing' then 'required' when 'not_a_number' then 'form' when 'not_whole' then 'form' when 'not_a_date' then 'form' when 'date_order_unknown' then 'form' when 'not_a_time' then 'form' when 'not_blood_pressure' then 'form' when 'not_allowed' then 'allowed' when 'out_of_range' then 'range' when 'in_future' then 'future' end as check_id, i.source, cast(null as string) as key, i.value, i._batch, i._file, i._row, i._line, true as used
from issues as i anti join losers as l on l._batch = i._batch and l._file = i._file and l._row = i._row and l._item = i._item
where i.table_name = 'visits' and not i._rejected
union all
select 'visits.' || replace(i.field, ' or ', '_or_') || '.' || case i.reason when 'required_missing' then 'required' when 'not_a_number' then 'form' when 'not_whole' then 'form' when 'not_a_date' then 'form' when 'date_order_unknown' then 'form' when 'not_a_time' then 'form' when 'not_blood_pressure' then 'form' when 'not_allowed' then 'allowed' when 'out_of_range' then 'range' when 'in_future' then 'future' end as check_id, i.source, cast(null as string) as key, i.value, i._batch, i._file, i._row, i._line, false as used
from issues as i anti join (
  select c._batch, c._file, c._row, c._item from (select * from clean where _rejected) as c
  semi join published as p on coalesce(cast(p."source" as string), '') = coalesce(cast(c."source" as string), '') and coalesce(cast(p."visit_id" as string), '') = coalesce(cast(c."visit_id" as string), '') and p._batch > c._batch
) as s on s._batch = i._batch and s._file = i._file and s._row = i._row and s._item = i._item
where i.table_name = 'visits' and i._rejected and i.action = 'reject' and not (i.source = 'north' and i._batch < 3)
union all
select 'visits.key.unique' as check_id, l.source, cast(l."visit_id" as string) as key,
  'row ' || cast(l._winner_row as string) || ' wins' as value, l._batch, l._file, l._row, cast(null as bigint) as _line, false as used
from losers as l where l._reason = 'earlier_version' and l._batch = l._winner_batch and l._batch not in (5)
union all
select 'visits.content.unique' as check_id, t.source, cast(t."visit_id" as string) as key,
  'as ' || t._first as value, t._batch, t._file, t._row, cast(null as bigint) as _line, true as used
from (
  select *, row_number() over (partition by source, content order by _batch, _file, _row, _item) as _place,
    min(cast(w."visit_id" as string)) over (partition by source, content) as _first
  from twins as w
) as t where t._place > 1
union all
select split_part(_found, '␟', 1) as check_id, source, key, split_part(_found, '␟', 2) as value, _batch, _file, _row, _line, true as used
from (select r.*, explode(_list) as "_found" from (select source, key, _batch, _file, _row, _line, split(_failed, '␞') as _list
from (
  select r.source, cast(r."visit_id" as string) as key, r._batch, r._file, r._row, r._line,
    concat_ws('␞', case when (true) and (not patient_known) then 'visits.patient_id.reference' || '␟' || translate(substr(coalesce(patient_id, ''), 1, 500), '␞␟', '  ') end,
      case when (true) and (diagnosis_code is null and diagnosis_description is null) then 'visits.diagnosis.present' || '␟' || translate(substr(coalesce(visit_type, ''), 1, 500), '␞␟', '  ') end,
      case when (visit_type = 'inpatient' and visit_date is not null) and (discharge_date is null and length_of_stay is null) then 'visits.discharge_date.inpatient' || '␟' || translate(substr(coalesce('visit_date ' || coalesce(cast(visit_date as string), 'missing'), ''), 1, 500), '␞␟', '  ') end,
      case when (visit_type = 'inpatient') and (admission_type is null) then 'visits.admission_type.inpatient' || '␟' || translate(substr(coalesce('visit_date ' || coalesce(cast(visit_date as string), 'missing'), ''), 1, 500), '␞␟', '  ') end,
      case when (visit_type = 'inpatient' and discharge_date is not null) and (discharge_disposition is null) then 'visits.discharge_disposition.inpatient' || '␟' || translate(substr(coalesce('discharge_date ' || coalesce(cast(discharge_date as string), 'missing'), ''), 1, 500), '␞␟', '  ') end,
      case when (visit_date is not null and discharge_date is not null) and (discharge_date < visit_date) then 'visits.discharge_date.after_visit' || '␟' || translate(substr(coalesce('visit_date ' || coalesce(cast(visit_date as string), 'missing') || ', discharge_date ' || coalesce(cast(discharge_date as string), 'missing'), ''), 1, 500), '␞␟', '  ') end,
      case when (admitted_at is not null and discharged_at is not null) and (discharged_at < admitted_at) then 'visits.discharged_at.after_admission' || '␟' || translate(substr(coalesce('admitted_at ' || coalesce(cast(admitted_at as string), 'missing') || ', discharged_at ' || coalesce(cast(discharged_at as string), 'missing'), ''), 1, 500), '␞␟', '  ') end,
      case when (admitted_at is not null and visit_date is not null) and (cast(admitted_at as date) <> visit_date) then 'visits.admitted_at.agrees' || '␟' || translate(substr(coalesce('admitted_at ' || coalesce(cast(admitted_at as string), 'missing') || ', visit_date ' || coalesce(cast(visit_date as string), 'missing'), ''), 1, 500), '␞␟', '  ') end,
      case when (length_of_stay is not null and length_of_stay_days is not null) and (length_of_stay - length_of_stay_days > 1 or length_of_stay_days - length_of_stay > 1) then 'visits.length_of_stay.agrees' || '␟' || translate(substr(coalesce('length_of_stay ' || cast(cast(length_of_stay as decimal(18,2)) as string) || ', ' || 'length_of_stay_days ' || coalesce(cast(length_of_stay_days as string), 'missing'), ''), 1, 500), '␞␟', '  ') end,
      case when (length_of_stay_days is not null) and (length_of_stay_days > 366) then 'visits.length_of_stay.longest' || '␟' || translate(substr(coalesce('visit_date ' || coalesce(cast(visit_date as string), 'missing') || ', discharge_date ' || coalesce(cast(discharge_date as string), 'missing'), ''), 1, 500), '␞␟', '  ') end,
      case when (systolic is not null and diastolic is not null) and (systolic - diastolic not between 10 and 150) then 'visits.blood_pressure.pulse_pressure' || '␟' || translate(substr(coalesce(blood_pressure, ''), 1, 500), '␞␟', '  ') end,
      case when (admission_type = 'newborn' and age_at_visit is not null) and (age_at_visit > 1) then 'visits.admission_type.newborn' || '␟' || translate(substr(coalesce('age_at_visit ' || coalesce(cast(age_at_visit as string), 'missing'), ''), 1, 500), '␞␟', '  ') end,
      case when (visit_date is not null and patient_known) and (visit_date < patient_birth_date) then 'visits.visit_date.after_birth' || '␟' || translate(substr(coalesce('visit_date ' || coalesce(cast(visit_date as string), 'missing') || ', patient_birth_date ' || coalesce(cast(patient_birth_date as string), 'missing'), ''), 1, 500), '␞␟', '  ') end,
      case when (visit_date is not null and patient_known) and (visit_date > patient_death_date) then 'visits.visit_date.before_death' || '␟' || translate(substr(coalesce('visit_date ' || coalesce(cast(visit_date as string), 'missing') || ', patient_death_date ' || coalesce(cast(patient_death_date as string), 'missing'), ''), 1, 500), '␞␟', '  ') end,
      case when (age is not null and age_at_visit is not null) and (patient_birth_date is not null and age - age_at_visit not between -1 and 1) then 'visits.age.agrees' || '␟' || translate(substr(coalesce('age ' || coalesce(cast(age as string), 'missing') || ', age_at_visit ' || coalesce(cast(age_at_visit as string), 'missing'), ''), 1, 500), '␞␟', '  ') end,
      case when (discharge_disposition = 'died' and discharge_date is not null and patient_known) and (cast(patient_death_date - discharge_date as int) not between -1 and 1) then 'visits.discharge_disposition.death_date' || '␟' || translate(substr(coalesce('discharge_date ' || coalesce(cast(discharge_date as string), 'missing') || ', patient_death_date ' || coalesce(cast(patient_death_date as string), 'missing'), ''), 1, 500), '␞␟', '  ') end,
      case when (diagnosis_system = 'icd-10' and diagnosis_code is not null) and (not (regexp_extract(diagnosis_code, '^([A-Za-z][0-9][0-9A-Za-z]([.]?[0-9A-Za-z]{1,4})?)$', 0) = diagnosis_code and diagnosis_code <> '')) then 'visits.diagnosis_code.icd_10_form' || '␟' || translate(substr(coalesce(diagnosis_code, ''), 1, 500), '␞␟', '  ') end,
      case when (diagnosis_system = 'icd-9-cm' and diagnosis_code is not null) and (not (regexp_extract(diagnosis_code, '^(([0-9]{1,3}([.][0-9]{1,2})?|[0-9]{4,5}|[Vv][0-9]{2}([.]?[0-9]{1,2})?|[Ee][0-9]{3}([.]?[0-9])?))$', 0) = diagnosis_code and diagnosis_code <> '')) then 'visits.diagnosis_code.icd_9_form' || '␟' || translate(substr(coalesce(diagnosis_code, ''), 1, 500), '␞␟', '  ') end,
      case when (diagnosis_system = 'snomed' and diagnosis_code is not null) and (not (regexp_extract(diagnosis_code, '^([0-9]{6,18})$', 0) = diagnosis_code and diagnosis_code <> '')) then 'visits.diagnosis_code.snomed_form' || '␟' || translate(substr(coalesce(diagnosis_code, ''), 1, 500), '␞␟', '  ') end,
      case when (diagnosis_system is null and diagnosis_code is not null) and (not (regexp_extract(diagnosis_code, '^(([A-Za-z][0-9][0-9A-Za-z]([.]?[0-9A-Za-z]{1,4})?|([0-9]{1,3}([.][0-9]{1,2})?|[0-9]{4,5}|[Vv][0-9]{2}([.]?[0-9]{1,2})?|[Ee][0-9]{3}([.]?[0-9])?)|[0-9]{6,18}))$', 0) = diagnosis_code and diagnosis_code <> '')) then 'visits.diagnosis_code.form' || '␟' || translate(substr(coalesce(diagnosis_code, ''), 1, 500), '␞␟', '  ') end,
      case when (coalesce(diagnosis_code, diagnosis_description) is not null and coalesce(diagnosis_system, '') <> 'snomed') and (disease is null) then 'visits.disease.chapter' || '␟' || translate(substr(coalesce(coalesce(diagnosis_code, '') || ' ' || coalesce(diagnosis_description, ''), ''), 1, 500), '␞␟', '  ') end,
      case when (disease is not null and patient_known) and (disease = 'Pregnancy and birth' and patient_gender = 'Male') then 'visits.disease.sex' || '␟' || translate(substr(coalesce(coalesce(diagnosis_code, diagnosis_description), ''), 1, 500), '␞␟', '  ') end) as _failed
  from (
select t.*, p.birth_date as patient_birth_date, p.death_date as patient_death_date, p.gender as patient_gender
from published as t
left join patients as p on p.source = t.source and p.patient_id = t.patient_id
  ) as r
) as judged where _failed <> '') as r) as found
union all
select split_part(_found, '␟', 1) as check_id, source, key, split_part(_found, '␟', 2) as value, _batch, _file, _row, _line, true as used
from (select r.*, explode(_list) as "_found" from (select source, key, _batch, _file, _row, _line, split(_failed, '␞') as _list
from (
  select r.source, cast(r."visit_id" as string) as key, r._batch, r._file, r._row, r._line,
    concat_ws('␞', case when (visit_type = 'inpatient' and visit_date is not null) and (visit_date < earlier_stay_end) then 'visits.visit_date.overlaps' || '␟' || translate(substr(coalesce('visit_date ' || coalesce(cast(visit_date as string), 'missing') || ', earlier_stay_end ' || coalesce(cast(earlier_stay_end as string), 'missing'), ''), 1, 500), '␞␟', '  ') end,
      case when (visit_date is not null) and (visit_date > died_on) then 'visits.visit_date.after_died' || '␟' || translate(substr(coalesce('visit_date ' || coalesce(cast(visit_date as string), 'missing') || ', died_on ' || coalesce(cast(died_on as string), 'missing'), ''), 1, 500), '␞␟', '  ') end,
      case when (previous_visit_gap_days is not null and days_since_previous_visit is not null) and (previous_visit_gap_days <> days_since_previous_visit) then 'visits.previous_visit_gap_days.agrees' || '␟' || translate(substr(coalesce('previous_visit_gap_days ' || coalesce(cast(previous_visit_gap_days as string), 'missing') || ', days_since_previous_visit ' || coalesce(cast(days_since_previous_visit as string), 'missing'), ''), 1, 500), '␞␟', '  ') end,
      case when (number_of_previous_visits is not null) and (number_of_previous_visits < visit_number - 1) then 'visits.number_of_previous_visits.agrees' || '␟' || translate(substr(coalesce('number_of_previous_visits ' || coalesce(cast(number_of_previous_visits as string), 'missing') || ', visit_number ' || coalesce(cast(visit_number as string), 'missing'), ''), 1, 500), '␞␟', '  ') end,
      case when (visit_type = 'inpatient' and readmitted_within_30_days is not null and discharge_date is not null) and (readmitted_within_30_days = 'No' and cast(next_stay_begin - discharge_date as int) between 2 and 30) then 'visits.readmitted_within_30_days.agrees' || '␟' || translate(substr(coalesce('discharge_date ' || coalesce(cast(discharge_date as string), 'missing') || ', next_stay_begin ' || coalesce(cast(next_stay_begin as string), 'missing'), ''), 1, 500), '␞␟', '  ') end) as _failed
  from (
select *,
  max(case when visit_type = 'inpatient' then discharge_date end) over (partition by source, patient_id order by visit_date, discharge_date nulls last, visit_id rows between unbounded preceding and 1 preceding) as earlier_stay_end,
  max(case when discharge_disposition = 'died' then coalesce(discharge_date, visit_date) end) over (partition by source, patient_id order by visit_date, discharge_date nulls last, visit_id rows between unbounded preceding and 1 preceding) as died_on,
  min(case when visit_type = 'inpatient' then visit_date end) over (partition by source, patient_id order by visit_date, discharge_date nulls last, visit_id rows between 1 following and unbounded following) as next_stay_begin
from (
  select source, patient_id, visit_id, visit_date, discharge_date, visit_type, discharge_disposition, readmitted_within_30_days,
    previous_visit_gap_days, days_since_previous_visit, number_of_previous_visits, visit_number, _batch, _file, _row, _line
  from published
) as t
  ) as r
) as judged where _failed <> '') as r) as found
