select 'synthea' as source,
  'synthea:' || "v_patient_id" as "patient_id",
  case when "r_name" is null then "v_name" end as "name",
  case when "r_birth_date" is null then "v_birth_date" end as "birth_date",
  cast(null as bigint) as "age",
  case when "r_gender" is null then "v_gender" end as "gender",
  case when "r_race" is null then "v_race" end as "race",
  case when "r_location" is null then "v_location" end as "location",
  case when "r_bmi" is null then "v_bmi" end as "bmi",
  case when "r_smoker_status" is null then "v_smoker_status" end as "smoker_status",
  cast(null as string) as "alcohol_use",
  cast(null as string) as "physical_activity_level",
  string_split(cast(null as string), ';') as "chronic_conditions",
  cast(null as date) as "registration_date",
  case when "r_insurance_type" is null then "v_insurance_type" end as "insurance_type",
  case when "r_death_date" is null then "v_death_date" end as "death_date",
  cast(4 as bigint) as _batch,
  _file, _row, _item, _line, _lines,
  true as _primary,
  coalesce("r_patient_id", "r_birth_date", "g_0") is not null as _rejected,
  case when coalesce("r_patient_id", "r_name", "r_birth_date", "r_gender", "r_race", "r_location", "r_bmi", "r_smoker_status", "r_insurance_type", "r_death_date", "g_0") is not null then concat_ws('␞', case when "r_patient_id" is not null then 'patient_id' || '␟' || "r_patient_id" || '␟' || 'reject' || '␟' || translate(substr(coalesce("o_patient_id", ''), 1, 500), '␞␟', '  ') end, case when "r_name" is not null then 'name' || '␟' || "r_name" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_name", ''), 1, 500), '␞␟', '  ') end, case when "r_birth_date" is not null then 'birth_date' || '␟' || "r_birth_date" || '␟' || 'reject' || '␟' || translate(substr(coalesce("o_birth_date", ''), 1, 500), '␞␟', '  ') end, case when "r_gender" is not null then 'gender' || '␟' || "r_gender" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_gender", ''), 1, 500), '␞␟', '  ') end, case when "r_race" is not null then 'race' || '␟' || "r_race" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_race", ''), 1, 500), '␞␟', '  ') end, case when "r_location" is not null then 'location' || '␟' || "r_location" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_location", ''), 1, 500), '␞␟', '  ') end, case when "r_bmi" is not null then 'bmi' || '␟' || "r_bmi" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_bmi", ''), 1, 500), '␞␟', '  ') end, case when "r_smoker_status" is not null then 'smoker_status' || '␟' || "r_smoker_status" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_smoker_status", ''), 1, 500), '␞␟', '  ') end, case when "r_insurance_type" is not null then 'insurance_type' || '␟' || "r_insurance_type" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_insurance_type", ''), 1, 500), '␞␟', '  ') end, case when "r_death_date" is not null then 'death_date' || '␟' || "r_death_date" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_death_date", ''), 1, 500), '␞␟', '  ') end, case when "g_0" is not null then 'age or birth_date' || '␟' || "g_0" || '␟' || 'reject' || '␟' || translate(substr(coalesce(null, ''), 1, 500), '␞␟', '  ') end) end as _issues
from (
select _file, _row, _item, _line, _lines,
  "o_patient_id",
  "o_name",
  "o_birth_date",
  "o_gender",
  "o_race",
  "o_location",
  "o_bmi",
  "o_smoker_status",
  "o_insurance_type",
  "o_death_date",
  "v_patient_id",
  "v_name",
  "v_birth_date",
  "v_gender",
  "v_race",
  "v_location",
  "v_bmi",
  "v_smoker_status",
  "v_insurance_type",
  "v_death_date",
  "r_patient_id",
  "r_name",
  "r_birth_date",
  "r_gender",
  "r_race",
  "r_location",
  "r_bmi",
  "r_smoker_status",
  "r_insurance_type",
  "r_death_date",
  case when ("v_birth_date" is null and "r_birth_date" is null) and true then 'required_missing' end as "g_0"
from (
select _file, _row, _item, _line, _lines,
  "o_patient_id",
  "o_name",
  "o_birth_date",
  "o_gender",
  "o_race",
  "o_location",
  "o_bmi",
  "o_smoker_status",
  "o_insurance_type",
  "o_death_date",
  "v_patient_id",
  "v_name",
  "v_birth_date",
  "v_gender",
  "v_race",
  "v_location",
  "v_bmi",
  "v_smoker_status",
  "v_insurance_type",
  "v_death_date",
  case when "t_patient_id" is null then 'required_missing' when "t_patient_id" is null then null end as "r_patient_id",
  cast(null as string) as "r_name",
  case when "t_birth_date" is null then null when "v_birth_date" is null and regexp_full_match("t_birth_date", '[0-9]{1,2}[/-][0-9]{1,2}[/-][0-9]{4}') then 'date_order_unknown' when "v_birth_date" is null then 'not_a_date' when "v_birth_date" > date '2024-06-18' then 'in_future' when "v_birth_date" < date '1874-06-18' then 'out_of_range' end as "r_birth_date",
  case when "t_gender" is null then null when "v_gender" is null then 'not_allowed' end as "r_gender",
  cast(null as string) as "r_race",
  cast(null as string) as "r_location",
  case when "t_bmi" is null then null when "v_bmi" is null and regexp_full_match("p_bmi", '[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?') then 'out_of_range' when "v_bmi" is null then 'not_a_number' when "v_bmi" < 10 or "v_bmi" > 100 then 'out_of_range' end as "r_bmi",
  case when "t_smoker_status" is null then null when "v_smoker_status" is null then 'not_allowed' end as "r_smoker_status",
  case when "t_insurance_type" is null then null when "v_insurance_type" is null then 'not_allowed' end as "r_insurance_type",
  case when "t_death_date" is null then null when "v_death_date" is null and regexp_full_match("t_death_date", '[0-9]{1,2}[/-][0-9]{1,2}[/-][0-9]{4}') then 'date_order_unknown' when "v_death_date" is null then 'not_a_date' when "v_death_date" > date '2024-06-18' then 'in_future' end as "r_death_date"
from (
select _file, _row, _item, _line, _lines,
  "o_patient_id",
  "o_name",
  "o_birth_date",
  "o_gender",
  "o_race",
  "o_location",
  "o_bmi",
  "o_smoker_status",
  "o_insurance_type",
  "o_death_date",
  "t_patient_id",
  "t_name",
  "t_birth_date",
  "t_gender",
  "t_race",
  "t_location",
  "t_bmi",
  "t_smoker_status",
  "t_insurance_type",
  "t_death_date",
  "p_patient_id",
  "p_name",
  "p_birth_date",
  "p_gender",
  "p_race",
  "p_location",
  "p_bmi",
  "p_smoker_status",
  "p_insurance_type",
  "p_death_date",
  "p_patient_id" as "v_patient_id",
  "p_name" as "v_name",
  try_cast(case when "p_birth_date" >= '0001' then "p_birth_date" end as date) as "v_birth_date",
  case when "p_gender" is not null then case lower("p_gender") when 'male' then 'Male' when 'female' then 'Female' when 'other' then 'Other' when 'unknown' then 'Unknown' when 'm' then 'Male' when 'man' then 'Male' when 'boy' then 'Male' when 'f' then 'Female' when 'w' then 'Female' when 'woman' then 'Female' when 'girl' then 'Female' when 'o' then 'Other' when 'x' then 'Other' when 'non-binary' then 'Other' when 'nonbinary' then 'Other' when 'diverse' then 'Other' when 'd' then 'Other' when 'u' then 'Unknown' when 'unk' then 'Unknown' when 'not known' then 'Unknown' when 'unknown/invalid' then 'Unknown' end end as "v_gender",
  "p_race" as "v_race",
  "p_location" as "v_location",
  cast(case when regexp_full_match("p_bmi", '[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)') then try_cast("p_bmi" as decimal(18,1)) when regexp_full_match("p_bmi", '[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)[eE][+-]?[0-9]{1,3}') then try_cast(try_cast(try_cast("p_bmi" as double) as decimal(15,6)) as decimal(18,1)) when lower("p_bmi") like '%kg/m2' and lower(trim(both ' ' from substr("p_bmi", length(regexp_extract("p_bmi", '^[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)', 0)) + 1))) = 'kg/m2' then try_cast(try_cast(regexp_extract("p_bmi", '^[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)', 0) as decimal(24,6)) * cast(1 as decimal(10,4)) as decimal(18,1)) end as double) as "v_bmi",
  case when "p_smoker_status" is not null then case lower("p_smoker_status") when 'never' then 'Never' when 'former' then 'Former' when 'current' then 'Current' when 'no' then 'Never' when 'n' then 'Never' when 'false' then 'Never' when '0' then 'Never' when 'never smoker' then 'Never' when 'non-smoker' then 'Never' when 'nonsmoker' then 'Never' when 'ex' then 'Former' when 'ex-smoker' then 'Former' when 'former smoker' then 'Former' when 'quit' then 'Former' when 'past' then 'Former' when 'yes' then 'Current' when 'y' then 'Current' when 'true' then 'Current' when '1' then 'Current' when 'smoker' then 'Current' when 'current smoker' then 'Current' when 'active' then 'Current' when 'daily' then 'Current' end end as "v_smoker_status",
  case when "p_insurance_type" is not null then case lower("p_insurance_type") when 'private' then 'Private' when 'government' then 'Government' when 'none' then 'None' when 'commercial' then 'Private' when 'employer' then 'Private' when 'public' then 'Government' when 'medicare' then 'Government' when 'medicaid' then 'Government' when 'statutory' then 'Government' when 'state' then 'Government' when 'uninsured' then 'None' when 'self-pay' then 'None' when 'self pay' then 'None' when 'no' then 'None' end end as "v_insurance_type",
  try_cast(case when "p_death_date" >= '0001' then "p_death_date" end as date) as "v_death_date"
from (
select _file, _row, _item, _line, _lines,
  "o_patient_id",
  "o_name",
  "o_birth_date",
  "o_gender",
  "o_race",
  "o_location",
  "o_bmi",
  "o_smoker_status",
  "o_insurance_type",
  "o_death_date",
  "t_patient_id",
  "t_name",
  "t_birth_date",
  "t_gender",
  "t_race",
  "t_location",
  "t_bmi",
  "t_smoker_status",
  "t_insurance_type",
  "t_death_date",
  "t_patient_id" as "p_patient_id",
  "t_name" as "p_name",
  case when regexp_full_match("t_birth_date", '[0-9]{4}-[0-9]{2}-[0-9]{2}') then "t_birth_date" when regexp_full_match("t_birth_date", '[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}[^~]*') then substr("t_birth_date", 1, 10) when regexp_full_match("t_birth_date", '[0-9]{4}/[0-9]{2}/[0-9]{2}') then replace("t_birth_date", '/', '-') when regexp_full_match("t_birth_date", '[0-9]{8}') then substr("t_birth_date", 1, 4) || '-' || substr("t_birth_date", 5, 2) || '-' || substr("t_birth_date", 7, 2) when regexp_full_match("t_birth_date", '[0-9]{1,2}[.][0-9]{1,2}[.][0-9]{4}') then split_part("t_birth_date", '.', 3) || '-' || lpad(split_part("t_birth_date", '.', 2), 2, '0') || '-' || lpad(split_part("t_birth_date", '.', 1), 2, '0') end as "p_birth_date",
  "t_gender" as "p_gender",
  "t_race" as "p_race",
  "t_location" as "p_location",
  "t_bmi" as "p_bmi",
  "t_smoker_status" as "p_smoker_status",
  "t_insurance_type" as "p_insurance_type",
  case when regexp_full_match("t_death_date", '[0-9]{4}-[0-9]{2}-[0-9]{2}') then "t_death_date" when regexp_full_match("t_death_date", '[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}[^~]*') then substr("t_death_date", 1, 10) when regexp_full_match("t_death_date", '[0-9]{4}/[0-9]{2}/[0-9]{2}') then replace("t_death_date", '/', '-') when regexp_full_match("t_death_date", '[0-9]{8}') then substr("t_death_date", 1, 4) || '-' || substr("t_death_date", 5, 2) || '-' || substr("t_death_date", 7, 2) when regexp_full_match("t_death_date", '[0-9]{1,2}[.][0-9]{1,2}[.][0-9]{4}') then split_part("t_death_date", '.', 3) || '-' || lpad(split_part("t_death_date", '.', 2), 2, '0') || '-' || lpad(split_part("t_death_date", '.', 1), 2, '0') end as "p_death_date"
from (
select _file, _row, _item, _line, _lines,
  "o_patient_id",
  "o_name",
  "o_birth_date",
  "o_gender",
  "o_race",
  "o_location",
  "o_bmi",
  "o_smoker_status",
  "o_insurance_type",
  "o_death_date",
  case when length("s_patient_id") <= 4 and not ("s_patient_id" >= '0' and "s_patient_id" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_patient_id") || '|') > 0 then null else "s_patient_id" end as "t_patient_id",
  case when length("s_name") <= 4 and not ("s_name" >= '0' and "s_name" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_name") || '|') > 0 then null else "s_name" end as "t_name",
  case when length("s_birth_date") <= 4 and not ("s_birth_date" >= '0' and "s_birth_date" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_birth_date") || '|') > 0 then null else "s_birth_date" end as "t_birth_date",
  case when length("s_gender") <= 4 and not ("s_gender" >= '0' and "s_gender" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_gender") || '|') > 0 then null else "s_gender" end as "t_gender",
  case when length("s_race") <= 4 and not ("s_race" >= '0' and "s_race" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_race") || '|') > 0 then null else "s_race" end as "t_race",
  case when length("s_location") <= 4 and not ("s_location" >= '0' and "s_location" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_location") || '|') > 0 then null else "s_location" end as "t_location",
  case when length("s_bmi") <= 4 and not ("s_bmi" >= '0' and "s_bmi" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_bmi") || '|') > 0 then null else "s_bmi" end as "t_bmi",
  case when length("s_smoker_status") <= 4 and not ("s_smoker_status" >= '0' and "s_smoker_status" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_smoker_status") || '|') > 0 then null else "s_smoker_status" end as "t_smoker_status",
  case when length("s_insurance_type") <= 4 and not ("s_insurance_type" >= '0' and "s_insurance_type" < ':') and instr('||na|n/a|#n/a|null|nil|?|nan|nat|-|--|.|', '|' || lower("s_insurance_type") || '|') > 0 then null else "s_insurance_type" end as "t_insurance_type",
  case when length("s_death_date") <= 4 and not ("s_death_date" >= '0' and "s_death_date" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_death_date") || '|') > 0 then null else "s_death_date" end as "t_death_date"
from (
select _file, _row, _item, _line, _lines,
  "o_patient_id",
  "o_name",
  "o_birth_date",
  "o_gender",
  "o_race",
  "o_location",
  "o_bmi",
  "o_smoker_status",
  "o_insurance_type",
  "o_death_date",
  case when not regexp_full_match("o_patient_id", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_patient_id") else "o_patient_id" end as "s_patient_id",
  case when not regexp_full_match("o_name", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_name") else "o_name" end as "s_name",
  case when not regexp_full_match("o_birth_date", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_birth_date") else "o_birth_date" end as "s_birth_date",
  case when not regexp_full_match("o_gender", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_gender") else "o_gender" end as "s_gender",
  case when not regexp_full_match("o_race", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_race") else "o_race" end as "s_race",
  case when not regexp_full_match("o_location", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_location") else "o_location" end as "s_location",
  case when not regexp_full_match("o_bmi", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_bmi") else "o_bmi" end as "s_bmi",
  case when not regexp_full_match("o_smoker_status", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_smoker_status") else "o_smoker_status" end as "s_smoker_status",
  case when not regexp_full_match("o_insurance_type", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_insurance_type") else "o_insurance_type" end as "s_insurance_type",
  case when not regexp_full_match("o_death_date", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_death_date") else "o_death_date" end as "s_death_date"
from (
select _file, _row, _item, _line, _lines,
  "patient_id" as "o_patient_id",
  "name" as "o_name",
  "birth_date" as "o_birth_date",
  "gender" as "o_gender",
  "race" as "o_race",
  "location" as "o_location",
  "bmi" as "o_bmi",
  "smoker_status" as "o_smoker_status",
  "insurance_type" as "o_insurance_type",
  "death_date" as "o_death_date"
from (
select r._file, r._row, r._line, r._lines, cast(0 as bigint) as _item,
  r.c0 as patient_id,
  concat_ws(' ', nullif(trim(both ' ' from coalesce(r.c7, '')), ''), nullif(trim(both ' ' from coalesce(cast(null as string), '')), ''), nullif(trim(both ' ' from coalesce(r.c8, '')), '')) as name,
  r.c1 as birth_date,
  r.c2 as death_date,
  r.c14 as gender,
  r.c12 as race,
  concat_ws(', ', nullif(trim(both ' ' from coalesce(r.c17, '')), ''), nullif(trim(both ' ' from coalesce(r.c18, '')), '')) as location,
  m.bmi as bmi,
  m.smoker_status as smoker_status,
  i.insurance_type as insurance_type
from raw as r
left join (
select patient_id,
  max_by(amount, case when code in ('39156-5') and amount is not null then place end) as bmi,
  max_by(case lower(amount) when '266919005' then 'Never' when 'never smoker' then 'Never' when 'never smoked tobacco (finding)' then 'Never' when '8517006' then 'Former' when 'former smoker' then 'Former' when 'ex-smoker (finding)' then 'Former' when '449868002' then 'Current' when 'current every day smoker' then 'Current' when 'smokes tobacco daily (finding)' then 'Current' when '428041000124106' then 'Current' when 'current some day smoker' then 'Current' when 'occasional tobacco smoker (finding)' then 'Current' when '428071000124103' then 'Current' when 'current heavy tobacco smoker' then 'Current' when '428061000124105' then 'Current' when 'current light tobacco smoker' then 'Current' when '77176002' then 'Current' when 'smoker, current status unknown' then 'Current' when 'smoker (finding)' then 'Current' when '266927001' then null when 'unknown if ever smoked' then null when 'tobacco smoking consumption unknown (finding)' then null else amount end, case when code in ('72166-2') and case lower(amount) when '266919005' then 'Never' when 'never smoker' then 'Never' when 'never smoked tobacco (finding)' then 'Never' when '8517006' then 'Former' when 'former smoker' then 'Former' when 'ex-smoker (finding)' then 'Former' when '449868002' then 'Current' when 'current every day smoker' then 'Current' when 'smokes tobacco daily (finding)' then 'Current' when '428041000124106' then 'Current' when 'current some day smoker' then 'Current' when 'occasional tobacco smoker (finding)' then 'Current' when '428071000124103' then 'Current' when 'current heavy tobacco smoker' then 'Current' when '428061000124105' then 'Current' when 'current light tobacco smoker' then 'Current' when '77176002' then 'Current' when 'smoker, current status unknown' then 'Current' when 'smoker (finding)' then 'Current' when '266927001' then null when 'unknown if ever smoked' then null when 'tobacco smoking consumption unknown (finding)' then null else amount end is not null then place end) as smoker_status
from (
select visit_id, patient_id, code, taken_at, place, amount,
  case when regexp_full_match(amount, '[0-9]{1,9}[.][0-9]{1,6}') then cast(cast(floor(try_cast(amount as decimal(18,6)) + 0.5) as bigint) as string) else amount end as whole
from (
  select "ENCOUNTER" as visit_id, "PATIENT" as patient_id, "CODE" as code, substr(replace("DATE", 'T', ' ') || ' 00:00:00', 1, 19) as taken_at,
    substr(replace("DATE", 'T', ' ') || ' 00:00:00', 1, 19) || ' ' || _file || ' ' || lpad(cast(_row as string), 20, '0') as place,
    case when "CODE" in ('39156-5') and lower("UNITS") not in ('', 'kg/m2') then "VALUE" || ' ' || "UNITS" when "CODE" in ('72166-2') and lower("UNITS") not in ('', '{nominal}') then "VALUE" || ' ' || "UNITS" else "VALUE" end as amount
  from (
  select _file, _row, case when lower(trim(both ' ' from coalesce(c0, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c0, '')) end as "DATE", case when lower(trim(both ' ' from coalesce(c1, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c1, '')) end as "PATIENT", case when lower(trim(both ' ' from coalesce(c2, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c2, '')) end as "ENCOUNTER", case when lower(trim(both ' ' from coalesce(c4, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c4, '')) end as "CODE", case when lower(trim(both ' ' from coalesce(c6, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c6, '')) end as "VALUE", case when lower(trim(both ' ' from coalesce(c7, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c7, '')) end as "UNITS"
  from observations_0
  ) as observed
  where "CODE" in ('39156-5', '72166-2') and "VALUE" <> '' and "PATIENT" <> ''
) as measured
) as stated
group by patient_id
) as m on m.patient_id = trim(both ' ' from coalesce(r.c0, ''))
left join (
select e.patient_id, p.insurance_type
from (
  select "PATIENT" as patient_id, max_by("PAYER", substr(replace("START", 'T', ' ') || ' 00:00:00', 1, 19) || ' ' || _file || ' ' || lpad(cast(_row as string), 20, '0')) as payer
  from (
  select _file, _row, case when lower(trim(both ' ' from coalesce(c3, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c3, '')) end as "PATIENT", case when lower(trim(both ' ' from coalesce(c1, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c1, '')) end as "START", case when lower(trim(both ' ' from coalesce(c6, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c6, '')) end as "PAYER"
  from encounters_0
  ) as paid
  where "PAYER" <> ''
  group by "PATIENT"
) as e
join (
  select "Id" as id, max(case lower(coalesce(nullif("OWNERSHIP", ''), "NAME")) when 'government' then 'Government' when 'medicare' then 'Government' when 'medicaid' then 'Government' when 'dual eligible' then 'Government' when 'private' then 'Private' when 'humana' then 'Private' when 'blue cross blue shield' then 'Private' when 'unitedhealthcare' then 'Private' when 'aetna' then 'Private' when 'cigna health' then 'Private' when 'anthem' then 'Private' when 'no_insurance' then 'None' else coalesce(nullif("OWNERSHIP", ''), "NAME") end) as insurance_type
  from (
  select _file, _row, case when lower(trim(both ' ' from coalesce(c0, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c0, '')) end as "Id", case when lower(trim(both ' ' from coalesce(c1, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c1, '')) end as "NAME", case when lower(trim(both ' ' from coalesce(cast(null as string), ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(cast(null as string), '')) end as "OWNERSHIP"
  from payers_0
  ) as paying
  group by "Id"
) as p on p.id = e.payer
) as i on i.patient_id = trim(both ' ' from coalesce(r.c0, ''))
)
)
)
)
)
)
)
)
