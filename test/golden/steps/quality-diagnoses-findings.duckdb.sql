select 'diagnoses.' || replace(i.field, ' or ', '_or_') || '.' || case i.reason when 'required_missing' then 'required' when 'not_a_number' then 'form' when 'not_whole' then 'form' when 'not_a_date' then 'form' when 'date_order_unknown' then 'form' when 'not_a_time' then 'form' when 'not_blood_pressure' then 'form' when 'not_allowed' then 'allowed' when 'out_of_range' then 'range' when 'in_future' then 'future' end as check_id, i.source, cast(null as string) as key, i.value, i._batch, i._file, i._row, i._line, true as used
from issues as i anti join losers as l on l._batch = i._batch and l._file = i._file and l._row = i._row and l._item = i._item
where i.table_name = 'diagnoses' and not i._rejected
union all
select 'diagnoses.' || replace(i.field, ' or ', '_or_') || '.' || case i.reason when 'required_missing' then 'required' when 'not_a_number' then 'form' when 'not_whole' then 'form' when 'not_a_date' then 'form' when 'date_order_unknown' then 'form' when 'not_a_time' then 'form' when 'not_blood_pressure' then 'form' when 'not_allowed' then 'allowed' when 'out_of_range' then 'range' when 'in_future' then 'future' end as check_id, i.source, cast(null as string) as key, i.value, i._batch, i._file, i._row, i._line, false as used
from issues as i anti join (
  select c._batch, c._file, c._row, c._item from (select * from clean where _rejected) as c
  semi join published as p on coalesce(cast(p."source" as string), '') = coalesce(cast(c."source" as string), '') and coalesce(cast(p."visit_id" as string), '') = coalesce(cast(c."visit_id" as string), '') and coalesce(cast(p."rank" as string), '') = coalesce(cast(c."rank" as string), '') and coalesce(cast(p."diagnosis_code" as string), '') = coalesce(cast(c."diagnosis_code" as string), '') and coalesce(cast(p."diagnosis_description" as string), '') = coalesce(cast(c."diagnosis_description" as string), '') and p._batch > c._batch
) as s on s._batch = i._batch and s._file = i._file and s._row = i._row and s._item = i._item
where i.table_name = 'diagnoses' and i._rejected and i.action = 'reject'
union all
select 'diagnoses.key.unique' as check_id, l.source, concat_ws('|', cast(l."visit_id" as string), cast(l."rank" as string), cast(l."diagnosis_code" as string), cast(l."diagnosis_description" as string)) as key,
  'row ' || cast(l._winner_row as string) || ' wins' as value, l._batch, l._file, l._row, cast(null as bigint) as _line, false as used
from losers as l where l._reason = 'earlier_version' and l._batch = l._winner_batch
union all
select split_part(_found, '␟', 1) as check_id, source, key, split_part(_found, '␟', 2) as value, _batch, _file, _row, _line, true as used
from (select r.*, unnest(_list) as "_found" from (select source, key, _batch, _file, _row, _line, string_split(_failed, '␞') as _list
from (
  select r.source, concat_ws('|', cast(r."visit_id" as string), cast(r."rank" as string), cast(r."diagnosis_code" as string), cast(r."diagnosis_description" as string)) as key, r._batch, r._file, r._row, r._line,
    concat_ws('␞', case when (visit_id is not null) and (not visit_known) then 'diagnoses.visit_id.reference' || '␟' || translate(substr(coalesce(visit_id, ''), 1, 500), '␞␟', '  ') end,
      case when (true) and (not patient_known) then 'diagnoses.patient_id.reference' || '␟' || translate(substr(coalesce(patient_id, ''), 1, 500), '␞␟', '  ') end,
      case when (visit_known and patient_id is not null) and (patient_id <> visit_patient_id) then 'diagnoses.patient_id.agrees' || '␟' || translate(substr(coalesce('patient_id ' || coalesce(cast(patient_id as string), 'missing') || ', visit_patient_id ' || coalesce(cast(visit_patient_id as string), 'missing'), ''), 1, 500), '␞␟', '  ') end,
      case when (rank = 1 and diagnosis_code is not null and visit_known) and (lower(replace(diagnosis_code, '.', '')) <> lower(replace(visit_diagnosis_code, '.', ''))) then 'diagnoses.rank.main' || '␟' || translate(substr(coalesce('diagnosis_code ' || coalesce(cast(diagnosis_code as string), 'missing') || ', visit_diagnosis_code ' || coalesce(cast(visit_diagnosis_code as string), 'missing'), ''), 1, 500), '␞␟', '  ') end,
      case when (diagnosis_system = 'icd-10' and diagnosis_code is not null) and (not regexp_full_match(diagnosis_code, '[A-Za-z][0-9][0-9A-Za-z]([.]?[0-9A-Za-z]{1,4})?')) then 'diagnoses.diagnosis_code.icd_10_form' || '␟' || translate(substr(coalesce(diagnosis_code, ''), 1, 500), '␞␟', '  ') end,
      case when (diagnosis_system = 'icd-9-cm' and diagnosis_code is not null) and (not regexp_full_match(diagnosis_code, '([0-9]{1,3}([.][0-9]{1,2})?|[0-9]{4,5}|[Vv][0-9]{2}([.]?[0-9]{1,2})?|[Ee][0-9]{3}([.]?[0-9])?)')) then 'diagnoses.diagnosis_code.icd_9_form' || '␟' || translate(substr(coalesce(diagnosis_code, ''), 1, 500), '␞␟', '  ') end,
      case when (diagnosis_system = 'snomed' and diagnosis_code is not null) and (not regexp_full_match(diagnosis_code, '[0-9]{6,18}')) then 'diagnoses.diagnosis_code.snomed_form' || '␟' || translate(substr(coalesce(diagnosis_code, ''), 1, 500), '␞␟', '  ') end,
      case when (diagnosis_system is null and diagnosis_code is not null) and (not regexp_full_match(diagnosis_code, '([A-Za-z][0-9][0-9A-Za-z]([.]?[0-9A-Za-z]{1,4})?|([0-9]{1,3}([.][0-9]{1,2})?|[0-9]{4,5}|[Vv][0-9]{2}([.]?[0-9]{1,2})?|[Ee][0-9]{3}([.]?[0-9])?)|[0-9]{6,18})')) then 'diagnoses.diagnosis_code.form' || '␟' || translate(substr(coalesce(diagnosis_code, ''), 1, 500), '␞␟', '  ') end,
      case when (coalesce(diagnosis_code, diagnosis_description) is not null and coalesce(diagnosis_system, '') <> 'snomed') and (disease is null) then 'diagnoses.disease.chapter' || '␟' || translate(substr(coalesce(coalesce(diagnosis_code, '') || ' ' || coalesce(diagnosis_description, ''), ''), 1, 500), '␞␟', '  ') end,
      case when (disease is not null and patient_known) and (disease = 'Pregnancy and birth' and patient_gender = 'Male') then 'diagnoses.disease.sex' || '␟' || translate(substr(coalesce(coalesce(diagnosis_code, diagnosis_description), ''), 1, 500), '␞␟', '  ') end) as _failed
  from (
select t.*, p.birth_date as patient_birth_date, p.death_date as patient_death_date, p.gender as patient_gender, v.patient_id as visit_patient_id, v.visit_date, v.diagnosis_code as visit_diagnosis_code,
  case when v.discharge_date >= v.visit_date then v.discharge_date
    when v.discharge_date is null then v.visit_date + coalesce(cast(floor(v.length_of_stay) as int), 0) end as visit_end
from published as t
left join patients as p on p.source = t.source and p.patient_id = t.patient_id
left join visits as v on v.source = t.source and v.visit_id = t.visit_id
  ) as r
) as judged where _failed <> '') as r) as found
