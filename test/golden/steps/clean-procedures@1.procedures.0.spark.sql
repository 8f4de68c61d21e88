select 'default' as source,
  case when "r_visit_id" is null then "v_visit_id" end as "visit_id",
  case when "r_patient_id" is null then "v_patient_id" end as "patient_id",
  case when "r_rank" is null then "v_rank" end as "rank",
  case when "r_procedure_system" is null then "v_procedure_system" end as "procedure_system",
  case when "r_procedure_code" is null then "v_procedure_code" end as "procedure_code",
  case when "r_procedure_description" is null then "v_procedure_description" end as "procedure_description",
  case when "r_procedure_date" is null then "v_procedure_date" end as "procedure_date",
  cast(1 as bigint) as _batch,
  _file, _row, _item, _line, _lines,
  true as _primary,
  coalesce("g_0", "g_1") is not null as _rejected,
  case when coalesce("r_visit_id", "r_patient_id", "r_rank", "r_procedure_system", "r_procedure_code", "r_procedure_description", "r_procedure_date", "g_0", "g_1") is not null then concat_ws('␞', case when "r_visit_id" is not null then 'visit_id' || '␟' || "r_visit_id" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_visit_id", ''), 1, 500), '␞␟', '  ') end, case when "r_patient_id" is not null then 'patient_id' || '␟' || "r_patient_id" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_patient_id", ''), 1, 500), '␞␟', '  ') end, case when "r_rank" is not null then 'rank' || '␟' || "r_rank" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_rank", ''), 1, 500), '␞␟', '  ') end, case when "r_procedure_system" is not null then 'procedure_system' || '␟' || "r_procedure_system" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_procedure_system", ''), 1, 500), '␞␟', '  ') end, case when "r_procedure_code" is not null then 'procedure_code' || '␟' || "r_procedure_code" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_procedure_code", ''), 1, 500), '␞␟', '  ') end, case when "r_procedure_description" is not null then 'procedure_description' || '␟' || "r_procedure_description" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_procedure_description", ''), 1, 500), '␞␟', '  ') end, case when "r_procedure_date" is not null then 'procedure_date' || '␟' || "r_procedure_date" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_procedure_date", ''), 1, 500), '␞␟', '  ') end, case when "g_0" is not null then 'patient_id or visit_id' || '␟' || "g_0" || '␟' || 'reject' || '␟' || translate(substr(coalesce(null, ''), 1, 500), '␞␟', '  ') end, case when "g_1" is not null then 'procedure_code or procedure_description' || '␟' || "g_1" || '␟' || 'reject' || '␟' || translate(substr(coalesce(null, ''), 1, 500), '␞␟', '  ') end) end as _issues
from (
select _file, _row, _item, _line, _lines,
  "o_visit_id",
  "o_patient_id",
  "o_rank",
  "o_procedure_system",
  "o_procedure_code",
  "o_procedure_description",
  "o_procedure_date",
  "v_visit_id",
  "v_patient_id",
  "v_rank",
  "v_procedure_system",
  "v_procedure_code",
  "v_procedure_description",
  "v_procedure_date",
  "r_visit_id",
  "r_patient_id",
  "r_rank",
  "r_procedure_system",
  "r_procedure_code",
  "r_procedure_description",
  "r_procedure_date",
  case when ("v_visit_id" is null or "r_visit_id" is not null) and ("v_patient_id" is null or "r_patient_id" is not null) and true then 'required_missing' end as "g_0",
  case when ("v_procedure_code" is null or "r_procedure_code" is not null) and ("v_procedure_description" is null or "r_procedure_description" is not null) and true then 'required_missing' end as "g_1"
from (
select _file, _row, _item, _line, _lines,
  "o_visit_id",
  "o_patient_id",
  "o_rank",
  "o_procedure_system",
  "o_procedure_code",
  "o_procedure_description",
  "o_procedure_date",
  "v_visit_id",
  "v_patient_id",
  "v_rank",
  "v_procedure_system",
  "v_procedure_code",
  "v_procedure_description",
  "v_procedure_date",
  cast(null as string) as "r_visit_id",
  cast(null as string) as "r_patient_id",
  case when "t_rank" is null then null when "v_rank" is null and (case when (regexp_extract("p_rank", '^([+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+))$', 0) = "p_rank" and "p_rank" <> '') then try_cast("p_rank" as decimal(18,6)) when (regexp_extract("p_rank", '^([+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)[eE][+-]?[0-9]{1,3})$', 0) = "p_rank" and "p_rank" <> '') then try_cast(try_cast(try_cast("p_rank" as double) as decimal(15,6)) as decimal(18,6)) end) is not null then 'not_whole' when "v_rank" is null and (regexp_extract("p_rank", '^([+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?)$', 0) = "p_rank" and "p_rank" <> '') then 'out_of_range' when "v_rank" is null then 'not_a_number' when "v_rank" < 1 or "v_rank" > 1000 then 'out_of_range' end as "r_rank",
  case when "t_procedure_system" is null then null when "v_procedure_system" is null then 'not_allowed' end as "r_procedure_system",
  cast(null as string) as "r_procedure_code",
  cast(null as string) as "r_procedure_description",
  case when "t_procedure_date" is null then null when "v_procedure_date" is null and (regexp_extract("t_procedure_date", '^([0-9]{1,2}[/-][0-9]{1,2}[/-][0-9]{4})$', 0) = "t_procedure_date" and "t_procedure_date" <> '') then 'date_order_unknown' when "v_procedure_date" is null then 'not_a_date' when "v_procedure_date" > date '2024-06-15' then 'in_future' end as "r_procedure_date"
from (
select _file, _row, _item, _line, _lines,
  "o_visit_id",
  "o_patient_id",
  "o_rank",
  "o_procedure_system",
  "o_procedure_code",
  "o_procedure_description",
  "o_procedure_date",
  "t_visit_id",
  "t_patient_id",
  "t_rank",
  "t_procedure_system",
  "t_procedure_code",
  "t_procedure_description",
  "t_procedure_date",
  "p_visit_id",
  "p_patient_id",
  "p_rank",
  "p_procedure_system",
  "p_procedure_code",
  "p_procedure_description",
  "p_procedure_date",
  "p_visit_id" as "v_visit_id",
  "p_patient_id" as "v_patient_id",
  coalesce(try_cast(case when (regexp_extract("p_rank", '^([+-]?[0-9]{1,18})$', 0) = "p_rank" and "p_rank" <> '') then "p_rank" end as bigint), cast(case when floor(case when (regexp_extract("p_rank", '^([+-]?[0-9]{1,18})$', 0) = "p_rank" and "p_rank" <> '') then null else case when (regexp_extract("p_rank", '^([+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+))$', 0) = "p_rank" and "p_rank" <> '') then try_cast("p_rank" as decimal(18,6)) when (regexp_extract("p_rank", '^([+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)[eE][+-]?[0-9]{1,3})$', 0) = "p_rank" and "p_rank" <> '') then try_cast(try_cast(try_cast("p_rank" as double) as decimal(15,6)) as decimal(18,6)) end end) = case when (regexp_extract("p_rank", '^([+-]?[0-9]{1,18})$', 0) = "p_rank" and "p_rank" <> '') then null else case when (regexp_extract("p_rank", '^([+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+))$', 0) = "p_rank" and "p_rank" <> '') then try_cast("p_rank" as decimal(18,6)) when (regexp_extract("p_rank", '^([+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)[eE][+-]?[0-9]{1,3})$', 0) = "p_rank" and "p_rank" <> '') then try_cast(try_cast(try_cast("p_rank" as double) as decimal(15,6)) as decimal(18,6)) end end then case when (regexp_extract("p_rank", '^([+-]?[0-9]{1,18})$', 0) = "p_rank" and "p_rank" <> '') then null else case when (regexp_extract("p_rank", '^([+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+))$', 0) = "p_rank" and "p_rank" <> '') then try_cast("p_rank" as decimal(18,6)) when (regexp_extract("p_rank", '^([+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)[eE][+-]?[0-9]{1,3})$', 0) = "p_rank" and "p_rank" <> '') then try_cast(try_cast(try_cast("p_rank" as double) as decimal(15,6)) as decimal(18,6)) end end end as bigint)) as "v_rank",
  case when "p_procedure_system" is not null then case lower("p_procedure_system") when 'icd-9-cm' then 'icd-9-cm' when 'icd-10-pcs' then 'icd-10-pcs' when 'cpt' then 'cpt' when 'hcpcs' then 'hcpcs' when 'snomed' then 'snomed' when 'icd-9' then 'icd-9-cm' when 'icd9' then 'icd-9-cm' when 'icd 9' then 'icd-9-cm' when 'icd9cm' then 'icd-9-cm' when 'icd9-cm' then 'icd-9-cm' when 'icd-9-pcs' then 'icd-9-cm' when 'i9' then 'icd-9-cm' when 'i9c' then 'icd-9-cm' when 'i9cp' then 'icd-9-cm' when '9' then 'icd-9-cm' when '09' then 'icd-9-cm' when 'http://hl7.org/fhir/sid/icd-9-cm' then 'icd-9-cm' when '2.16.840.1.113883.6.104' then 'icd-9-cm' when 'icd10pcs' then 'icd-10-pcs' when 'icd10-pcs' then 'icd-10-pcs' when 'icd-10pcs' then 'icd-10-pcs' when 'icd 10 pcs' then 'icd-10-pcs' when 'icd-10' then 'icd-10-pcs' when 'icd10' then 'icd-10-pcs' when 'icd 10' then 'icd-10-pcs' when 'i10p' then 'icd-10-pcs' when '10' then 'icd-10-pcs' when 'http://www.cms.gov/medicare/coding/icd10' then 'icd-10-pcs' when 'http://hl7.org/fhir/sid/icd-10-pcs' then 'icd-10-pcs' when '2.16.840.1.113883.6.4' then 'icd-10-pcs' when 'cpt-4' then 'cpt' when 'cpt4' then 'cpt' when 'c4' then 'cpt' when 'http://www.ama-assn.org/go/cpt' then 'cpt' when '2.16.840.1.113883.6.12' then 'cpt' when 'hcpcs level ii' then 'hcpcs' when 'hcpt' then 'hcpcs' when 'hc' then 'hcpcs' when '2.16.840.1.113883.6.285' then 'hcpcs' when 'snomed ct' then 'snomed' when 'snomed-ct' then 'snomed' when 'snomedct' then 'snomed' when 'snomed ct us' then 'snomed' when 'sct' then 'snomed' when 'sm' then 'snomed' when 'http://snomed.info/sct' then 'snomed' when '2.16.840.1.113883.6.96' then 'snomed' end end as "v_procedure_system",
  "p_procedure_code" as "v_procedure_code",
  "p_procedure_description" as "v_procedure_description",
  try_cast(case when "p_procedure_date" >= '0001' then "p_procedure_date" end as date) as "v_procedure_date"
from (
select _file, _row, _item, _line, _lines,
  "o_visit_id",
  "o_patient_id",
  "o_rank",
  "o_procedure_system",
  "o_procedure_code",
  "o_procedure_description",
  "o_procedure_date",
  "t_visit_id",
  "t_patient_id",
  "t_rank",
  "t_procedure_system",
  "t_procedure_code",
  "t_procedure_description",
  "t_procedure_date",
  "t_visit_id" as "p_visit_id",
  "t_patient_id" as "p_patient_id",
  "t_rank" as "p_rank",
  "t_procedure_system" as "p_procedure_system",
  "t_procedure_code" as "p_procedure_code",
  "t_procedure_description" as "p_procedure_description",
  case when (regexp_extract("t_procedure_date", '^([0-9]{4}-[0-9]{2}-[0-9]{2})$', 0) = "t_procedure_date" and "t_procedure_date" <> '') then "t_procedure_date" when (regexp_extract("t_procedure_date", '^([0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}[^~]*)$', 0) = "t_procedure_date" and "t_procedure_date" <> '') then substr("t_procedure_date", 1, 10) when (regexp_extract("t_procedure_date", '^([0-9]{4}/[0-9]{2}/[0-9]{2})$', 0) = "t_procedure_date" and "t_procedure_date" <> '') then replace("t_procedure_date", '/', '-') when (regexp_extract("t_procedure_date", '^([0-9]{8})$', 0) = "t_procedure_date" and "t_procedure_date" <> '') then substr("t_procedure_date", 1, 4) || '-' || substr("t_procedure_date", 5, 2) || '-' || substr("t_procedure_date", 7, 2) when (regexp_extract("t_procedure_date", '^([0-9]{1,2}[.][0-9]{1,2}[.][0-9]{4})$', 0) = "t_procedure_date" and "t_procedure_date" <> '') then split_part("t_procedure_date", '.', 3) || '-' || lpad(split_part("t_procedure_date", '.', 2), 2, '0') || '-' || lpad(split_part("t_procedure_date", '.', 1), 2, '0') end as "p_procedure_date"
from (
select _file, _row, _item, _line, _lines,
  "o_visit_id",
  "o_patient_id",
  "o_rank",
  "o_procedure_system",
  "o_procedure_code",
  "o_procedure_description",
  "o_procedure_date",
  case when length("s_visit_id") <= 4 and not ("s_visit_id" >= '0' and "s_visit_id" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_visit_id") || '|') > 0 then null else "s_visit_id" end as "t_visit_id",
  case when length("s_patient_id") <= 4 and not ("s_patient_id" >= '0' and "s_patient_id" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_patient_id") || '|') > 0 then null else "s_patient_id" end as "t_patient_id",
  case when length("s_rank") <= 4 and not ("s_rank" >= '0' and "s_rank" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_rank") || '|') > 0 then null else "s_rank" end as "t_rank",
  case when length("s_procedure_system") <= 4 and not ("s_procedure_system" >= '0' and "s_procedure_system" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_procedure_system") || '|') > 0 then null else "s_procedure_system" end as "t_procedure_system",
  case when length("s_procedure_code") <= 4 and not ("s_procedure_code" >= '0' and "s_procedure_code" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_procedure_code") || '|') > 0 then null else "s_procedure_code" end as "t_procedure_code",
  case when length("s_procedure_description") <= 4 and not ("s_procedure_description" >= '0' and "s_procedure_description" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_procedure_description") || '|') > 0 then null else "s_procedure_description" end as "t_procedure_description",
  case when length("s_procedure_date") <= 4 and not ("s_procedure_date" >= '0' and "s_procedure_date" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_procedure_date") || '|') > 0 then null else "s_procedure_date" end as "t_procedure_date"
from (
select _file, _row, _item, _line, _lines,
  "o_visit_id",
  "o_patient_id",
  "o_rank",
  "o_procedure_system",
  "o_procedure_code",
  "o_procedure_description",
  "o_procedure_date",
  case when not (regexp_extract("o_visit_id", '^([!-~]+)$', 0) = "o_visit_id" and "o_visit_id" <> '') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_visit_id") else "o_visit_id" end as "s_visit_id",
  case when not (regexp_extract("o_patient_id", '^([!-~]+)$', 0) = "o_patient_id" and "o_patient_id" <> '') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_patient_id") else "o_patient_id" end as "s_patient_id",
  case when not (regexp_extract("o_rank", '^([!-~]+)$', 0) = "o_rank" and "o_rank" <> '') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_rank") else "o_rank" end as "s_rank",
  case when not (regexp_extract("o_procedure_system", '^([!-~]+)$', 0) = "o_procedure_system" and "o_procedure_system" <> '') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_procedure_system") else "o_procedure_system" end as "s_procedure_system",
  case when not (regexp_extract("o_procedure_code", '^([!-~]+)$', 0) = "o_procedure_code" and "o_procedure_code" <> '') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_procedure_code") else "o_procedure_code" end as "s_procedure_code",
  case when not (regexp_extract("o_procedure_description", '^([!-~]+)$', 0) = "o_procedure_description" and "o_procedure_description" <> '') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_procedure_description") else "o_procedure_description" end as "s_procedure_description",
  case when not (regexp_extract("o_procedure_date", '^([!-~]+)$', 0) = "o_procedure_date" and "o_procedure_date" <> '') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_procedure_date") else "o_procedure_date" end as "s_procedure_date"
from (
select _file, _row, _item, _line, _lines,
  "visit_id" as "o_visit_id",
  "patient_id" as "o_patient_id",
  "rank" as "o_rank",
  "procedure_system" as "o_procedure_system",
  "procedure_code" as "o_procedure_code",
  "procedure_description" as "o_procedure_description",
  "procedure_date" as "o_procedure_date"
from (
select _file, _row, cast(0 as bigint) as _item, _line, _lines, c0 as "visit_id", c1 as "patient_id", c2 as "rank", c3 as "procedure_system", c4 as "procedure_code", c5 as "procedure_description", c6 as "procedure_date" from raw
)
)
)
)
)
)
)
)
