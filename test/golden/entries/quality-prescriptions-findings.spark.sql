select 'prescriptions.' || replace(i.field, ' or ', '_or_') || '.' || case i.reason when 'required_missing' then 'required' when 'not_a_number' then 'form' when 'not_whole' then 'form' when 'not_a_date' then 'form' when 'date_order_unknown' then 'form' when 'not_a_time' then 'form' when 'not_blood_pressure' then 'form' when 'not_allowed' then 'allowed' when 'out_of_range' then 'range' when 'in_future' then 'future' end as check_id, i.source, cast(null as string) as key, i.value, i._batch, i._file, i._row, i._line, true as used
from issues as i anti join losers as l on l._batch = i._batch and l._file = i._file and l._row = i._row and l._item = i._item
where i.table_name = 'prescriptions' and not i._rejected
union all
select 'prescriptions.' || replace(i.field, ' or ', '_or_') || '.' || case i.reason when 'required_missing' then 'required' when 'not_a_number' then 'form' when 'not_whole' then 'form' when 'not_a_date' then 'form' when 'date_order_unknown' then 'form' when 'not_a_time' then 'form' when 'not_blood_pressure' then 'form' when 'not_allowed' then 'allowed' when 'out_of_range' then 'range' when 'in_future' then 'future' end as check_id, i.source, cast(null as string) as key, i.value, i._batch, i._file, i._row, i._line, false as used
from issues as i anti join (
  select c._batch, c._file, c._row, c._item from (select * from clean where _rejected) as c
  semi join published as p on coalesce(cast(p."source" as string), '') = coalesce(cast(c."source" as string), '') and coalesce(cast(p."prescription_id" as string), '') = coalesce(cast(c."prescription_id" as string), '') and p._batch > c._batch
) as s on s._batch = i._batch and s._file = i._file and s._row = i._row and s._item = i._item
where i.table_name = 'prescriptions' and i._rejected and i.action = 'reject'
union all
select 'prescriptions.key.unique' as check_id, l.source, cast(l."prescription_id" as string) as key,
  'row ' || cast(l._winner_row as string) || ' wins' as value, l._batch, l._file, l._row, cast(null as bigint) as _line, false as used
from losers as l where l._reason = 'earlier_version' and l._batch = l._winner_batch and l._batch not in (5)
union all
select 'prescriptions.content.unique' as check_id, t.source, cast(t."prescription_id" as string) as key,
  'as ' || t._first as value, t._batch, t._file, t._row, cast(null as bigint) as _line, true as used
from (
  select *, row_number() over (partition by source, content order by _batch, _file, _row, _item) as _place,
    min(cast(w."prescription_id" as string)) over (partition by source, content) as _first
  from twins as w
) as t where t._place > 1
union all
select split_part(_found, '␟', 1) as check_id, source, key, split_part(_found, '␟', 2) as value, _batch, _file, _row, _line, true as used
from (select r.*, explode(_list) as "_found" from (select source, key, _batch, _file, _row, _line, split(_failed, '␞') as _list
from (
  select r.source, cast(r."prescription_id" as string) as key, r._batch, r._file, r._row, r._line,
    concat_ws('␞', case when (true) and (not patient_known) then 'prescriptions.patient_id.reference' || '␟' || translate(substr(coalesce(patient_id, ''), 1, 500), '␞␟', '  ') end,
      case when (visit_id is not null) and (not visit_known) then 'prescriptions.visit_id.reference' || '␟' || translate(substr(coalesce(visit_id, ''), 1, 500), '␞␟', '  ') end,
      case when (prescribed_date is not null and visit_known) and (prescribed_date < visit_date) then 'prescriptions.prescribed_date.after_visit' || '␟' || translate(substr(coalesce('prescribed_date ' || coalesce(cast(prescribed_date as string), 'missing') || ', visit_date ' || coalesce(cast(visit_date as string), 'missing'), ''), 1, 500), '␞␟', '  ') end,
      case when (prescribed_date is not null and visit_known) and (cast(prescribed_date - visit_end as int) > 30) then 'prescriptions.prescribed_date.near_visit' || '␟' || translate(substr(coalesce('prescribed_date ' || coalesce(cast(prescribed_date as string), 'missing') || ', visit_end ' || coalesce(cast(visit_end as string), 'missing'), ''), 1, 500), '␞␟', '  ') end,
      case when (prescribed_date is not null and patient_known) and (prescribed_date < patient_birth_date) then 'prescriptions.prescribed_date.after_birth' || '␟' || translate(substr(coalesce('prescribed_date ' || coalesce(cast(prescribed_date as string), 'missing') || ', patient_birth_date ' || coalesce(cast(patient_birth_date as string), 'missing'), ''), 1, 500), '␞␟', '  ') end,
      case when (prescribed_date is not null and patient_known) and (prescribed_date > patient_death_date) then 'prescriptions.prescribed_date.before_death' || '␟' || translate(substr(coalesce('prescribed_date ' || coalesce(cast(prescribed_date as string), 'missing') || ', patient_death_date ' || coalesce(cast(patient_death_date as string), 'missing'), ''), 1, 500), '␞␟', '  ') end,
      case when (visit_known and patient_id is not null) and (patient_id <> visit_patient_id) then 'prescriptions.patient_id.agrees' || '␟' || translate(substr(coalesce('patient_id ' || coalesce(cast(patient_id as string), 'missing') || ', visit_patient_id ' || coalesce(cast(visit_patient_id as string), 'missing'), ''), 1, 500), '␞␟', '  ') end,
      case when (quantity is not null) and (quantity = 0) then 'prescriptions.quantity.positive' || '␟' || translate(substr(coalesce(drug_name, ''), 1, 500), '␞␟', '  ') end,
      case when (days_supply is not null) and (days_supply = 0) then 'prescriptions.days_supply.positive' || '␟' || translate(substr(coalesce(drug_name, ''), 1, 500), '␞␟', '  ') end,
      case when (quantity is not null and days_supply > 0) and (quantity > 100 * days_supply) then 'prescriptions.quantity.per_day' || '␟' || translate(substr(coalesce('quantity ' || cast(cast(quantity as decimal(18,3)) as string) || ', ' || 'days_supply ' || coalesce(cast(days_supply as string), 'missing'), ''), 1, 500), '␞␟', '  ') end) as _failed
  from (
select t.*, p.birth_date as patient_birth_date, p.death_date as patient_death_date, p.gender as patient_gender, v.patient_id as visit_patient_id, v.visit_date, v.diagnosis_code as visit_diagnosis_code,
  case when v.discharge_date >= v.visit_date then v.discharge_date
    when v.discharge_date is null then v.visit_date + coalesce(cast(floor(v.length_of_stay) as int), 0) end as visit_end
from published as t
left join patients as p on p.source = t.source and p.patient_id = t.patient_id
left join visits as v on v.source = t.source and v.visit_id = t.visit_id
  ) as r
) as judged where _failed <> '') as r) as found
