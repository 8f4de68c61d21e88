select 'observations.' || replace(i.field, ' or ', '_or_') || '.' || case i.reason when 'required_missing' then 'required' when 'not_a_number' then 'form' when 'not_whole' then 'form' when 'not_a_date' then 'form' when 'date_order_unknown' then 'form' when 'not_a_time' then 'form' when 'not_blood_pressure' then 'form' when 'not_allowed' then 'allowed' when 'out_of_range' then 'range' when 'in_future' then 'future' end as check_id, i.source, cast(null as string) as key, i.value, i._batch, i._file, i._row, i._line, true as used
from issues as i anti join losers as l on l._batch = i._batch and l._file = i._file and l._row = i._row and l._item = i._item
where i.table_name = 'observations' and not i._rejected
union all
select 'observations.' || replace(i.field, ' or ', '_or_') || '.' || case i.reason when 'required_missing' then 'required' when 'not_a_number' then 'form' when 'not_whole' then 'form' when 'not_a_date' then 'form' when 'date_order_unknown' then 'form' when 'not_a_time' then 'form' when 'not_blood_pressure' then 'form' when 'not_allowed' then 'allowed' when 'out_of_range' then 'range' when 'in_future' then 'future' end as check_id, i.source, cast(null as string) as key, i.value, i._batch, i._file, i._row, i._line, false as used
from issues as i anti join (
  select c._batch, c._file, c._row, c._item from (select * from clean where _rejected) as c
  semi join published as p on coalesce(cast(p."source" as string), '') = coalesce(cast(c."source" as string), '') and coalesce(cast(p."patient_id" as string), '') = coalesce(cast(c."patient_id" as string), '') and coalesce(cast(p."visit_id" as string), '') = coalesce(cast(c."visit_id" as string), '') and coalesce(cast(p."observation_code" as string), '') = coalesce(cast(c."observation_code" as string), '') and coalesce(cast(p."observation_description" as string), '') = coalesce(cast(c."observation_description" as string), '') and coalesce(cast(p."observation_date" as string), '') = coalesce(cast(c."observation_date" as string), '') and coalesce(cast(p."observed_at" as string), '') = coalesce(cast(c."observed_at" as string), '') and coalesce(cast(p."value" as string), '') = coalesce(cast(c."value" as string), '') and coalesce(cast(p."unit" as string), '') = coalesce(cast(c."unit" as string), '') and p._batch > c._batch
) as s on s._batch = i._batch and s._file = i._file and s._row = i._row and s._item = i._item
where i.table_name = 'observations' and i._rejected and i.action = 'reject'
union all
select 'observations.key.unique' as check_id, l.source, concat_ws('|', cast(l."patient_id" as string), cast(l."visit_id" as string), cast(l."observation_code" as string), cast(l."observation_description" as string), cast(l."observation_date" as string), cast(l."observed_at" as string), cast(l."value" as string), cast(l."unit" as string)) as key,
  'row ' || cast(l._winner_row as string) || ' wins' as value, l._batch, l._file, l._row, cast(null as bigint) as _line, false as used
from losers as l where l._reason = 'earlier_version' and l._batch = l._winner_batch
union all
select split_part(_found, '␟', 1) as check_id, source, key, split_part(_found, '␟', 2) as value, _batch, _file, _row, _line, true as used
from (select r.*, explode(_list) as "_found" from (select source, key, _batch, _file, _row, _line, split(_failed, '␞') as _list
from (
  select r.source, concat_ws('|', cast(r."patient_id" as string), cast(r."visit_id" as string), cast(r."observation_code" as string), cast(r."observation_description" as string), cast(r."observation_date" as string), cast(r."observed_at" as string), cast(r."value" as string), cast(r."unit" as string)) as key, r._batch, r._file, r._row, r._line,
    concat_ws('␞', case when (true) and (not patient_known) then 'observations.patient_id.reference' || '␟' || translate(substr(coalesce(patient_id, ''), 1, 500), '␞␟', '  ') end,
      case when (visit_id is not null) and (not visit_known) then 'observations.visit_id.reference' || '␟' || translate(substr(coalesce(visit_id, ''), 1, 500), '␞␟', '  ') end,
      case when (visit_known and patient_id is not null) and (patient_id <> visit_patient_id) then 'observations.patient_id.agrees' || '␟' || translate(substr(coalesce('patient_id ' || coalesce(cast(patient_id as string), 'missing') || ', visit_patient_id ' || coalesce(cast(visit_patient_id as string), 'missing'), ''), 1, 500), '␞␟', '  ') end,
      case when (observation_date is not null and patient_known) and (observation_date < patient_birth_date) then 'observations.observation_date.after_birth' || '␟' || translate(substr(coalesce('observation_date ' || coalesce(cast(observation_date as string), 'missing') || ', patient_birth_date ' || coalesce(cast(patient_birth_date as string), 'missing'), ''), 1, 500), '␞␟', '  ') end,
      case when (observation_date is not null and patient_known) and (observation_date > patient_death_date) then 'observations.observation_date.before_death' || '␟' || translate(substr(coalesce('observation_date ' || coalesce(cast(observation_date as string), 'missing') || ', patient_death_date ' || coalesce(cast(patient_death_date as string), 'missing'), ''), 1, 500), '␞␟', '  ') end,
      case when (observation_date is not null and visit_known) and (cast(visit_date - observation_date as int) > 1 or cast(observation_date - visit_end as int) > 1) then 'observations.observation_date.within_visit' || '␟' || translate(substr(coalesce('observation_date ' || coalesce(cast(observation_date as string), 'missing') || ', visit_date ' || coalesce(cast(visit_date as string), 'missing') || ', visit_end ' || coalesce(cast(visit_end as string), 'missing'), ''), 1, 500), '␞␟', '  ') end,
      case when (true) and (observation_date is null and observed_at is null) then 'observations.time.present' || '␟' || translate(substr(coalesce(coalesce(observation_code, observation_description), ''), 1, 500), '␞␟', '  ') end) as _failed
  from (
select t.*, p.birth_date as patient_birth_date, p.death_date as patient_death_date, p.gender as patient_gender, v.patient_id as visit_patient_id, v.visit_date, v.diagnosis_code as visit_diagnosis_code,
  case when v.discharge_date >= v.visit_date then v.discharge_date
    when v.discharge_date is null then v.visit_date + coalesce(cast(floor(v.length_of_stay) as int), 0) end as visit_end
from published as t
left join patients as p on p.source = t.source and p.patient_id = t.patient_id
left join visits as v on v.source = t.source and v.visit_id = t.visit_id
  ) as r
) as judged where _failed <> '') as r) as found
union all
select split_part(_found, '␟', 1) as check_id, source, key, split_part(_found, '␟', 2) as value, _batch, _file, _row, _line, true as used
from (select r.*, explode(_list) as "_found" from (select source, key, _batch, _file, _row, _line, split(_failed, '␞') as _list
from (
  select r.source, concat_ws('|', cast(r."patient_id" as string), cast(r."visit_id" as string), cast(r."observation_code" as string), cast(r."observation_description" as string), cast(r."observation_date" as string), cast(r."observed_at" as string), cast(r."value" as string), cast(r."unit" as string)) as key, r._batch, r._file, r._row, r._line,
    concat_ws('␞', case when (observation_code = '39156-5') and (cast(observed_on - earlier_on as int) <= 30 and (body_mass_index * 4 > earlier_index * 5 or body_mass_index * 4 < earlier_index * 3)) then 'observations.value.body_mass_index_change' || '␟' || translate(substr(coalesce('body mass index ' || cast(body_mass_index as string) || ' after ' || cast(earlier_index as string), ''), 1, 500), '␞␟', '  ') end) as _failed
  from (
select *,
  lag(body_mass_index) over (partition by source, patient_id order by observed_on, observed_at nulls first, value, _batch, _file, _row, _item) as earlier_index,
  lag(observed_on) over (partition by source, patient_id order by observed_on, observed_at nulls first, value, _batch, _file, _row, _item) as earlier_on
from (
  select *,
    try_cast(case when (regexp_extract(value, '^([0-9]{2,3}([.][0-9]{1,6})?)$', 0) = value and value <> '') then value end as decimal(9,6)) as body_mass_index,
    coalesce(observation_date, cast(observed_at as date)) as observed_on
  from published where observation_code = '39156-5'
) as t where body_mass_index is not null
  ) as r
) as judged where _failed <> '') as r) as found
