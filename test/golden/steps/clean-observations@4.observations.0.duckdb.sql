select 'synthea' as source,
  'synthea:' || "v_visit_id" as "visit_id",
  'synthea:' || "v_patient_id" as "patient_id",
  case when "r_observation_code" is null then "v_observation_code" end as "observation_code",
  case when "r_observation_description" is null then "v_observation_description" end as "observation_description",
  case when "r_value" is null then "v_value" end as "value",
  case when "r_unit" is null then "v_unit" end as "unit",
  case when "r_observation_date" is null then "v_observation_date" end as "observation_date",
  case when "r_observed_at" is null then "v_observed_at" end as "observed_at",
  cast(4 as bigint) as _batch,
  _file, _row, _item, _line, _lines,
  true as _primary,
  coalesce("g_0", "g_1") is not null as _rejected,
  case when coalesce("r_visit_id", "r_patient_id", "r_observation_code", "r_observation_description", "r_value", "r_unit", "r_observation_date", "r_observed_at", "g_0", "g_1") is not null then concat_ws('␞', case when "r_visit_id" is not null then 'visit_id' || '␟' || "r_visit_id" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_visit_id", ''), 1, 500), '␞␟', '  ') end, case when "r_patient_id" is not null then 'patient_id' || '␟' || "r_patient_id" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_patient_id", ''), 1, 500), '␞␟', '  ') end, case when "r_observation_code" is not null then 'observation_code' || '␟' || "r_observation_code" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_observation_code", ''), 1, 500), '␞␟', '  ') end, case when "r_observation_description" is not null then 'observation_description' || '␟' || "r_observation_description" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_observation_description", ''), 1, 500), '␞␟', '  ') end, case when "r_value" is not null then 'value' || '␟' || "r_value" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_value", ''), 1, 500), '␞␟', '  ') end, case when "r_unit" is not null then 'unit' || '␟' || "r_unit" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_unit", ''), 1, 500), '␞␟', '  ') end, case when "r_observation_date" is not null then 'observation_date' || '␟' || "r_observation_date" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_observation_date", ''), 1, 500), '␞␟', '  ') end, case when "r_observed_at" is not null then 'observed_at' || '␟' || "r_observed_at" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_observed_at", ''), 1, 500), '␞␟', '  ') end, case when "g_0" is not null then 'patient_id or visit_id' || '␟' || "g_0" || '␟' || 'reject' || '␟' || translate(substr(coalesce(null, ''), 1, 500), '␞␟', '  ') end, case when "g_1" is not null then 'observation_code or observation_description' || '␟' || "g_1" || '␟' || 'reject' || '␟' || translate(substr(coalesce(null, ''), 1, 500), '␞␟', '  ') end) end as _issues
from (
select _file, _row, _item, _line, _lines,
  "o_visit_id",
  "o_patient_id",
  "o_observation_code",
  "o_observation_description",
  "o_value",
  "o_unit",
  "o_observation_date",
  "o_observed_at",
  "v_visit_id",
  "v_patient_id",
  "v_observation_code",
  "v_observation_description",
  "v_value",
  "v_unit",
  "v_observation_date",
  "v_observed_at",
  "r_visit_id",
  "r_patient_id",
  "r_observation_code",
  "r_observation_description",
  "r_value",
  "r_unit",
  "r_observation_date",
  "r_observed_at",
  case when ("v_visit_id" is null or "r_visit_id" is not null) and ("v_patient_id" is null or "r_patient_id" is not null) and true then 'required_missing' end as "g_0",
  case when ("v_observation_code" is null or "r_observation_code" is not null) and ("v_observation_description" is null or "r_observation_description" is not null) and true then 'required_missing' end as "g_1"
from (
select _file, _row, _item, _line, _lines,
  "o_visit_id",
  "o_patient_id",
  "o_observation_code",
  "o_observation_description",
  "o_value",
  "o_unit",
  "o_observation_date",
  "o_observed_at",
  "v_visit_id",
  "v_patient_id",
  "v_observation_code",
  "v_observation_description",
  "v_value",
  "v_unit",
  "v_observation_date",
  "v_observed_at",
  cast(null as string) as "r_visit_id",
  cast(null as string) as "r_patient_id",
  cast(null as string) as "r_observation_code",
  cast(null as string) as "r_observation_description",
  cast(null as string) as "r_value",
  cast(null as string) as "r_unit",
  case when "t_observation_date" is null then null when "v_observation_date" is null and regexp_full_match("t_observation_date", '[0-9]{1,2}[/-][0-9]{1,2}[/-][0-9]{4}') then 'date_order_unknown' when "v_observation_date" is null then 'not_a_date' when "v_observation_date" > date '2024-06-18' then 'in_future' end as "r_observation_date",
  case when "t_observed_at" is null then null when "v_observed_at" is null then 'not_a_time' when cast("v_observed_at" as date) > date '2024-06-18' then 'in_future' end as "r_observed_at"
from (
select _file, _row, _item, _line, _lines,
  "o_visit_id",
  "o_patient_id",
  "o_observation_code",
  "o_observation_description",
  "o_value",
  "o_unit",
  "o_observation_date",
  "o_observed_at",
  "t_visit_id",
  "t_patient_id",
  "t_observation_code",
  "t_observation_description",
  "t_value",
  "t_unit",
  "t_observation_date",
  "t_observed_at",
  "p_visit_id",
  "p_patient_id",
  "p_observation_code",
  "p_observation_description",
  "p_value",
  "p_unit",
  "p_observation_date",
  "p_observed_at",
  "p_visit_id" as "v_visit_id",
  "p_patient_id" as "v_patient_id",
  "p_observation_code" as "v_observation_code",
  "p_observation_description" as "v_observation_description",
  "p_value" as "v_value",
  "p_unit" as "v_unit",
  try_cast(case when "p_observation_date" >= '0001' then "p_observation_date" end as date) as "v_observation_date",
  try_cast(case when "p_observed_at" >= '0001' then "p_observed_at" end as timestamp) as "v_observed_at"
from (
select _file, _row, _item, _line, _lines,
  "o_visit_id",
  "o_patient_id",
  "o_observation_code",
  "o_observation_description",
  "o_value",
  "o_unit",
  "o_observation_date",
  "o_observed_at",
  "t_visit_id",
  "t_patient_id",
  "t_observation_code",
  "t_observation_description",
  "t_value",
  "t_unit",
  "t_observation_date",
  "t_observed_at",
  "t_visit_id" as "p_visit_id",
  "t_patient_id" as "p_patient_id",
  "t_observation_code" as "p_observation_code",
  "t_observation_description" as "p_observation_description",
  "t_value" as "p_value",
  "t_unit" as "p_unit",
  case when regexp_full_match("t_observation_date", '[0-9]{4}-[0-9]{2}-[0-9]{2}') then "t_observation_date" when regexp_full_match("t_observation_date", '[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}[^~]*') then substr("t_observation_date", 1, 10) when regexp_full_match("t_observation_date", '[0-9]{4}/[0-9]{2}/[0-9]{2}') then replace("t_observation_date", '/', '-') when regexp_full_match("t_observation_date", '[0-9]{8}') then substr("t_observation_date", 1, 4) || '-' || substr("t_observation_date", 5, 2) || '-' || substr("t_observation_date", 7, 2) when regexp_full_match("t_observation_date", '[0-9]{1,2}[.][0-9]{1,2}[.][0-9]{4}') then split_part("t_observation_date", '.', 3) || '-' || lpad(split_part("t_observation_date", '.', 2), 2, '0') || '-' || lpad(split_part("t_observation_date", '.', 1), 2, '0') end as "p_observation_date",
  case when regexp_full_match("t_observed_at", '[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,9})?( ?(Z|[+-][0-9]{2}:?[0-9]{2}))?') then substr("t_observed_at", 1, 10) || ' ' || substr("t_observed_at", 12, 8) when regexp_full_match("t_observed_at", '[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]([01][0-9]|2[0-3]):[0-5][0-9]( ?(Z|[+-][0-9]{2}:?[0-9]{2}))?') then substr("t_observed_at", 1, 10) || ' ' || substr("t_observed_at", 12, 5) || ':00' end as "p_observed_at"
from (
select _file, _row, _item, _line, _lines,
  "o_visit_id",
  "o_patient_id",
  "o_observation_code",
  "o_observation_description",
  "o_value",
  "o_unit",
  "o_observation_date",
  "o_observed_at",
  case when length("s_visit_id") <= 4 and not ("s_visit_id" >= '0' and "s_visit_id" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_visit_id") || '|') > 0 then null else "s_visit_id" end as "t_visit_id",
  case when length("s_patient_id") <= 4 and not ("s_patient_id" >= '0' and "s_patient_id" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_patient_id") || '|') > 0 then null else "s_patient_id" end as "t_patient_id",
  case when length("s_observation_code") <= 4 and not ("s_observation_code" >= '0' and "s_observation_code" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_observation_code") || '|') > 0 then null else "s_observation_code" end as "t_observation_code",
  case when length("s_observation_description") <= 4 and not ("s_observation_description" >= '0' and "s_observation_description" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_observation_description") || '|') > 0 then null else "s_observation_description" end as "t_observation_description",
  case when length("s_value") <= 4 and not ("s_value" >= '0' and "s_value" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_value") || '|') > 0 then null else "s_value" end as "t_value",
  case when length("s_unit") <= 4 and not ("s_unit" >= '0' and "s_unit" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_unit") || '|') > 0 then null else "s_unit" end as "t_unit",
  case when length("s_observation_date") <= 4 and not ("s_observation_date" >= '0' and "s_observation_date" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_observation_date") || '|') > 0 then null else "s_observation_date" end as "t_observation_date",
  case when length("s_observed_at") <= 4 and not ("s_observed_at" >= '0' and "s_observed_at" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_observed_at") || '|') > 0 then null else "s_observed_at" end as "t_observed_at"
from (
select _file, _row, _item, _line, _lines,
  "o_visit_id",
  "o_patient_id",
  "o_observation_code",
  "o_observation_description",
  "o_value",
  "o_unit",
  "o_observation_date",
  "o_observed_at",
  case when not regexp_full_match("o_visit_id", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_visit_id") else "o_visit_id" end as "s_visit_id",
  case when not regexp_full_match("o_patient_id", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_patient_id") else "o_patient_id" end as "s_patient_id",
  case when not regexp_full_match("o_observation_code", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_observation_code") else "o_observation_code" end as "s_observation_code",
  case when not regexp_full_match("o_observation_description", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_observation_description") else "o_observation_description" end as "s_observation_description",
  case when not regexp_full_match("o_value", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_value") else "o_value" end as "s_value",
  case when not regexp_full_match("o_unit", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_unit") else "o_unit" end as "s_unit",
  case when not regexp_full_match("o_observation_date", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_observation_date") else "o_observation_date" end as "s_observation_date",
  case when not regexp_full_match("o_observed_at", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_observed_at") else "o_observed_at" end as "s_observed_at"
from (
select _file, _row, _item, _line, _lines,
  "visit_id" as "o_visit_id",
  "patient_id" as "o_patient_id",
  "observation_code" as "o_observation_code",
  "observation_description" as "o_observation_description",
  "value" as "o_value",
  "unit" as "o_unit",
  "observation_date" as "o_observation_date",
  "observed_at" as "o_observed_at"
from (
select _file, _row, _line, _lines, cast(0 as bigint) as _item,
  c2 as visit_id,
  c1 as patient_id,
  c4 as observation_code,
  c5 as observation_description,
  c6 as value,
  c7 as unit,
  c0 as observation_date,
  case when length(trim(both ' ' from coalesce(c0, ''))) > 10 then c0 end as observed_at
from raw
)
)
)
)
)
)
)
)
