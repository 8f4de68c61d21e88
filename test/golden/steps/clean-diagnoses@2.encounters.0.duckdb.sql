select 'uci-diabetes' as source,
  'uci-diabetes:' || "v_visit_id" as "visit_id",
  'uci-diabetes:' || "v_patient_id" as "patient_id",
  case when "r_rank" is null then "v_rank" end as "rank",
  case when "r_diagnosis_system" is null then "v_diagnosis_system" end as "diagnosis_system",
  case when "r_diagnosis_code" is null then "v_diagnosis_code" end as "diagnosis_code",
  cast(null as string) as "diagnosis_description",
  cast(2 as bigint) as _batch,
  _file, _row, _item, _line, _lines,
  false as _primary,
  coalesce("r_visit_id", "g_0") is not null as _rejected,
  case when coalesce("r_visit_id", "r_patient_id", "r_rank", "r_diagnosis_system", "r_diagnosis_code", "g_0") is not null then concat_ws('␞', case when "r_visit_id" is not null then 'visit_id' || '␟' || "r_visit_id" || '␟' || 'reject' || '␟' || translate(substr(coalesce("o_visit_id", ''), 1, 500), '␞␟', '  ') end, case when "r_patient_id" is not null then 'patient_id' || '␟' || "r_patient_id" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_patient_id", ''), 1, 500), '␞␟', '  ') end, case when "r_rank" is not null then 'rank' || '␟' || "r_rank" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_rank", ''), 1, 500), '␞␟', '  ') end, case when "r_diagnosis_system" is not null then 'diagnosis_system' || '␟' || "r_diagnosis_system" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_diagnosis_system", ''), 1, 500), '␞␟', '  ') end, case when "r_diagnosis_code" is not null then 'diagnosis_code' || '␟' || "r_diagnosis_code" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_diagnosis_code", ''), 1, 500), '␞␟', '  ') end, case when "g_0" is not null then 'diagnosis_code or diagnosis_description' || '␟' || "g_0" || '␟' || 'reject' || '␟' || translate(substr(coalesce(null, ''), 1, 500), '␞␟', '  ') end) end as _issues
from (
select _file, _row, _item, _line, _lines,
  "o_visit_id",
  "o_patient_id",
  "o_rank",
  "o_diagnosis_system",
  "o_diagnosis_code",
  "v_visit_id",
  "v_patient_id",
  "v_rank",
  "v_diagnosis_system",
  "v_diagnosis_code",
  "r_visit_id",
  "r_patient_id",
  "r_rank",
  "r_diagnosis_system",
  "r_diagnosis_code",
  case when ("v_diagnosis_code" is null or "r_diagnosis_code" is not null) and true then 'required_missing' end as "g_0"
from (
select _file, _row, _item, _line, _lines,
  "o_visit_id",
  "o_patient_id",
  "o_rank",
  "o_diagnosis_system",
  "o_diagnosis_code",
  "v_visit_id",
  "v_patient_id",
  "v_rank",
  "v_diagnosis_system",
  "v_diagnosis_code",
  case when "t_visit_id" is null then 'required_missing' when "t_visit_id" is null then null end as "r_visit_id",
  cast(null as string) as "r_patient_id",
  case when "t_rank" is null then null when "v_rank" is null and (case when regexp_full_match("p_rank", '[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)') then try_cast("p_rank" as decimal(18,6)) when regexp_full_match("p_rank", '[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)[eE][+-]?[0-9]{1,3}') then try_cast(try_cast(try_cast("p_rank" as double) as decimal(15,6)) as decimal(18,6)) end) is not null then 'not_whole' when "v_rank" is null and regexp_full_match("p_rank", '[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?') then 'out_of_range' when "v_rank" is null then 'not_a_number' when "v_rank" < 1 or "v_rank" > 1000 then 'out_of_range' end as "r_rank",
  case when "t_diagnosis_system" is null then null when "v_diagnosis_system" is null then 'not_allowed' end as "r_diagnosis_system",
  cast(null as string) as "r_diagnosis_code"
from (
select _file, _row, _item, _line, _lines,
  "o_visit_id",
  "o_patient_id",
  "o_rank",
  "o_diagnosis_system",
  "o_diagnosis_code",
  "t_visit_id",
  "t_patient_id",
  "t_rank",
  "t_diagnosis_system",
  "t_diagnosis_code",
  "p_visit_id",
  "p_patient_id",
  "p_rank",
  "p_diagnosis_system",
  "p_diagnosis_code",
  "p_visit_id" as "v_visit_id",
  "p_patient_id" as "v_patient_id",
  coalesce(try_cast(case when regexp_full_match("p_rank", '[+-]?[0-9]{1,18}') then "p_rank" end as bigint), cast(case when floor(case when regexp_full_match("p_rank", '[+-]?[0-9]{1,18}') then null else case when regexp_full_match("p_rank", '[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)') then try_cast("p_rank" as decimal(18,6)) when regexp_full_match("p_rank", '[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)[eE][+-]?[0-9]{1,3}') then try_cast(try_cast(try_cast("p_rank" as double) as decimal(15,6)) as decimal(18,6)) end end) = case when regexp_full_match("p_rank", '[+-]?[0-9]{1,18}') then null else case when regexp_full_match("p_rank", '[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)') then try_cast("p_rank" as decimal(18,6)) when regexp_full_match("p_rank", '[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)[eE][+-]?[0-9]{1,3}') then try_cast(try_cast(try_cast("p_rank" as double) as decimal(15,6)) as decimal(18,6)) end end then case when regexp_full_match("p_rank", '[+-]?[0-9]{1,18}') then null else case when regexp_full_match("p_rank", '[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)') then try_cast("p_rank" as decimal(18,6)) when regexp_full_match("p_rank", '[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)[eE][+-]?[0-9]{1,3}') then try_cast(try_cast(try_cast("p_rank" as double) as decimal(15,6)) as decimal(18,6)) end end end as bigint)) as "v_rank",
  case when "p_diagnosis_system" is not null then case lower("p_diagnosis_system") when 'icd-9-cm' then 'icd-9-cm' when 'icd-10' then 'icd-10' when 'snomed' then 'snomed' when 'icd-9' then 'icd-9-cm' when 'icd9' then 'icd-9-cm' when 'icd 9' then 'icd-9-cm' when 'icd9cm' then 'icd-9-cm' when 'icd9-cm' then 'icd-9-cm' when 'icd-9cm' then 'icd-9-cm' when 'icd 9 cm' then 'icd-9-cm' when 'i9' then 'icd-9-cm' when 'i9c' then 'icd-9-cm' when '9' then 'icd-9-cm' when '09' then 'icd-9-cm' when 'http://hl7.org/fhir/sid/icd-9-cm' then 'icd-9-cm' when '2.16.840.1.113883.6.103' then 'icd-9-cm' when 'icd10' then 'icd-10' when 'icd 10' then 'icd-10' when 'icd-10-cm' then 'icd-10' when 'icd10cm' then 'icd-10' when 'icd10-cm' then 'icd-10' when 'icd-10cm' then 'icd-10' when 'icd 10 cm' then 'icd-10' when 'icd-10-who' then 'icd-10' when 'icd-10-gm' then 'icd-10' when 'i10' then 'icd-10' when 'i10c' then 'icd-10' when '10' then 'icd-10' when 'http://hl7.org/fhir/sid/icd-10' then 'icd-10' when 'http://hl7.org/fhir/sid/icd-10-cm' then 'icd-10' when '2.16.840.1.113883.6.3' then 'icd-10' when '2.16.840.1.113883.6.90' then 'icd-10' when 'snomed ct' then 'snomed' when 'snomed-ct' then 'snomed' when 'snomedct' then 'snomed' when 'snomed ct us' then 'snomed' when 'sct' then 'snomed' when 'sm' then 'snomed' when 'http://snomed.info/sct' then 'snomed' when '2.16.840.1.113883.6.96' then 'snomed' end end as "v_diagnosis_system",
  "p_diagnosis_code" as "v_diagnosis_code"
from (
select _file, _row, _item, _line, _lines,
  "o_visit_id",
  "o_patient_id",
  "o_rank",
  "o_diagnosis_system",
  "o_diagnosis_code",
  "t_visit_id",
  "t_patient_id",
  "t_rank",
  "t_diagnosis_system",
  "t_diagnosis_code",
  "t_visit_id" as "p_visit_id",
  "t_patient_id" as "p_patient_id",
  "t_rank" as "p_rank",
  "t_diagnosis_system" as "p_diagnosis_system",
  "t_diagnosis_code" as "p_diagnosis_code"
from (
select _file, _row, _item, _line, _lines,
  "o_visit_id",
  "o_patient_id",
  "o_rank",
  "o_diagnosis_system",
  "o_diagnosis_code",
  case when length("s_visit_id") <= 4 and not ("s_visit_id" >= '0' and "s_visit_id" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_visit_id") || '|') > 0 then null else "s_visit_id" end as "t_visit_id",
  case when length("s_patient_id") <= 4 and not ("s_patient_id" >= '0' and "s_patient_id" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_patient_id") || '|') > 0 then null else "s_patient_id" end as "t_patient_id",
  case when length("s_rank") <= 4 and not ("s_rank" >= '0' and "s_rank" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_rank") || '|') > 0 then null else "s_rank" end as "t_rank",
  case when length("s_diagnosis_system") <= 4 and not ("s_diagnosis_system" >= '0' and "s_diagnosis_system" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_diagnosis_system") || '|') > 0 then null else "s_diagnosis_system" end as "t_diagnosis_system",
  case when length("s_diagnosis_code") <= 4 and not ("s_diagnosis_code" >= '0' and "s_diagnosis_code" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_diagnosis_code") || '|') > 0 then null else "s_diagnosis_code" end as "t_diagnosis_code"
from (
select _file, _row, _item, _line, _lines,
  "o_visit_id",
  "o_patient_id",
  "o_rank",
  "o_diagnosis_system",
  "o_diagnosis_code",
  case when not regexp_full_match("o_visit_id", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_visit_id") else "o_visit_id" end as "s_visit_id",
  case when not regexp_full_match("o_patient_id", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_patient_id") else "o_patient_id" end as "s_patient_id",
  case when not regexp_full_match("o_rank", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_rank") else "o_rank" end as "s_rank",
  case when not regexp_full_match("o_diagnosis_system", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_diagnosis_system") else "o_diagnosis_system" end as "s_diagnosis_system",
  case when not regexp_full_match("o_diagnosis_code", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_diagnosis_code") else "o_diagnosis_code" end as "s_diagnosis_code"
from (
select _file, _row, _item, _line, _lines,
  "visit_id" as "o_visit_id",
  "patient_id" as "o_patient_id",
  "rank" as "o_rank",
  "diagnosis_system" as "o_diagnosis_system",
  "diagnosis_code" as "o_diagnosis_code"
from (
select _file, _row, _line, _lines, cast(nullif(_position, '') as bigint) as _item,
  c0 as visit_id,
  c1 as patient_id,
  'icd-9-cm' as diagnosis_system,
  case _position when '1' then c18 when '2' then c19 when '3' then c20 end as diagnosis_code,
  _position as rank
from (select r.*, unnest(string_split(case when trim(both ' ' from coalesce(c18, '')) not in ('', '?') then '1,' else '' end || case when trim(both ' ' from coalesce(c19, '')) not in ('', '?') then '2,' else '' end || case when trim(both ' ' from coalesce(c20, '')) not in ('', '?') then '3,' else '' end, ',')) as "_position" from raw as r) as stated
where _position <> ''
)
)
)
)
)
)
)
)
