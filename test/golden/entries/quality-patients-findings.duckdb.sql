select 'patients.' || replace(i.field, ' or ', '_or_') || '.' || case i.reason when 'required_missing' then 'required' when 'not_a_number' then 'form' when 'not_whole' then 'form' when 'not_a_date' then 'form' when 'date_order_unknown' then 'form' when 'not_a_time' then 'form' when 'not_blood_pressure' then 'form' when 'not_allowed' then 'allowed' when 'out_of_range' then 'range' when 'in_future' then 'future' end as check_id, i.source, cast(null as string) as key, i.value, i._batch, i._file, i._row, i._line, true as used
from issues as i anti join losers as l on l._batch = i._batch and l._file = i._file and l._row = i._row and l._item = i._item
where i.table_name = 'patients' and not i._rejected
union all
select 'patients.' || replace(i.field, ' or ', '_or_') || '.' || case i.reason when 'required_missing' then 'required' when 'not_a_number' then 'form' when 'not_whole' then 'form' when 'not_a_date' then 'form' when 'date_order_unknown' then 'form' when 'not_a_time' then 'form' when 'not_blood_pressure' then 'form' when 'not_allowed' then 'allowed' when 'out_of_range' then 'range' when 'in_future' then 'future' end as check_id, i.source, cast(null as string) as key, i.value, i._batch, i._file, i._row, i._line, false as used
from issues as i anti join (
  select c._batch, c._file, c._row, c._item from (select * from clean where _rejected) as c
  semi join published as p on coalesce(cast(p."source" as string), '') = coalesce(cast(c."source" as string), '') and coalesce(cast(p."patient_id" as string), '') = coalesce(cast(c."patient_id" as string), '') and p._batch > c._batch
) as s on s._batch = i._batch and s._file = i._file and s._row = i._row and s._item = i._item
where i.table_name = 'patients' and i._rejected and i.action = 'reject' and not (i.source = 'north' and i._batch < 3)
union all
select 'patients.key.unique' as check_id, l.source, cast(l."patient_id" as string) as key,
  'row ' || cast(l._winner_row as string) || ' wins' as value, l._batch, l._file, l._row, cast(null as bigint) as _line, false as used
from losers as l where l._reason = 'earlier_version' and l._batch = l._winner_batch and l._batch not in (5)
union all
select 'patients.content.unique' as check_id, t.source, cast(t."patient_id" as string) as key,
  'as ' || t._first as value, t._batch, t._file, t._row, cast(null as bigint) as _line, true as used
from (
  select *, row_number() over (partition by source, content order by _batch, _file, _row, _item) as _place,
    min(cast(w."patient_id" as string)) over (partition by source, content) as _first
  from twins as w semi join (select * from published where ("name" is not null or "birth_date" is not null)) as p on p."source" = w."source" and p."patient_id" = w."patient_id"
) as t where t._place > 1
union all
select split_part(_found, '␟', 1) as check_id, source, key, split_part(_found, '␟', 2) as value, _batch, _file, _row, _line, true as used
from (select r.*, unnest(_list) as "_found" from (select source, key, _batch, _file, _row, _line, string_split(_failed, '␞') as _list
from (
  select r.source, cast(r."patient_id" as string) as key, r._batch, r._file, r._row, r._line,
    concat_ws('␞', case when (age is not null and birth_date is not null and registration_date is not null) and (age - years_at_registration not between -1 and 1) then 'patients.age.agrees' || '␟' || translate(substr(coalesce('age ' || coalesce(cast(age as string), 'missing') || ', birth_date ' || coalesce(cast(birth_date as string), 'missing') || ', registration_date ' || coalesce(cast(registration_date as string), 'missing'), ''), 1, 500), '␞␟', '  ') end,
      case when (birth_date is not null and registration_date is not null) and (registration_date < birth_date) then 'patients.birth_date.before_registration' || '␟' || translate(substr(coalesce('birth_date ' || coalesce(cast(birth_date as string), 'missing') || ', registration_date ' || coalesce(cast(registration_date as string), 'missing'), ''), 1, 500), '␞␟', '  ') end,
      case when (birth_date is not null) and (birth_date in (date '1900-01-01', date '1901-01-01')) then 'patients.birth_date.placeholder' || '␟' || translate(substr(coalesce('birth_date ' || coalesce(cast(birth_date as string), 'missing'), ''), 1, 500), '␞␟', '  ') end,
      case when (birth_date is not null and death_date is null) and (years_old > 115) then 'patients.age.oldest' || '␟' || translate(substr(coalesce('birth_date ' || coalesce(cast(birth_date as string), 'missing'), ''), 1, 500), '␞␟', '  ') end,
      case when (bmi is not null) and (bmi < 12 or bmi > 70) then 'patients.bmi.plausible' || '␟' || translate(substr(coalesce('bmi ' || cast(cast(bmi as decimal(18,1)) as string), ''), 1, 500), '␞␟', '  ') end,
      case when (birth_date is not null and death_date is not null) and (death_date < birth_date) then 'patients.death_date.after_birth' || '␟' || translate(substr(coalesce('birth_date ' || coalesce(cast(birth_date as string), 'missing') || ', death_date ' || coalesce(cast(death_date as string), 'missing'), ''), 1, 500), '␞␟', '  ') end,
      case when (registration_date is not null and death_date is not null) and (death_date < registration_date and death_date >= coalesce(birth_date, death_date)) then 'patients.death_date.after_registration' || '␟' || translate(substr(coalesce('registration_date ' || coalesce(cast(registration_date as string), 'missing') || ', death_date ' || coalesce(cast(death_date as string), 'missing'), ''), 1, 500), '␞␟', '  ') end,
      case when (true) and (not has_visits) then 'patients.visits.some' || '␟' || translate(substr(coalesce('registration_date ' || coalesce(cast(registration_date as string), 'missing'), ''), 1, 500), '␞␟', '  ') end) as _failed
  from (
select t.*, s.visits > 0 as has_visits,
  (cast(extract(year from registration_date) as bigint) - cast(extract(year from birth_date) as bigint) - case when (cast(extract(month from registration_date) as bigint) * 100 + cast(extract(day from registration_date) as bigint)) < (cast(extract(month from birth_date) as bigint) * 100 + cast(extract(day from birth_date) as bigint)) then 1 else 0 end) as years_at_registration,
  (cast(extract(year from date '2024-06-18') as bigint) - cast(extract(year from birth_date) as bigint) - case when (cast(extract(month from date '2024-06-18') as bigint) * 100 + cast(extract(day from date '2024-06-18') as bigint)) < (cast(extract(month from birth_date) as bigint) * 100 + cast(extract(day from birth_date) as bigint)) then 1 else 0 end) as years_old
from published as t
left join (select source, patient_id, visits from patient_summary) as s on s.source = t.source and s.patient_id = t.patient_id
  ) as r
) as judged where _failed <> '') as r) as found
