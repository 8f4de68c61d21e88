select 'north' as source,
  'north:' || "v_patient_id" as "patient_id",
  cast(null as string) as "name",
  case when "r_birth_date" is null then "v_birth_date" end as "birth_date",
  cast(null as bigint) as "age",
  cast(null as string) as "gender",
  cast(null as string) as "race",
  cast(null as string) as "location",
  case when "r_bmi" is null then "v_bmi" end as "bmi",
  cast(null as string) as "smoker_status",
  cast(null as string) as "alcohol_use",
  cast(null as string) as "physical_activity_level",
  case when "r_chronic_conditions" is null then "v_chronic_conditions" end as "chronic_conditions",
  cast(null as date) as "registration_date",
  cast(null as string) as "insurance_type",
  cast(null as date) as "death_date",
  cast(3 as bigint) as _batch,
  _file, _row, _item, _line, _lines,
  true as _primary,
  coalesce("r_patient_id", "r_birth_date", "g_0") is not null as _rejected,
  case when coalesce("r_patient_id", "r_birth_date", "r_bmi", "r_chronic_conditions", "g_0") is not null then concat_ws('␞', case when "r_patient_id" is not null then 'patient_id' || '␟' || "r_patient_id" || '␟' || 'reject' || '␟' || translate(substr(coalesce("o_patient_id", ''), 1, 500), '␞␟', '  ') end, case when "r_birth_date" is not null then 'birth_date' || '␟' || "r_birth_date" || '␟' || 'reject' || '␟' || translate(substr(coalesce("o_birth_date", ''), 1, 500), '␞␟', '  ') end, case when "r_bmi" is not null then 'bmi' || '␟' || "r_bmi" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_bmi", ''), 1, 500), '␞␟', '  ') end, case when "r_chronic_conditions" is not null then 'chronic_conditions' || '␟' || "r_chronic_conditions" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_chronic_conditions", ''), 1, 500), '␞␟', '  ') end, case when "g_0" is not null then 'age or birth_date' || '␟' || "g_0" || '␟' || 'reject' || '␟' || translate(substr(coalesce(null, ''), 1, 500), '␞␟', '  ') end) end as _issues
from (
select _file, _row, _item, _line, _lines,
  "o_patient_id",
  "o_birth_date",
  "o_bmi",
  "o_chronic_conditions",
  "v_patient_id",
  "v_birth_date",
  "v_bmi",
  "v_chronic_conditions",
  "r_patient_id",
  "r_birth_date",
  "r_bmi",
  "r_chronic_conditions",
  case when ("v_birth_date" is null and "r_birth_date" is null) and true then 'required_missing' end as "g_0"
from (
select _file, _row, _item, _line, _lines,
  "o_patient_id",
  "o_birth_date",
  "o_bmi",
  "o_chronic_conditions",
  "v_patient_id",
  "v_birth_date",
  "v_bmi",
  "v_chronic_conditions",
  case when "t_patient_id" is null then 'required_missing' when "t_patient_id" is null then null end as "r_patient_id",
  case when "t_birth_date" is null then null when "v_birth_date" is null then 'not_a_date' when "v_birth_date" > date '2024-06-17' then 'in_future' when "v_birth_date" < date '1874-06-17' then 'out_of_range' end as "r_birth_date",
  case when "t_bmi" is null then null when "v_bmi" is null and regexp_full_match("p_bmi", '[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?') then 'out_of_range' when "v_bmi" is null then 'not_a_number' when "v_bmi" < 10 or "v_bmi" > 100 then 'out_of_range' end as "r_bmi",
  cast(null as string) as "r_chronic_conditions"
from (
select _file, _row, _item, _line, _lines,
  "o_patient_id",
  "o_birth_date",
  "o_bmi",
  "o_chronic_conditions",
  "t_patient_id",
  "t_birth_date",
  "t_bmi",
  "t_chronic_conditions",
  "p_patient_id",
  "p_birth_date",
  "p_bmi",
  "p_chronic_conditions",
  "p_patient_id" as "v_patient_id",
  try_cast(case when "p_birth_date" >= '0001' then "p_birth_date" end as date) as "v_birth_date",
  cast(case when regexp_full_match("p_bmi", '[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)') then try_cast("p_bmi" as decimal(18,1)) when regexp_full_match("p_bmi", '[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)[eE][+-]?[0-9]{1,3}') then try_cast(try_cast(try_cast("p_bmi" as double) as decimal(15,6)) as decimal(18,1)) when lower("p_bmi") like '%kg/m2' and lower(trim(both ' ' from substr("p_bmi", length(regexp_extract("p_bmi", '^[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)', 0)) + 1))) = 'kg/m2' then try_cast(try_cast(regexp_extract("p_bmi", '^[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)', 0) as decimal(24,6)) * cast(1 as decimal(10,4)) as decimal(18,1)) end as double) as "v_bmi",
  string_split(nullif(trim(both ';' from regexp_replace("p_chronic_conditions", '[ ;|]*[;|][ ;|]*', ';', 'g')), ''), ';') as "v_chronic_conditions"
from (
select _file, _row, _item, _line, _lines,
  "o_patient_id",
  "o_birth_date",
  "o_bmi",
  "o_chronic_conditions",
  "t_patient_id",
  "t_birth_date",
  "t_bmi",
  "t_chronic_conditions",
  "t_patient_id" as "p_patient_id",
  case when regexp_full_match("t_birth_date", '[0-9]{4}-[0-9]{2}-[0-9]{2}') then "t_birth_date" when regexp_full_match("t_birth_date", '[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}[^~]*') then substr("t_birth_date", 1, 10) when regexp_full_match("t_birth_date", '[0-9]{4}/[0-9]{2}/[0-9]{2}') then replace("t_birth_date", '/', '-') when regexp_full_match("t_birth_date", '[0-9]{8}') then substr("t_birth_date", 1, 4) || '-' || substr("t_birth_date", 5, 2) || '-' || substr("t_birth_date", 7, 2) when regexp_full_match("t_birth_date", '[0-9]{1,2}[.][0-9]{1,2}[.][0-9]{4}') then split_part("t_birth_date", '.', 3) || '-' || lpad(split_part("t_birth_date", '.', 2), 2, '0') || '-' || lpad(split_part("t_birth_date", '.', 1), 2, '0') when regexp_full_match("t_birth_date", '[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}') then split_part("t_birth_date", '/', 3) || '-' || lpad(split_part("t_birth_date", '/', 2), 2, '0') || '-' || lpad(split_part("t_birth_date", '/', 1), 2, '0') when regexp_full_match("t_birth_date", '[0-9]{1,2}-[0-9]{1,2}-[0-9]{4}') then split_part("t_birth_date", '-', 3) || '-' || lpad(split_part("t_birth_date", '-', 2), 2, '0') || '-' || lpad(split_part("t_birth_date", '-', 1), 2, '0') end as "p_birth_date",
  case when regexp_full_match("t_bmi", '[+-]?([0-9]+,[0-9]*|,[0-9]+)([^0-9,][^~]*)?') then replace("t_bmi", ',', '.') else "t_bmi" end as "p_bmi",
  "t_chronic_conditions" as "p_chronic_conditions"
from (
select _file, _row, _item, _line, _lines,
  "o_patient_id",
  "o_birth_date",
  "o_bmi",
  "o_chronic_conditions",
  case when length("s_patient_id") <= 4 and not ("s_patient_id" >= '0' and "s_patient_id" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_patient_id") || '|') > 0 then null else "s_patient_id" end as "t_patient_id",
  case when length("s_birth_date") <= 4 and not ("s_birth_date" >= '0' and "s_birth_date" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_birth_date") || '|') > 0 then null else "s_birth_date" end as "t_birth_date",
  case when length("s_bmi") <= 4 and not ("s_bmi" >= '0' and "s_bmi" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_bmi") || '|') > 0 then null else "s_bmi" end as "t_bmi",
  case when length("s_chronic_conditions") <= 4 and not ("s_chronic_conditions" >= '0' and "s_chronic_conditions" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_chronic_conditions") || '|') > 0 then null else "s_chronic_conditions" end as "t_chronic_conditions"
from (
select _file, _row, _item, _line, _lines,
  "o_patient_id",
  "o_birth_date",
  "o_bmi",
  "o_chronic_conditions",
  case when not regexp_full_match("o_patient_id", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_patient_id") else "o_patient_id" end as "s_patient_id",
  case when not regexp_full_match("o_birth_date", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_birth_date") else "o_birth_date" end as "s_birth_date",
  case when not regexp_full_match("o_bmi", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_bmi") else "o_bmi" end as "s_bmi",
  case when not regexp_full_match("o_chronic_conditions", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_chronic_conditions") else "o_chronic_conditions" end as "s_chronic_conditions"
from (
select _file, _row, _item, _line, _lines,
  "patient_id" as "o_patient_id",
  "birth_date" as "o_birth_date",
  "bmi" as "o_bmi",
  "chronic_conditions" as "o_chronic_conditions"
from (
select _file, _row, cast(0 as bigint) as _item, _line, _lines, c0 as "patient_id", c1 as "birth_date", c2 as "bmi", c3 as "chronic_conditions" from raw
)
)
)
)
)
)
)
)
