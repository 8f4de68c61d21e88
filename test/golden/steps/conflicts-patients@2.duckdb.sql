select cast(2 as bigint) as batch, 'uci-diabetes' as source,
  'patients' as table_name, field, cast(conflicts as bigint) as conflicts
from (
with stated as (
select min(gender) < max(gender) as gender, min(race) < max(race) as race
from (
select _file, _row, _line, _lines, trim(both ' ' from c1) as patient_id,
  lpad(trim(both ' ' from c0), 20, '0') || ' ' || _file || ' ' || lpad(cast(_row as string), 20, '0') as place,
  case when trim(both ' ' from coalesce(c4, '')) not in ('', '?') then case when regexp_extract(trim(both ' ' from c4), '^.[0-9]{1,3}-[0-9]{1,3}.$', 0) = trim(both ' ' from c4) and trim(both ' ' from c4) like '[%)' then cast(cast(floor((try_cast(split_part(substr(trim(both ' ' from c4), 2), '-', 1) as bigint) + try_cast(replace(split_part(trim(both ' ' from c4), '-', 2), ')', '') as bigint)) / 2) as bigint) as string) else c4 end end as age,
  case when trim(both ' ' from coalesce(c3, '')) not in ('', '?') and lower(trim(both ' ' from c3)) <> 'unknown/invalid' then trim(both ' ' from c3) end as gender, c3 as gender_text,
  case when trim(both ' ' from coalesce(c2, '')) not in ('', '?') and lower(trim(both ' ' from c2)) <> 'unknown/invalid' then trim(both ' ' from c2) end as race, c2 as race_text
from raw
where trim(both ' ' from coalesce(c1, '')) not in ('', '?') and trim(both ' ' from coalesce(c0, '')) not in ('', '?')
) as seen
group by patient_id
)
select 'gender' as field, count(case when gender then 1 end) as conflicts from stated
union all
select 'race' as field, count(case when race then 1 end) as conflicts from stated
) as counted
