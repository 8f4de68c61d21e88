select 'procedures.' || replace(i.field, ' or ', '_or_') || '.' || case i.reason when 'required_missing' then 'required' when 'not_a_number' then 'form' when 'not_whole' then 'form' when 'not_a_date' then 'form' when 'date_order_unknown' then 'form' when 'not_a_time' then 'form' when 'not_blood_pressure' then 'form' when 'not_allowed' then 'allowed' when 'out_of_range' then 'range' when 'in_future' then 'future' end as check_id, i.source, cast(null as string) as key, i.value, i._batch, i._file, i._row, i._line, true as used
from issues as i anti join losers as l on l._batch = i._batch and l._file = i._file and l._row = i._row and l._item = i._item
where i.table_name = 'procedures' and not i._rejected
union all
select 'procedures.' || replace(i.field, ' or ', '_or_') || '.' || case i.reason when 'required_missing' then 'required' when 'not_a_number' then 'form' when 'not_whole' then 'form' when 'not_a_date' then 'form' when 'date_order_unknown' then 'form' when 'not_a_time' then 'form' when 'not_blood_pressure' then 'form' when 'not_allowed' then 'allowed' when 'out_of_range' then 'range' when 'in_future' then 'future' end as check_id, i.source, cast(null as string) as key, i.value, i._batch, i._file, i._row, i._line, false as used
from issues as i anti join (
  select c._batch, c._file, c._row, c._item from (select * from clean where _rejected) as c
  semi join published as p on coalesce(cast(p."source" as string), '') = coalesce(cast(c."source" as string), '') and coalesce(cast(p."patient_id" as string), '') = coalesce(cast(c."patient_id" as string), '') and coalesce(cast(p."visit_id" as string), '') = coalesce(cast(c."visit_id" as string), '') and coalesce(cast(p."procedure_code" as string), '') = coalesce(cast(c."procedure_code" as string), '') and coalesce(cast(p."procedure_description" as string), '') = coalesce(cast(c."procedure_description" as string), '') and coalesce(cast(p."procedure_date" as string), '') = coalesce(cast(c."procedure_date" as string), '') and coalesce(cast(p."rank" as string), '') = coalesce(cast(c."rank" as string), '') and p._batch > c._batch
) as s on s._batch = i._batch and s._file = i._file and s._row = i._row and s._item = i._item
where i.table_name = 'procedures' and i._rejected and i.action = 'reject'
union all
select 'procedures.key.unique' as check_id, l.source, concat_ws('|', cast(l."patient_id" as string), cast(l."visit_id" as string), cast(l."procedure_code" as string), cast(l."procedure_description" as string), cast(l."procedure_date" as string), cast(l."rank" as string)) as key,
  'row ' || cast(l._winner_row as string) || ' wins' as value, l._batch, l._file, l._row, cast(null as bigint) as _line, false as used
from losers as l where l._reason = 'earlier_version' and l._batch = l._winner_batch
union all
select split_part(_found, '␟', 1) as check_id, source, key, split_part(_found, '␟', 2) as value, _batch, _file, _row, _line, true as used
from (select r.*, explode(_list) as "_found" from (select source, key, _batch, _file, _row, _line, split(_failed, '␞') as _list
from (
  select r.source, concat_ws('|', cast(r."patient_id" as string), cast(r."visit_id" as string), cast(r."procedure_code" as string), cast(r."procedure_description" as string), cast(r."procedure_date" as string), cast(r."rank" as string)) as key, r._batch, r._file, r._row, r._line,
    concat_ws('␞', case when (true) and (not patient_known) then 'procedures.patient_id.reference' || '␟' || translate(substr(coalesce(patient_id, ''), 1, 500), '␞␟', '  ') end,
      case when (visit_id is not null) and (not visit_known) then 'procedures.visit_id.reference' || '␟' || translate(substr(coalesce(visit_id, ''), 1, 500), '␞␟', '  ') end,
      case when (visit_known and patient_id is not null) and (patient_id <> visit_patient_id) then 'procedures.patient_id.agrees' || '␟' || translate(substr(coalesce('patient_id ' || coalesce(cast(patient_id as string), 'missing') || ', visit_patient_id ' || coalesce(cast(visit_patient_id as string), 'missing'), ''), 1, 500), '␞␟', '  ') end,
      case when (procedure_date is not null and patient_known) and (procedure_date < patient_birth_date) then 'procedures.procedure_date.after_birth' || '␟' || translate(substr(coalesce('procedure_date ' || coalesce(cast(procedure_date as string), 'missing') || ', patient_birth_date ' || coalesce(cast(patient_birth_date as string), 'missing'), ''), 1, 500), '␞␟', '  ') end,
      case when (procedure_date is not null and patient_known) and (procedure_date > patient_death_date) then 'procedures.procedure_date.before_death' || '␟' || translate(substr(coalesce('procedure_date ' || coalesce(cast(procedure_date as string), 'missing') || ', patient_death_date ' || coalesce(cast(patient_death_date as string), 'missing'), ''), 1, 500), '␞␟', '  ') end,
      case when (procedure_date is not null and visit_known) and (cast(visit_date - procedure_date as int) > 1 or cast(procedure_date - visit_end as int) > 1) then 'procedures.procedure_date.within_visit' || '␟' || translate(substr(coalesce('procedure_date ' || coalesce(cast(procedure_date as string), 'missing') || ', visit_date ' || coalesce(cast(visit_date as string), 'missing') || ', visit_end ' || coalesce(cast(visit_end as string), 'missing'), ''), 1, 500), '␞␟', '  ') end) as _failed
  from (
select t.*, p.birth_date as patient_birth_date, p.death_date as patient_death_date, p.gender as patient_gender, v.patient_id as visit_patient_id, v.visit_date, v.diagnosis_code as visit_diagnosis_code,
  case when v.discharge_date >= v.visit_date then v.discharge_date
    when v.discharge_date is null then v.visit_date + coalesce(cast(floor(v.length_of_stay) as int), 0) end as visit_end
from published as t
left join patients as p on p.source = t.source and p.patient_id = t.patient_id
left join visits as v on v.source = t.source and v.visit_id = t.visit_id
  ) as r
) as judged where _failed <> '') as r) as found
