select 'north' as source,
  'north:' || "v_visit_id" as "visit_id",
  'north:' || "v_patient_id" as "patient_id",
  case when "r_visit_date" is null then "v_visit_date" end as "visit_date",
  cast(null as bigint) as "visit_order",
  cast(null as date) as "discharge_date",
  case when "r_admitted_at" is null then "v_admitted_at" end as "admitted_at",
  cast(null as timestamp) as "discharged_at",
  cast(null as bigint) as "age",
  cast(null as string) as "visit_type",
  cast(null as string) as "admission_type",
  cast(null as string) as "admission_source",
  cast(null as string) as "discharge_disposition",
  cast(null as string) as "discharge_disposition_detail",
  cast(null as string) as "diagnosis_system",
  cast(null as string) as "diagnosis_code",
  cast(null as string) as "diagnosis_description",
  case when "r_severity_score" is null then "v_severity_score" end as "severity_score",
  cast(null as string) as "blood_pressure",
  cast(null as bigint) as systolic,
  cast(null as bigint) as diastolic,
  cast(null as double) as "glucose_level",
  cast(null as bigint) as "heart_rate",
  cast(null as string) as "a1c_result",
  cast(null as string) as "glucose_band",
  cast(null as double) as "length_of_stay",
  cast(null as bigint) as "previous_visit_gap_days",
  cast(null as bigint) as "number_of_previous_visits",
  cast(null as string) as "readmitted_within_30_days",
  cast(null as string) as "readmitted_after_30_days",
  cast(null as string) as "medication_changed",
  cast(null as bigint) as "num_medications",
  cast(null as bigint) as "num_procedures",
  cast(null as bigint) as "num_lab_procedures",
  cast(null as bigint) as "num_diagnoses",
  cast(null as bigint) as "prior_inpatient",
  cast(null as bigint) as "prior_emergency",
  cast(null as bigint) as "prior_outpatient",
  cast(null as string) as "specialty",
  cast(null as string) as "payer",
  cast(null as string) as "facility",
  cast(3 as bigint) as _batch,
  _file, _row, _item, _line, _lines,
  true as _primary,
  coalesce("r_visit_id", "r_patient_id", "r_visit_date", "g_0") is not null as _rejected,
  case when coalesce("r_visit_id", "r_patient_id", "r_visit_date", "r_admitted_at", "r_severity_score", "g_0") is not null then concat_ws('␞', case when "r_visit_id" is not null then 'visit_id' || '␟' || "r_visit_id" || '␟' || 'reject' || '␟' || translate(substr(coalesce("o_visit_id", ''), 1, 500), '␞␟', '  ') end, case when "r_patient_id" is not null then 'patient_id' || '␟' || "r_patient_id" || '␟' || 'reject' || '␟' || translate(substr(coalesce("o_patient_id", ''), 1, 500), '␞␟', '  ') end, case when "r_visit_date" is not null then 'visit_date' || '␟' || "r_visit_date" || '␟' || 'reject' || '␟' || translate(substr(coalesce("o_visit_date", ''), 1, 500), '␞␟', '  ') end, case when "r_admitted_at" is not null then 'admitted_at' || '␟' || "r_admitted_at" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_admitted_at", ''), 1, 500), '␞␟', '  ') end, case when "r_severity_score" is not null then 'severity_score' || '␟' || "r_severity_score" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_severity_score", ''), 1, 500), '␞␟', '  ') end, case when "g_0" is not null then 'visit_date or visit_order' || '␟' || "g_0" || '␟' || 'reject' || '␟' || translate(substr(coalesce(null, ''), 1, 500), '␞␟', '  ') end) end as _issues
from (
select _file, _row, _item, _line, _lines,
  "o_visit_id",
  "o_patient_id",
  "o_visit_date",
  "o_admitted_at",
  "o_severity_score",
  "v_visit_id",
  "v_patient_id",
  "v_visit_date",
  "v_admitted_at",
  "v_severity_score",
  "r_visit_id",
  "r_patient_id",
  "r_visit_date",
  "r_admitted_at",
  "r_severity_score",
  case when ("v_visit_date" is null and "r_visit_date" is null) and true then 'required_missing' end as "g_0"
from (
select _file, _row, _item, _line, _lines,
  "o_visit_id",
  "o_patient_id",
  "o_visit_date",
  "o_admitted_at",
  "o_severity_score",
  "v_visit_id",
  "v_patient_id",
  "v_visit_date",
  "v_admitted_at",
  "v_severity_score",
  case when "t_visit_id" is null then 'required_missing' when "t_visit_id" is null then null end as "r_visit_id",
  case when "t_patient_id" is null then 'required_missing' when "t_patient_id" is null then null end as "r_patient_id",
  case when "t_visit_date" is null then null when "v_visit_date" is null then 'not_a_date' when "v_visit_date" > date '2024-06-17' then 'in_future' end as "r_visit_date",
  case when "t_admitted_at" is null then null when "v_admitted_at" is null then 'not_a_time' when cast("v_admitted_at" as date) > date '2024-06-17' then 'in_future' end as "r_admitted_at",
  case when "t_severity_score" is null then null when "v_severity_score" is null and (regexp_extract("p_severity_score", '^([+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?)$', 0) = "p_severity_score" and "p_severity_score" <> '') then 'out_of_range' when "v_severity_score" is null then 'not_a_number' when "v_severity_score" < 0 or "v_severity_score" > 10 then 'out_of_range' end as "r_severity_score"
from (
select _file, _row, _item, _line, _lines,
  "o_visit_id",
  "o_patient_id",
  "o_visit_date",
  "o_admitted_at",
  "o_severity_score",
  "t_visit_id",
  "t_patient_id",
  "t_visit_date",
  "t_admitted_at",
  "t_severity_score",
  "p_visit_id",
  "p_patient_id",
  "p_visit_date",
  "p_admitted_at",
  "p_severity_score",
  "p_visit_id" as "v_visit_id",
  "p_patient_id" as "v_patient_id",
  try_cast(case when "p_visit_date" >= '0001' then "p_visit_date" end as date) as "v_visit_date",
  try_cast(case when "p_admitted_at" >= '0001' then "p_admitted_at" end as timestamp) as "v_admitted_at",
  cast(case when (regexp_extract("p_severity_score", '^([+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+))$', 0) = "p_severity_score" and "p_severity_score" <> '') then try_cast("p_severity_score" as decimal(18,2)) when (regexp_extract("p_severity_score", '^([+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)[eE][+-]?[0-9]{1,3})$', 0) = "p_severity_score" and "p_severity_score" <> '') then try_cast(try_cast(try_cast("p_severity_score" as double) as decimal(15,6)) as decimal(18,2)) end as double) as "v_severity_score"
from (
select _file, _row, _item, _line, _lines,
  "o_visit_id",
  "o_patient_id",
  "o_visit_date",
  "o_admitted_at",
  "o_severity_score",
  "t_visit_id",
  "t_patient_id",
  "t_visit_date",
  "t_admitted_at",
  "t_severity_score",
  "t_visit_id" as "p_visit_id",
  "t_patient_id" as "p_patient_id",
  case when (regexp_extract("t_visit_date", '^([0-9]{4}-[0-9]{2}-[0-9]{2})$', 0) = "t_visit_date" and "t_visit_date" <> '') then "t_visit_date" when (regexp_extract("t_visit_date", '^([0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}[^~]*)$', 0) = "t_visit_date" and "t_visit_date" <> '') then substr("t_visit_date", 1, 10) when (regexp_extract("t_visit_date", '^([0-9]{4}/[0-9]{2}/[0-9]{2})$', 0) = "t_visit_date" and "t_visit_date" <> '') then replace("t_visit_date", '/', '-') when (regexp_extract("t_visit_date", '^([0-9]{8})$', 0) = "t_visit_date" and "t_visit_date" <> '') then substr("t_visit_date", 1, 4) || '-' || substr("t_visit_date", 5, 2) || '-' || substr("t_visit_date", 7, 2) when (regexp_extract("t_visit_date", '^([0-9]{1,2}[.][0-9]{1,2}[.][0-9]{4})$', 0) = "t_visit_date" and "t_visit_date" <> '') then split_part("t_visit_date", '.', 3) || '-' || lpad(split_part("t_visit_date", '.', 2), 2, '0') || '-' || lpad(split_part("t_visit_date", '.', 1), 2, '0') when (regexp_extract("t_visit_date", '^([0-9]{1,2}/[0-9]{1,2}/[0-9]{4})$', 0) = "t_visit_date" and "t_visit_date" <> '') then split_part("t_visit_date", '/', 3) || '-' || lpad(split_part("t_visit_date", '/', 2), 2, '0') || '-' || lpad(split_part("t_visit_date", '/', 1), 2, '0') when (regexp_extract("t_visit_date", '^([0-9]{1,2}-[0-9]{1,2}-[0-9]{4})$', 0) = "t_visit_date" and "t_visit_date" <> '') then split_part("t_visit_date", '-', 3) || '-' || lpad(split_part("t_visit_date", '-', 2), 2, '0') || '-' || lpad(split_part("t_visit_date", '-', 1), 2, '0') end as "p_visit_date",
  case when (regexp_extract("t_admitted_at", '^([0-9]{4}-[0-9]{2}-[0-9]{2}[T ]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,9})?( ?(Z|[+-][0-9]{2}:?[0-9]{2}))?)$', 0) = "t_admitted_at" and "t_admitted_at" <> '') then substr("t_admitted_at", 1, 10) || ' ' || substr("t_admitted_at", 12, 8) when (regexp_extract("t_admitted_at", '^([0-9]{4}-[0-9]{2}-[0-9]{2}[T ]([01][0-9]|2[0-3]):[0-5][0-9]( ?(Z|[+-][0-9]{2}:?[0-9]{2}))?)$', 0) = "t_admitted_at" and "t_admitted_at" <> '') then substr("t_admitted_at", 1, 10) || ' ' || substr("t_admitted_at", 12, 5) || ':00' end as "p_admitted_at",
  case when (regexp_extract("t_severity_score", '^([+-]?([0-9]+,[0-9]*|,[0-9]+)([^0-9,][^~]*)?)$', 0) = "t_severity_score" and "t_severity_score" <> '') then replace("t_severity_score", ',', '.') else "t_severity_score" end as "p_severity_score"
from (
select _file, _row, _item, _line, _lines,
  "o_visit_id",
  "o_patient_id",
  "o_visit_date",
  "o_admitted_at",
  "o_severity_score",
  case when length("s_visit_id") <= 4 and not ("s_visit_id" >= '0' and "s_visit_id" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_visit_id") || '|') > 0 then null else "s_visit_id" end as "t_visit_id",
  case when length("s_patient_id") <= 4 and not ("s_patient_id" >= '0' and "s_patient_id" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_patient_id") || '|') > 0 then null else "s_patient_id" end as "t_patient_id",
  case when length("s_visit_date") <= 4 and not ("s_visit_date" >= '0' and "s_visit_date" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_visit_date") || '|') > 0 then null else "s_visit_date" end as "t_visit_date",
  case when length("s_admitted_at") <= 4 and not ("s_admitted_at" >= '0' and "s_admitted_at" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_admitted_at") || '|') > 0 then null else "s_admitted_at" end as "t_admitted_at",
  case when length("s_severity_score") <= 4 and not ("s_severity_score" >= '0' and "s_severity_score" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_severity_score") || '|') > 0 then null else "s_severity_score" end as "t_severity_score"
from (
select _file, _row, _item, _line, _lines,
  "o_visit_id",
  "o_patient_id",
  "o_visit_date",
  "o_admitted_at",
  "o_severity_score",
  case when not (regexp_extract("o_visit_id", '^([!-~]+)$', 0) = "o_visit_id" and "o_visit_id" <> '') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_visit_id") else "o_visit_id" end as "s_visit_id",
  case when not (regexp_extract("o_patient_id", '^([!-~]+)$', 0) = "o_patient_id" and "o_patient_id" <> '') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_patient_id") else "o_patient_id" end as "s_patient_id",
  case when not (regexp_extract("o_visit_date", '^([!-~]+)$', 0) = "o_visit_date" and "o_visit_date" <> '') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_visit_date") else "o_visit_date" end as "s_visit_date",
  case when not (regexp_extract("o_admitted_at", '^([!-~]+)$', 0) = "o_admitted_at" and "o_admitted_at" <> '') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_admitted_at") else "o_admitted_at" end as "s_admitted_at",
  case when not (regexp_extract("o_severity_score", '^([!-~]+)$', 0) = "o_severity_score" and "o_severity_score" <> '') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_severity_score") else "o_severity_score" end as "s_severity_score"
from (
select _file, _row, _item, _line, _lines,
  "visit_id" as "o_visit_id",
  "patient_id" as "o_patient_id",
  "visit_date" as "o_visit_date",
  "admitted_at" as "o_admitted_at",
  "severity_score" as "o_severity_score"
from (
select _file, _row, cast(0 as bigint) as _item, _line, _lines, c0 as "visit_id", c1 as "patient_id", c2 as "visit_date", c3 as "admitted_at", c4 as "severity_score" from raw
)
)
)
)
)
)
)
)
