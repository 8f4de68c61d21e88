select 'uci-diabetes' as source,
  'uci-diabetes:' || "v_patient_id" as "patient_id",
  cast(null as string) as "name",
  cast(null as date) as "birth_date",
  case when "r_age" is null then "v_age" end as "age",
  case when "r_gender" is null then "v_gender" end as "gender",
  case when "r_race" is null then "v_race" end as "race",
  cast(null as string) as "location",
  cast(null as double) as "bmi",
  cast(null as string) as "smoker_status",
  cast(null as string) as "alcohol_use",
  cast(null as string) as "physical_activity_level",
  split(cast(null as string), ';') as "chronic_conditions",
  cast(null as date) as "registration_date",
  cast(null as string) as "insurance_type",
  cast(null as date) as "death_date",
  cast(2 as bigint) as _batch,
  _file, _row, _item, _line, _lines,
  false as _primary,
  coalesce("r_patient_id", "r_age", "g_0") is not null as _rejected,
  case when coalesce("r_patient_id", "r_age", "r_gender", "r_race", "g_0") is not null then concat_ws('␞', case when "r_patient_id" is not null then 'patient_id' || '␟' || "r_patient_id" || '␟' || 'reject' || '␟' || translate(substr(coalesce("o_patient_id", ''), 1, 500), '␞␟', '  ') end, case when "r_age" is not null then 'age' || '␟' || "r_age" || '␟' || 'reject' || '␟' || translate(substr(coalesce("o_age", ''), 1, 500), '␞␟', '  ') end, case when "r_gender" is not null then 'gender' || '␟' || "r_gender" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_gender", ''), 1, 500), '␞␟', '  ') end, case when "r_race" is not null then 'race' || '␟' || "r_race" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_race", ''), 1, 500), '␞␟', '  ') end, case when "g_0" is not null then 'age or birth_date' || '␟' || "g_0" || '␟' || 'reject' || '␟' || translate(substr(coalesce(null, ''), 1, 500), '␞␟', '  ') end) end as _issues
from (
select _file, _row, _item, _line, _lines,
  "o_patient_id",
  "o_age",
  "o_gender",
  "o_race",
  "v_patient_id",
  "v_age",
  "v_gender",
  "v_race",
  "r_patient_id",
  "r_age",
  "r_gender",
  "r_race",
  case when ("v_age" is null and "r_age" is null) and true then 'required_missing' end as "g_0"
from (
select _file, _row, _item, _line, _lines,
  "o_patient_id",
  "o_age",
  "o_gender",
  "o_race",
  "v_patient_id",
  "v_age",
  "v_gender",
  "v_race",
  case when "t_patient_id" is null then 'required_missing' when "t_patient_id" is null then null end as "r_patient_id",
  case when "t_age" is null then null when "v_age" is null and (case when (regexp_extract("p_age", '^([+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+))$', 0) = "p_age" and "p_age" <> '') then try_cast("p_age" as decimal(18,6)) when (regexp_extract("p_age", '^([+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)[eE][+-]?[0-9]{1,3})$', 0) = "p_age" and "p_age" <> '') then try_cast(try_cast(try_cast("p_age" as double) as decimal(15,6)) as decimal(18,6)) when lower("p_age") like '%a' and lower(trim(both ' ' from substr("p_age", length(regexp_extract("p_age", '^[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)', 0)) + 1))) = 'a' then try_cast(try_cast(regexp_extract("p_age", '^[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)', 0) as decimal(24,6)) * cast(1 as decimal(10,4)) as decimal(18,6)) end) is not null then 'not_whole' when "v_age" is null and (regexp_extract("p_age", '^([+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?)$', 0) = "p_age" and "p_age" <> '') then 'out_of_range' when "v_age" is null then 'not_a_number' when "v_age" < 0 or "v_age" > 150 then 'out_of_range' end as "r_age",
  case when "t_gender" is null then null when "v_gender" is null then 'not_allowed' end as "r_gender",
  cast(null as string) as "r_race"
from (
select _file, _row, _item, _line, _lines,
  "o_patient_id",
  "o_age",
  "o_gender",
  "o_race",
  "t_patient_id",
  "t_age",
  "t_gender",
  "t_race",
  "p_patient_id",
  "p_age",
  "p_gender",
  "p_race",
  "p_patient_id" as "v_patient_id",
  coalesce(try_cast(case when (regexp_extract("p_age", '^([+-]?[0-9]{1,18})$', 0) = "p_age" and "p_age" <> '') then "p_age" end as bigint), cast(case when floor(case when (regexp_extract("p_age", '^([+-]?[0-9]{1,18})$', 0) = "p_age" and "p_age" <> '') then null else case when (regexp_extract("p_age", '^([+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+))$', 0) = "p_age" and "p_age" <> '') then try_cast("p_age" as decimal(18,6)) when (regexp_extract("p_age", '^([+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)[eE][+-]?[0-9]{1,3})$', 0) = "p_age" and "p_age" <> '') then try_cast(try_cast(try_cast("p_age" as double) as decimal(15,6)) as decimal(18,6)) when lower("p_age") like '%a' and lower(trim(both ' ' from substr("p_age", length(regexp_extract("p_age", '^[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)', 0)) + 1))) = 'a' then try_cast(try_cast(regexp_extract("p_age", '^[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)', 0) as decimal(24,6)) * cast(1 as decimal(10,4)) as decimal(18,6)) end end) = case when (regexp_extract("p_age", '^([+-]?[0-9]{1,18})$', 0) = "p_age" and "p_age" <> '') then null else case when (regexp_extract("p_age", '^([+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+))$', 0) = "p_age" and "p_age" <> '') then try_cast("p_age" as decimal(18,6)) when (regexp_extract("p_age", '^([+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)[eE][+-]?[0-9]{1,3})$', 0) = "p_age" and "p_age" <> '') then try_cast(try_cast(try_cast("p_age" as double) as decimal(15,6)) as decimal(18,6)) when lower("p_age") like '%a' and lower(trim(both ' ' from substr("p_age", length(regexp_extract("p_age", '^[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)', 0)) + 1))) = 'a' then try_cast(try_cast(regexp_extract("p_age", '^[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)', 0) as decimal(24,6)) * cast(1 as decimal(10,4)) as decimal(18,6)) end end then case when (regexp_extract("p_age", '^([+-]?[0-9]{1,18})$', 0) = "p_age" and "p_age" <> '') then null else case when (regexp_extract("p_age", '^([+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+))$', 0) = "p_age" and "p_age" <> '') then try_cast("p_age" as decimal(18,6)) when (regexp_extract("p_age", '^([+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)[eE][+-]?[0-9]{1,3})$', 0) = "p_age" and "p_age" <> '') then try_cast(try_cast(try_cast("p_age" as double) as decimal(15,6)) as decimal(18,6)) when lower("p_age") like '%a' and lower(trim(both ' ' from substr("p_age", length(regexp_extract("p_age", '^[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)', 0)) + 1))) = 'a' then try_cast(try_cast(regexp_extract("p_age", '^[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)', 0) as decimal(24,6)) * cast(1 as decimal(10,4)) as decimal(18,6)) end end end as bigint)) as "v_age",
  case when "p_gender" is not null then case lower("p_gender") when 'male' then 'Male' when 'female' then 'Female' when 'other' then 'Other' when 'unknown' then 'Unknown' when 'm' then 'Male' when 'man' then 'Male' when 'boy' then 'Male' when 'f' then 'Female' when 'w' then 'Female' when 'woman' then 'Female' when 'girl' then 'Female' when 'o' then 'Other' when 'x' then 'Other' when 'non-binary' then 'Other' when 'nonbinary' then 'Other' when 'diverse' then 'Other' when 'd' then 'Other' when 'u' then 'Unknown' when 'unk' then 'Unknown' when 'not known' then 'Unknown' when 'unknown/invalid' then 'Unknown' end end as "v_gender",
  "p_race" as "v_race"
from (
select _file, _row, _item, _line, _lines,
  "o_patient_id",
  "o_age",
  "o_gender",
  "o_race",
  "t_patient_id",
  "t_age",
  "t_gender",
  "t_race",
  "t_patient_id" as "p_patient_id",
  "t_age" as "p_age",
  "t_gender" as "p_gender",
  "t_race" as "p_race"
from (
select _file, _row, _item, _line, _lines,
  "o_patient_id",
  "o_age",
  "o_gender",
  "o_race",
  case when length("s_patient_id") <= 4 and not ("s_patient_id" >= '0' and "s_patient_id" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_patient_id") || '|') > 0 then null else "s_patient_id" end as "t_patient_id",
  case when length("s_age") <= 4 and not ("s_age" >= '0' and "s_age" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_age") || '|') > 0 then null else "s_age" end as "t_age",
  case when length("s_gender") <= 4 and not ("s_gender" >= '0' and "s_gender" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_gender") || '|') > 0 then null else "s_gender" end as "t_gender",
  case when length("s_race") <= 4 and not ("s_race" >= '0' and "s_race" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_race") || '|') > 0 then null else "s_race" end as "t_race"
from (
select _file, _row, _item, _line, _lines,
  "o_patient_id",
  "o_age",
  "o_gender",
  "o_race",
  case when not (regexp_extract("o_patient_id", '^([!-~]+)$', 0) = "o_patient_id" and "o_patient_id" <> '') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_patient_id") else "o_patient_id" end as "s_patient_id",
  case when not (regexp_extract("o_age", '^([!-~]+)$', 0) = "o_age" and "o_age" <> '') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_age") else "o_age" end as "s_age",
  case when not (regexp_extract("o_gender", '^([!-~]+)$', 0) = "o_gender" and "o_gender" <> '') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_gender") else "o_gender" end as "s_gender",
  case when not (regexp_extract("o_race", '^([!-~]+)$', 0) = "o_race" and "o_race" <> '') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_race") else "o_race" end as "s_race"
from (
select _file, _row, _item, _line, _lines,
  "patient_id" as "o_patient_id",
  "age" as "o_age",
  "gender" as "o_gender",
  "race" as "o_race"
from (
select max_by(_file, place) as _file, max_by(_row, place) as _row, max_by(_line, place) as _line,
  max_by(_lines, place) as _lines, cast(0 as bigint) as _item,
  patient_id as patient_id,
  min_by(age, case when age is not null then place end) as age,
  coalesce(max_by(gender, case when gender is not null then place end), max(gender_text)) as gender,
  coalesce(max_by(race, case when race is not null then place end), max(race_text)) as race
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
)
)
)
)
)
)
)
