select 'synthea' as source,
  'synthea:' || "v_visit_id" as "visit_id",
  'synthea:' || "v_patient_id" as "patient_id",
  case when "r_visit_date" is null then "v_visit_date" end as "visit_date",
  cast(null as bigint) as "visit_order",
  case when "r_discharge_date" is null then "v_discharge_date" end as "discharge_date",
  case when "r_admitted_at" is null then "v_admitted_at" end as "admitted_at",
  case when "r_discharged_at" is null then "v_discharged_at" end as "discharged_at",
  cast(null as bigint) as "age",
  case when "r_visit_type" is null then "v_visit_type" end as "visit_type",
  cast(null as string) as "admission_type",
  cast(null as string) as "admission_source",
  case when "r_discharge_disposition" is null then "v_discharge_disposition" end as "discharge_disposition",
  cast(null as string) as "discharge_disposition_detail",
  case when "r_diagnosis_system" is null then "v_diagnosis_system" end as "diagnosis_system",
  case when "r_diagnosis_code" is null then "v_diagnosis_code" end as "diagnosis_code",
  case when "r_diagnosis_description" is null then "v_diagnosis_description" end as "diagnosis_description",
  cast(null as double) as "severity_score",
  case when "r_blood_pressure" is null then "v_blood_pressure" end as "blood_pressure",
  cast(split_part(case when "r_blood_pressure" is null then "v_blood_pressure" end, '/', 1) as bigint) as systolic,
  cast(split_part(case when "r_blood_pressure" is null then "v_blood_pressure" end, '/', 2) as bigint) as diastolic,
  case when "r_glucose_level" is null then "v_glucose_level" end as "glucose_level",
  case when "r_heart_rate" is null then "v_heart_rate" end as "heart_rate",
  case when "r_a1c_result" is null then "v_a1c_result" end as "a1c_result",
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
  case when "r_specialty" is null then "v_specialty" end as "specialty",
  case when "r_payer" is null then "v_payer" end as "payer",
  case when "r_facility" is null then "v_facility" end as "facility",
  cast(4 as bigint) as _batch,
  _file, _row, _item, _line, _lines,
  true as _primary,
  coalesce("r_visit_id", "r_patient_id", "r_visit_date", "g_0") is not null as _rejected,
  case when coalesce("r_visit_id", "r_patient_id", "r_visit_date", "r_discharge_date", "r_admitted_at", "r_discharged_at", "r_visit_type", "r_discharge_disposition", "r_diagnosis_system", "r_diagnosis_code", "r_diagnosis_description", "r_blood_pressure", "r_glucose_level", "r_heart_rate", "r_a1c_result", "r_specialty", "r_payer", "r_facility", "g_0") is not null then concat_ws('␞', case when "r_visit_id" is not null then 'visit_id' || '␟' || "r_visit_id" || '␟' || 'reject' || '␟' || translate(substr(coalesce("o_visit_id", ''), 1, 500), '␞␟', '  ') end, case when "r_patient_id" is not null then 'patient_id' || '␟' || "r_patient_id" || '␟' || 'reject' || '␟' || translate(substr(coalesce("o_patient_id", ''), 1, 500), '␞␟', '  ') end, case when "r_visit_date" is not null then 'visit_date' || '␟' || "r_visit_date" || '␟' || 'reject' || '␟' || translate(substr(coalesce("o_visit_date", ''), 1, 500), '␞␟', '  ') end, case when "r_discharge_date" is not null then 'discharge_date' || '␟' || "r_discharge_date" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_discharge_date", ''), 1, 500), '␞␟', '  ') end, case when "r_admitted_at" is not null then 'admitted_at' || '␟' || "r_admitted_at" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_admitted_at", ''), 1, 500), '␞␟', '  ') end, case when "r_discharged_at" is not null then 'discharged_at' || '␟' || "r_discharged_at" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_discharged_at", ''), 1, 500), '␞␟', '  ') end, case when "r_visit_type" is not null then 'visit_type' || '␟' || "r_visit_type" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_visit_type", ''), 1, 500), '␞␟', '  ') end, case when "r_discharge_disposition" is not null then 'discharge_disposition' || '␟' || "r_discharge_disposition" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_discharge_disposition", ''), 1, 500), '␞␟', '  ') end, case when "r_diagnosis_system" is not null then 'diagnosis_system' || '␟' || "r_diagnosis_system" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_diagnosis_system", ''), 1, 500), '␞␟', '  ') end, case when "r_diagnosis_code" is not null then 'diagnosis_code' || '␟' || "r_diagnosis_code" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_diagnosis_code", ''), 1, 500), '␞␟', '  ') end, case when "r_diagnosis_description" is not null then 'diagnosis_description' || '␟' || "r_diagnosis_description" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_diagnosis_description", ''), 1, 500), '␞␟', '  ') end, case when "r_blood_pressure" is not null then 'blood_pressure' || '␟' || "r_blood_pressure" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_blood_pressure", ''), 1, 500), '␞␟', '  ') end, case when "r_glucose_level" is not null then 'glucose_level' || '␟' || "r_glucose_level" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_glucose_level", ''), 1, 500), '␞␟', '  ') end, case when "r_heart_rate" is not null then 'heart_rate' || '␟' || "r_heart_rate" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_heart_rate", ''), 1, 500), '␞␟', '  ') end, case when "r_a1c_result" is not null then 'a1c_result' || '␟' || "r_a1c_result" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_a1c_result", ''), 1, 500), '␞␟', '  ') end, case when "r_specialty" is not null then 'specialty' || '␟' || "r_specialty" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_specialty", ''), 1, 500), '␞␟', '  ') end, case when "r_payer" is not null then 'payer' || '␟' || "r_payer" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_payer", ''), 1, 500), '␞␟', '  ') end, case when "r_facility" is not null then 'facility' || '␟' || "r_facility" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_facility", ''), 1, 500), '␞␟', '  ') end, case when "g_0" is not null then 'visit_date or visit_order' || '␟' || "g_0" || '␟' || 'reject' || '␟' || translate(substr(coalesce(null, ''), 1, 500), '␞␟', '  ') end) end as _issues
from (
select _file, _row, _item, _line, _lines,
  "o_visit_id",
  "o_patient_id",
  "o_visit_date",
  "o_discharge_date",
  "o_admitted_at",
  "o_discharged_at",
  "o_visit_type",
  "o_discharge_disposition",
  "o_diagnosis_system",
  "o_diagnosis_code",
  "o_diagnosis_description",
  "o_blood_pressure",
  "o_glucose_level",
  "o_heart_rate",
  "o_a1c_result",
  "o_specialty",
  "o_payer",
  "o_facility",
  "v_visit_id",
  "v_patient_id",
  "v_visit_date",
  "v_discharge_date",
  "v_admitted_at",
  "v_discharged_at",
  "v_visit_type",
  "v_discharge_disposition",
  "v_diagnosis_system",
  "v_diagnosis_code",
  "v_diagnosis_description",
  "v_blood_pressure",
  "v_glucose_level",
  "v_heart_rate",
  "v_a1c_result",
  "v_specialty",
  "v_payer",
  "v_facility",
  "r_visit_id",
  "r_patient_id",
  "r_visit_date",
  "r_discharge_date",
  "r_admitted_at",
  "r_discharged_at",
  "r_visit_type",
  "r_discharge_disposition",
  "r_diagnosis_system",
  "r_diagnosis_code",
  "r_diagnosis_description",
  "r_blood_pressure",
  "r_glucose_level",
  "r_heart_rate",
  "r_a1c_result",
  "r_specialty",
  "r_payer",
  "r_facility",
  case when ("v_visit_date" is null and "r_visit_date" is null) and true then 'required_missing' end as "g_0"
from (
select _file, _row, _item, _line, _lines,
  "o_visit_id",
  "o_patient_id",
  "o_visit_date",
  "o_discharge_date",
  "o_admitted_at",
  "o_discharged_at",
  "o_visit_type",
  "o_discharge_disposition",
  "o_diagnosis_system",
  "o_diagnosis_code",
  "o_diagnosis_description",
  "o_blood_pressure",
  "o_glucose_level",
  "o_heart_rate",
  "o_a1c_result",
  "o_specialty",
  "o_payer",
  "o_facility",
  "v_visit_id",
  "v_patient_id",
  "v_visit_date",
  "v_discharge_date",
  "v_admitted_at",
  "v_discharged_at",
  "v_visit_type",
  "v_discharge_disposition",
  "v_diagnosis_system",
  "v_diagnosis_code",
  "v_diagnosis_description",
  "v_blood_pressure",
  "v_glucose_level",
  "v_heart_rate",
  "v_a1c_result",
  "v_specialty",
  "v_payer",
  "v_facility",
  case when "t_visit_id" is null then 'required_missing' when "t_visit_id" is null then null end as "r_visit_id",
  case when "t_patient_id" is null then 'required_missing' when "t_patient_id" is null then null end as "r_patient_id",
  case when "t_visit_date" is null then null when "v_visit_date" is null and regexp_full_match("t_visit_date", '[0-9]{1,2}[/-][0-9]{1,2}[/-][0-9]{4}') then 'date_order_unknown' when "v_visit_date" is null then 'not_a_date' when "v_visit_date" > date '2024-06-18' then 'in_future' end as "r_visit_date",
  case when "t_discharge_date" is null then null when "v_discharge_date" is null and regexp_full_match("t_discharge_date", '[0-9]{1,2}[/-][0-9]{1,2}[/-][0-9]{4}') then 'date_order_unknown' when "v_discharge_date" is null then 'not_a_date' when "v_discharge_date" > date '2024-06-18' then 'in_future' end as "r_discharge_date",
  case when "t_admitted_at" is null then null when "v_admitted_at" is null then 'not_a_time' when cast("v_admitted_at" as date) > date '2024-06-18' then 'in_future' end as "r_admitted_at",
  case when "t_discharged_at" is null then null when "v_discharged_at" is null then 'not_a_time' when cast("v_discharged_at" as date) > date '2024-06-18' then 'in_future' end as "r_discharged_at",
  case when "t_visit_type" is null then null when "v_visit_type" is null then 'not_allowed' end as "r_visit_type",
  case when "t_discharge_disposition" is null then null when "v_discharge_disposition" is null then 'not_allowed' end as "r_discharge_disposition",
  case when "t_diagnosis_system" is null then null when "v_diagnosis_system" is null then 'not_allowed' end as "r_diagnosis_system",
  cast(null as string) as "r_diagnosis_code",
  cast(null as string) as "r_diagnosis_description",
  case when "t_blood_pressure" is null then null when "v_blood_pressure" is null then 'not_blood_pressure' when cast(split_part("v_blood_pressure", '/', 1) as bigint) <= cast(split_part("v_blood_pressure", '/', 2) as bigint) then 'not_blood_pressure' when cast(split_part("v_blood_pressure", '/', 2) as bigint) < 20 or cast(split_part("v_blood_pressure", '/', 1) as bigint) > 300 then 'out_of_range' end as "r_blood_pressure",
  case when "t_glucose_level" is null then null when "v_glucose_level" is null and regexp_full_match("p_glucose_level", '[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?') then 'out_of_range' when "v_glucose_level" is null then 'not_a_number' when "v_glucose_level" < 10 or "v_glucose_level" > 2000 then 'out_of_range' end as "r_glucose_level",
  case when "t_heart_rate" is null then null when "v_heart_rate" is null and (case when regexp_full_match("p_heart_rate", '[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)') then try_cast("p_heart_rate" as decimal(18,6)) when regexp_full_match("p_heart_rate", '[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)[eE][+-]?[0-9]{1,3}') then try_cast(try_cast(try_cast("p_heart_rate" as double) as decimal(15,6)) as decimal(18,6)) when lower("p_heart_rate") like '%/min' and lower(trim(both ' ' from substr("p_heart_rate", length(regexp_extract("p_heart_rate", '^[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)', 0)) + 1))) = '/min' then try_cast(try_cast(regexp_extract("p_heart_rate", '^[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)', 0) as decimal(24,6)) * cast(1 as decimal(10,4)) as decimal(18,6)) when lower("p_heart_rate") like '%bpm' and lower(trim(both ' ' from substr("p_heart_rate", length(regexp_extract("p_heart_rate", '^[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)', 0)) + 1))) = 'bpm' then try_cast(try_cast(regexp_extract("p_heart_rate", '^[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)', 0) as decimal(24,6)) * cast(1 as decimal(10,4)) as decimal(18,6)) when lower("p_heart_rate") like '%beats/min' and lower(trim(both ' ' from substr("p_heart_rate", length(regexp_extract("p_heart_rate", '^[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)', 0)) + 1))) = 'beats/min' then try_cast(try_cast(regexp_extract("p_heart_rate", '^[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)', 0) as decimal(24,6)) * cast(1 as decimal(10,4)) as decimal(18,6)) end) is not null then 'not_whole' when "v_heart_rate" is null and regexp_full_match("p_heart_rate", '[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?') then 'out_of_range' when "v_heart_rate" is null then 'not_a_number' when "v_heart_rate" < 20 or "v_heart_rate" > 300 then 'out_of_range' end as "r_heart_rate",
  cast(null as string) as "r_a1c_result",
  cast(null as string) as "r_specialty",
  cast(null as string) as "r_payer",
  cast(null as string) as "r_facility"
from (
select _file, _row, _item, _line, _lines,
  "o_visit_id",
  "o_patient_id",
  "o_visit_date",
  "o_discharge_date",
  "o_admitted_at",
  "o_discharged_at",
  "o_visit_type",
  "o_discharge_disposition",
  "o_diagnosis_system",
  "o_diagnosis_code",
  "o_diagnosis_description",
  "o_blood_pressure",
  "o_glucose_level",
  "o_heart_rate",
  "o_a1c_result",
  "o_specialty",
  "o_payer",
  "o_facility",
  "t_visit_id",
  "t_patient_id",
  "t_visit_date",
  "t_discharge_date",
  "t_admitted_at",
  "t_discharged_at",
  "t_visit_type",
  "t_discharge_disposition",
  "t_diagnosis_system",
  "t_diagnosis_code",
  "t_diagnosis_description",
  "t_blood_pressure",
  "t_glucose_level",
  "t_heart_rate",
  "t_a1c_result",
  "t_specialty",
  "t_payer",
  "t_facility",
  "p_visit_id",
  "p_patient_id",
  "p_visit_date",
  "p_discharge_date",
  "p_admitted_at",
  "p_discharged_at",
  "p_visit_type",
  "p_discharge_disposition",
  "p_diagnosis_system",
  "p_diagnosis_code",
  "p_diagnosis_description",
  "p_blood_pressure",
  "p_glucose_level",
  "p_heart_rate",
  "p_a1c_result",
  "p_specialty",
  "p_payer",
  "p_facility",
  "p_visit_id" as "v_visit_id",
  "p_patient_id" as "v_patient_id",
  try_cast(case when "p_visit_date" >= '0001' then "p_visit_date" end as date) as "v_visit_date",
  try_cast(case when "p_discharge_date" >= '0001' then "p_discharge_date" end as date) as "v_discharge_date",
  try_cast(case when "p_admitted_at" >= '0001' then "p_admitted_at" end as timestamp) as "v_admitted_at",
  try_cast(case when "p_discharged_at" >= '0001' then "p_discharged_at" end as timestamp) as "v_discharged_at",
  case when "p_visit_type" is not null then case lower("p_visit_type") when 'inpatient' then 'inpatient' when 'emergency' then 'emergency' when 'outpatient' then 'outpatient' when 'other' then 'other' when 'i' then 'inpatient' when 'ip' then 'inpatient' when 'imp' then 'inpatient' when 'acute' then 'inpatient' when 'nonac' then 'inpatient' when 'inpatient encounter' then 'inpatient' when 'inpatient stay' then 'inpatient' when 'inpatient acute' then 'inpatient' when 'inpatient non-acute' then 'inpatient' when 'in-patient' then 'inpatient' when 'in patient' then 'inpatient' when 'hospitalization' then 'inpatient' when 'hospitalisation' then 'inpatient' when 'hospital admission' then 'inpatient' when 'admission' then 'inpatient' when 'admitted' then 'inpatient' when 'e' then 'emergency' when 'ed' then 'emergency' when 'er' then 'emergency' when 'emer' then 'emergency' when 'emergency room' then 'emergency' when 'emergency department' then 'emergency' when 'emergency visit' then 'emergency' when 'a&e' then 'emergency' when 'emergency encounter' then 'emergency' when 'urgent' then 'emergency' when 'o' then 'outpatient' when 'op' then 'outpatient' when 'amb' then 'outpatient' when 'ambulatory' then 'outpatient' when 'out-patient' then 'outpatient' when 'out patient' then 'outpatient' when 'outpatient visit' then 'outpatient' when 'clinic' then 'outpatient' when 'office' then 'outpatient' when 'office visit' then 'outpatient' when 'wellness' then 'outpatient' when 'follow-up' then 'outpatient' when 'follow up' then 'outpatient' when 'followup' then 'outpatient' when 'checkup' then 'outpatient' when 'check-up' then 'outpatient' when 'routine' then 'outpatient' when 'vr' then 'outpatient' when 'virtual' then 'outpatient' when 'telehealth' then 'outpatient' when 'telemedicine' then 'outpatient' when 'day case' then 'outpatient' when 'day surgery' then 'outpatient' when 'obsenc' then 'outpatient' when 'observation' then 'outpatient' when 'urgent care' then 'outpatient' when 'urgentcare' then 'outpatient' when 'hh' then 'other' when 'home health' then 'other' when 'home' then 'other' when 'fld' then 'other' when 'field' then 'other' when 'prenc' then 'other' when 'pre-admission' then 'other' when 'hospice' then 'other' when 'snf' then 'other' when 'ss' then 'other' end end as "v_visit_type",
  case when "p_discharge_disposition" is not null then case lower("p_discharge_disposition") when 'home' then 'home' when 'facility' then 'facility' when 'hospice' then 'hospice' when 'died' then 'died' when 'left against advice' then 'left against advice' when 'transfer' then 'transfer' when 'other' then 'other' when '01' then 'home' when '1' then 'home' when '06' then 'home' when '6' then 'home' when '08' then 'home' when '8' then 'home' when 'home or self care' then 'home' when 'home/self care' then 'home' when 'home or self-care' then 'home' when 'self care' then 'home' when 'discharged home' then 'home' when 'routine' then 'home' when 'routine discharge' then 'home' when 'routine discharge to home' then 'home' when 'regular discharge' then 'home' when 'home health' then 'home' when 'home health care' then 'home' when 'home health service' then 'home' when 'home with home health' then 'home' when 'home with services' then 'home' when 'home with service' then 'home' when 'home care' then 'home' when 'home iv' then 'home' when 'alt-home' then 'home' when 'usual place of residence' then 'home' when 'discharged' then 'home' when 'discharge' then 'home' when 'discharged to home' then 'home' when 'discharged/transferred to home with home health service' then 'home' when 'discharged/transferred to home under care of home iv provider' then 'home' when '03' then 'facility' when '3' then 'facility' when '04' then 'facility' when '4' then 'facility' when '61' then 'facility' when '62' then 'facility' when '63' then 'facility' when '64' then 'facility' when '65' then 'facility' when 'snf' then 'facility' when 'icf' then 'facility' when 'irf' then 'facility' when 'ltac' then 'facility' when 'ltach' then 'facility' when 'ltch' then 'facility' when 'rehab' then 'facility' when 'skilled nursing facility' then 'facility' when 'skilled nursing' then 'facility' when 'intermediate care facility' then 'facility' when 'nursing home' then 'facility' when 'nursing facility' then 'facility' when 'rehabilitation' then 'facility' when 'rehab facility' then 'facility' when 'rehabilitation facility' then 'facility' when 'inpatient rehabilitation facility' then 'facility' when 'inpatient rehabilitation' then 'facility' when 'long term care' then 'facility' when 'long-term care' then 'facility' when 'long term care hospital' then 'facility' when 'long' then 'facility' when 'long term acute care' then 'facility' when 'long-term acute care' then 'facility' when 'long term care facility' then 'facility' when 'long-term care facility' then 'facility' when 'chronic/long term acute care' then 'facility' when 'swing bed' then 'facility' when 'assisted living' then 'facility' when 'psych' then 'facility' when 'psych facility' then 'facility' when 'psy' then 'facility' when 'psychiatric hospital' then 'facility' when 'psychiatric facility' then 'facility' when 'other facility' then 'facility' when 'healthcare facility' then 'facility' when 'care home' then 'facility' when 'other healthcare facility' then 'facility' when 'other-hcf' then 'facility' when 'discharged/transferred to snf' then 'facility' when 'discharged/transferred to icf' then 'facility' when 'discharged/transferred to another type of inpatient care institution' then 'facility' when 'discharged/transferred within this institution to medicare approved swing bed' then 'facility' when 'discharged/transferred to another rehab fac including rehab units of a hospital .' then 'facility' when 'discharged/transferred to a long term care hospital.' then 'facility' when 'discharged/transferred to a nursing facility certified under medicaid but not certified under medicare.' then 'facility' when 'discharged/transferred to a federal health care facility.' then 'facility' when 'discharged/transferred/referred to a psychiatric hospital of psychiatric distinct part unit of a hospital' then 'facility' when 'discharged/transferred to another type of health care institution not defined elsewhere' then 'facility' when '50' then 'hospice' when '51' then 'hospice' when 'hospice home' then 'hospice' when 'hospice - home' then 'hospice' when 'home hospice' then 'hospice' when 'hospice facility' then 'hospice' when 'hospice care' then 'hospice' when 'hospice - medical facility' then 'hospice' when 'hospice medical facility' then 'hospice' when 'discharged to hospice' then 'hospice' when 'hospice / home' then 'hospice' when 'hospice / medical facility' then 'hospice' when '20' then 'died' when '40' then 'died' when '41' then 'died' when '42' then 'died' when 'dead' then 'died' when 'death' then 'died' when 'deceased' then 'died' when 'exp' then 'died' when 'died in hospital' then 'died' when 'expired in hospital' then 'died' when 'dead/expired' then 'died' when 'mortality' then 'died' when 'expired at home' then 'died' when 'expired in a medical facility' then 'died' when 'expired, place unknown' then 'died' when 'expired' then 'died' when 'expired at home. medicaid only, hospice.' then 'died' when 'expired in a medical facility. medicaid only, hospice.' then 'died' when 'expired, place unknown. medicaid only, hospice.' then 'died' when '07' then 'left against advice' when '7' then 'left against advice' when 'ama' then 'left against advice' when 'lama' then 'left against advice' when 'dama' then 'left against advice' when 'aadvice' then 'left against advice' when 'against advice' then 'left against advice' when 'against medical advice' then 'left against advice' when 'left against medical advice' then 'left against advice' when 'discharged against medical advice' then 'left against advice' when 'self discharge' then 'left against advice' when 'self-discharge' then 'left against advice' when 'left against medical advice or discontinued care' then 'left against advice' when 'absconded' then 'left against advice' when 'eloped' then 'left against advice' when 'left ama' then 'left against advice' when '02' then 'transfer' when '2' then 'transfer' when '66' then 'transfer' when 'transferred' then 'transfer' when 'transfer out' then 'transfer' when 'transferred out' then 'transfer' when 'acute hospital' then 'transfer' when 'short term hospital' then 'transfer' when 'short-term hospital' then 'transfer' when 'short term general hospital' then 'transfer' when 'short-term general hospital' then 'transfer' when 'another hospital' then 'transfer' when 'other hospital' then 'transfer' when 'transfer to another hospital' then 'transfer' when 'transferred to another hospital' then 'transfer' when 'acute care hospital' then 'transfer' when 'transfer to short-term hospital' then 'transfer' when 'transferred to short term hospital' then 'transfer' when 'critical access hospital' then 'transfer' when 'cah' then 'transfer' when 'discharged/transferred to another short term hospital' then 'transfer' when 'neonate discharged to another hospital for neonatal aftercare' then 'transfer' when 'discharged/transferred to a critical access hospital (cah).' then 'transfer' when '09' then 'other' when '9' then 'other' when 'oth' then 'other' when 'still patient' then 'other' when 'court/law enforcement' then 'other' when 'law enforcement' then 'other' when 'admitted as an inpatient to this hospital' then 'other' when 'still patient or expected to return for outpatient services' then 'other' when 'discharged/transferred/referred another institution for outpatient services' then 'other' when 'discharged/transferred/referred to this institution for outpatient services' then 'other' end end as "v_discharge_disposition",
  case when "p_diagnosis_system" is not null then case lower("p_diagnosis_system") when 'icd-9-cm' then 'icd-9-cm' when 'icd-10' then 'icd-10' when 'snomed' then 'snomed' when 'icd-9' then 'icd-9-cm' when 'icd9' then 'icd-9-cm' when 'icd 9' then 'icd-9-cm' when 'icd9cm' then 'icd-9-cm' when 'icd9-cm' then 'icd-9-cm' when 'icd-9cm' then 'icd-9-cm' when 'icd 9 cm' then 'icd-9-cm' when 'i9' then 'icd-9-cm' when 'i9c' then 'icd-9-cm' when '9' then 'icd-9-cm' when '09' then 'icd-9-cm' when 'http://hl7.org/fhir/sid/icd-9-cm' then 'icd-9-cm' when '2.16.840.1.113883.6.103' then 'icd-9-cm' when 'icd10' then 'icd-10' when 'icd 10' then 'icd-10' when 'icd-10-cm' then 'icd-10' when 'icd10cm' then 'icd-10' when 'icd10-cm' then 'icd-10' when 'icd-10cm' then 'icd-10' when 'icd 10 cm' then 'icd-10' when 'icd-10-who' then 'icd-10' when 'icd-10-gm' then 'icd-10' when 'i10' then 'icd-10' when 'i10c' then 'icd-10' when '10' then 'icd-10' when 'http://hl7.org/fhir/sid/icd-10' then 'icd-10' when 'http://hl7.org/fhir/sid/icd-10-cm' then 'icd-10' when '2.16.840.1.113883.6.3' then 'icd-10' when '2.16.840.1.113883.6.90' then 'icd-10' when 'snomed ct' then 'snomed' when 'snomed-ct' then 'snomed' when 'snomedct' then 'snomed' when 'snomed ct us' then 'snomed' when 'sct' then 'snomed' when 'sm' then 'snomed' when 'http://snomed.info/sct' then 'snomed' when '2.16.840.1.113883.6.96' then 'snomed' end end as "v_diagnosis_system",
  "p_diagnosis_code" as "v_diagnosis_code",
  "p_diagnosis_description" as "v_diagnosis_description",
  case when regexp_full_match("p_blood_pressure", '[1-9][0-9]{1,2}/[1-9][0-9]{1,2}') then "p_blood_pressure"
    when regexp_full_match("p_blood_pressure", '[0-9]{2,3} ?/ ?[0-9]{2,3}( ?mm ?[Hh][Gg])?') then cast(cast(trim(both ' ' from split_part("p_blood_pressure", '/', 1)) as bigint) as string) || '/' || cast(cast(regexp_extract(split_part("p_blood_pressure", '/', 2), '[0-9]+', 0) as bigint) as string) end as "v_blood_pressure",
  cast(case when regexp_full_match("p_glucose_level", '[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)') then try_cast("p_glucose_level" as decimal(18,1)) when regexp_full_match("p_glucose_level", '[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)[eE][+-]?[0-9]{1,3}') then try_cast(try_cast(try_cast("p_glucose_level" as double) as decimal(15,6)) as decimal(18,1)) when lower("p_glucose_level") like '%mg/dl' and lower(trim(both ' ' from substr("p_glucose_level", length(regexp_extract("p_glucose_level", '^[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)', 0)) + 1))) = 'mg/dl' then try_cast(try_cast(regexp_extract("p_glucose_level", '^[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)', 0) as decimal(24,6)) * cast(1 as decimal(10,4)) as decimal(18,1)) when lower("p_glucose_level") like '%mmol/l' and lower(trim(both ' ' from substr("p_glucose_level", length(regexp_extract("p_glucose_level", '^[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)', 0)) + 1))) = 'mmol/l' then try_cast(try_cast(regexp_extract("p_glucose_level", '^[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)', 0) as decimal(24,6)) * cast(18.0182 as decimal(10,4)) as decimal(18,1)) end as double) as "v_glucose_level",
  coalesce(try_cast(case when regexp_full_match("p_heart_rate", '[+-]?[0-9]{1,18}') then "p_heart_rate" end as bigint), cast(case when floor(case when regexp_full_match("p_heart_rate", '[+-]?[0-9]{1,18}') then null else case when regexp_full_match("p_heart_rate", '[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)') then try_cast("p_heart_rate" as decimal(18,6)) when regexp_full_match("p_heart_rate", '[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)[eE][+-]?[0-9]{1,3}') then try_cast(try_cast(try_cast("p_heart_rate" as double) as decimal(15,6)) as decimal(18,6)) when lower("p_heart_rate") like '%/min' and lower(trim(both ' ' from substr("p_heart_rate", length(regexp_extract("p_heart_rate", '^[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)', 0)) + 1))) = '/min' then try_cast(try_cast(regexp_extract("p_heart_rate", '^[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)', 0) as decimal(24,6)) * cast(1 as decimal(10,4)) as decimal(18,6)) when lower("p_heart_rate") like '%bpm' and lower(trim(both ' ' from substr("p_heart_rate", length(regexp_extract("p_heart_rate", '^[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)', 0)) + 1))) = 'bpm' then try_cast(try_cast(regexp_extract("p_heart_rate", '^[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)', 0) as decimal(24,6)) * cast(1 as decimal(10,4)) as decimal(18,6)) when lower("p_heart_rate") like '%beats/min' and lower(trim(both ' ' from substr("p_heart_rate", length(regexp_extract("p_heart_rate", '^[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)', 0)) + 1))) = 'beats/min' then try_cast(try_cast(regexp_extract("p_heart_rate", '^[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)', 0) as decimal(24,6)) * cast(1 as decimal(10,4)) as decimal(18,6)) end end) = case when regexp_full_match("p_heart_rate", '[+-]?[0-9]{1,18}') then null else case when regexp_full_match("p_heart_rate", '[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)') then try_cast("p_heart_rate" as decimal(18,6)) when regexp_full_match("p_heart_rate", '[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)[eE][+-]?[0-9]{1,3}') then try_cast(try_cast(try_cast("p_heart_rate" as double) as decimal(15,6)) as decimal(18,6)) when lower("p_heart_rate") like '%/min' and lower(trim(both ' ' from substr("p_heart_rate", length(regexp_extract("p_heart_rate", '^[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)', 0)) + 1))) = '/min' then try_cast(try_cast(regexp_extract("p_heart_rate", '^[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)', 0) as decimal(24,6)) * cast(1 as decimal(10,4)) as decimal(18,6)) when lower("p_heart_rate") like '%bpm' and lower(trim(both ' ' from substr("p_heart_rate", length(regexp_extract("p_heart_rate", '^[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)', 0)) + 1))) = 'bpm' then try_cast(try_cast(regexp_extract("p_heart_rate", '^[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)', 0) as decimal(24,6)) * cast(1 as decimal(10,4)) as decimal(18,6)) when lower("p_heart_rate") like '%beats/min' and lower(trim(both ' ' from substr("p_heart_rate", length(regexp_extract("p_heart_rate", '^[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)', 0)) + 1))) = 'beats/min' then try_cast(try_cast(regexp_extract("p_heart_rate", '^[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)', 0) as decimal(24,6)) * cast(1 as decimal(10,4)) as decimal(18,6)) end end then case when regexp_full_match("p_heart_rate", '[+-]?[0-9]{1,18}') then null else case when regexp_full_match("p_heart_rate", '[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)') then try_cast("p_heart_rate" as decimal(18,6)) when regexp_full_match("p_heart_rate", '[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)[eE][+-]?[0-9]{1,3}') then try_cast(try_cast(try_cast("p_heart_rate" as double) as decimal(15,6)) as decimal(18,6)) when lower("p_heart_rate") like '%/min' and lower(trim(both ' ' from substr("p_heart_rate", length(regexp_extract("p_heart_rate", '^[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)', 0)) + 1))) = '/min' then try_cast(try_cast(regexp_extract("p_heart_rate", '^[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)', 0) as decimal(24,6)) * cast(1 as decimal(10,4)) as decimal(18,6)) when lower("p_heart_rate") like '%bpm' and lower(trim(both ' ' from substr("p_heart_rate", length(regexp_extract("p_heart_rate", '^[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)', 0)) + 1))) = 'bpm' then try_cast(try_cast(regexp_extract("p_heart_rate", '^[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)', 0) as decimal(24,6)) * cast(1 as decimal(10,4)) as decimal(18,6)) when lower("p_heart_rate") like '%beats/min' and lower(trim(both ' ' from substr("p_heart_rate", length(regexp_extract("p_heart_rate", '^[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)', 0)) + 1))) = 'beats/min' then try_cast(try_cast(regexp_extract("p_heart_rate", '^[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)', 0) as decimal(24,6)) * cast(1 as decimal(10,4)) as decimal(18,6)) end end end as bigint)) as "v_heart_rate",
  "p_a1c_result" as "v_a1c_result",
  "p_specialty" as "v_specialty",
  "p_payer" as "v_payer",
  "p_facility" as "v_facility"
from (
select _file, _row, _item, _line, _lines,
  "o_visit_id",
  "o_patient_id",
  "o_visit_date",
  "o_discharge_date",
  "o_admitted_at",
  "o_discharged_at",
  "o_visit_type",
  "o_discharge_disposition",
  "o_diagnosis_system",
  "o_diagnosis_code",
  "o_diagnosis_description",
  "o_blood_pressure",
  "o_glucose_level",
  "o_heart_rate",
  "o_a1c_result",
  "o_specialty",
  "o_payer",
  "o_facility",
  "t_visit_id",
  "t_patient_id",
  "t_visit_date",
  "t_discharge_date",
  "t_admitted_at",
  "t_discharged_at",
  "t_visit_type",
  "t_discharge_disposition",
  "t_diagnosis_system",
  "t_diagnosis_code",
  "t_diagnosis_description",
  "t_blood_pressure",
  "t_glucose_level",
  "t_heart_rate",
  "t_a1c_result",
  "t_specialty",
  "t_payer",
  "t_facility",
  "t_visit_id" as "p_visit_id",
  "t_patient_id" as "p_patient_id",
  case when regexp_full_match("t_visit_date", '[0-9]{4}-[0-9]{2}-[0-9]{2}') then "t_visit_date" when regexp_full_match("t_visit_date", '[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}[^~]*') then substr("t_visit_date", 1, 10) when regexp_full_match("t_visit_date", '[0-9]{4}/[0-9]{2}/[0-9]{2}') then replace("t_visit_date", '/', '-') when regexp_full_match("t_visit_date", '[0-9]{8}') then substr("t_visit_date", 1, 4) || '-' || substr("t_visit_date", 5, 2) || '-' || substr("t_visit_date", 7, 2) when regexp_full_match("t_visit_date", '[0-9]{1,2}[.][0-9]{1,2}[.][0-9]{4}') then split_part("t_visit_date", '.', 3) || '-' || lpad(split_part("t_visit_date", '.', 2), 2, '0') || '-' || lpad(split_part("t_visit_date", '.', 1), 2, '0') end as "p_visit_date",
  case when regexp_full_match("t_discharge_date", '[0-9]{4}-[0-9]{2}-[0-9]{2}') then "t_discharge_date" when regexp_full_match("t_discharge_date", '[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}[^~]*') then substr("t_discharge_date", 1, 10) when regexp_full_match("t_discharge_date", '[0-9]{4}/[0-9]{2}/[0-9]{2}') then replace("t_discharge_date", '/', '-') when regexp_full_match("t_discharge_date", '[0-9]{8}') then substr("t_discharge_date", 1, 4) || '-' || substr("t_discharge_date", 5, 2) || '-' || substr("t_discharge_date", 7, 2) when regexp_full_match("t_discharge_date", '[0-9]{1,2}[.][0-9]{1,2}[.][0-9]{4}') then split_part("t_discharge_date", '.', 3) || '-' || lpad(split_part("t_discharge_date", '.', 2), 2, '0') || '-' || lpad(split_part("t_discharge_date", '.', 1), 2, '0') end as "p_discharge_date",
  case when regexp_full_match("t_admitted_at", '[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,9})?( ?(Z|[+-][0-9]{2}:?[0-9]{2}))?') then substr("t_admitted_at", 1, 10) || ' ' || substr("t_admitted_at", 12, 8) when regexp_full_match("t_admitted_at", '[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]([01][0-9]|2[0-3]):[0-5][0-9]( ?(Z|[+-][0-9]{2}:?[0-9]{2}))?') then substr("t_admitted_at", 1, 10) || ' ' || substr("t_admitted_at", 12, 5) || ':00' end as "p_admitted_at",
  case when regexp_full_match("t_discharged_at", '[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,9})?( ?(Z|[+-][0-9]{2}:?[0-9]{2}))?') then substr("t_discharged_at", 1, 10) || ' ' || substr("t_discharged_at", 12, 8) when regexp_full_match("t_discharged_at", '[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]([01][0-9]|2[0-3]):[0-5][0-9]( ?(Z|[+-][0-9]{2}:?[0-9]{2}))?') then substr("t_discharged_at", 1, 10) || ' ' || substr("t_discharged_at", 12, 5) || ':00' end as "p_discharged_at",
  "t_visit_type" as "p_visit_type",
  "t_discharge_disposition" as "p_discharge_disposition",
  "t_diagnosis_system" as "p_diagnosis_system",
  "t_diagnosis_code" as "p_diagnosis_code",
  "t_diagnosis_description" as "p_diagnosis_description",
  "t_blood_pressure" as "p_blood_pressure",
  "t_glucose_level" as "p_glucose_level",
  "t_heart_rate" as "p_heart_rate",
  "t_a1c_result" as "p_a1c_result",
  "t_specialty" as "p_specialty",
  "t_payer" as "p_payer",
  "t_facility" as "p_facility"
from (
select _file, _row, _item, _line, _lines,
  "o_visit_id",
  "o_patient_id",
  "o_visit_date",
  "o_discharge_date",
  "o_admitted_at",
  "o_discharged_at",
  "o_visit_type",
  "o_discharge_disposition",
  "o_diagnosis_system",
  "o_diagnosis_code",
  "o_diagnosis_description",
  "o_blood_pressure",
  "o_glucose_level",
  "o_heart_rate",
  "o_a1c_result",
  "o_specialty",
  "o_payer",
  "o_facility",
  case when length("s_visit_id") <= 4 and not ("s_visit_id" >= '0' and "s_visit_id" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_visit_id") || '|') > 0 then null else "s_visit_id" end as "t_visit_id",
  case when length("s_patient_id") <= 4 and not ("s_patient_id" >= '0' and "s_patient_id" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_patient_id") || '|') > 0 then null else "s_patient_id" end as "t_patient_id",
  case when length("s_visit_date") <= 4 and not ("s_visit_date" >= '0' and "s_visit_date" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_visit_date") || '|') > 0 then null else "s_visit_date" end as "t_visit_date",
  case when length("s_discharge_date") <= 4 and not ("s_discharge_date" >= '0' and "s_discharge_date" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_discharge_date") || '|') > 0 then null else "s_discharge_date" end as "t_discharge_date",
  case when length("s_admitted_at") <= 4 and not ("s_admitted_at" >= '0' and "s_admitted_at" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_admitted_at") || '|') > 0 then null else "s_admitted_at" end as "t_admitted_at",
  case when length("s_discharged_at") <= 4 and not ("s_discharged_at" >= '0' and "s_discharged_at" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_discharged_at") || '|') > 0 then null else "s_discharged_at" end as "t_discharged_at",
  case when length("s_visit_type") <= 4 and not ("s_visit_type" >= '0' and "s_visit_type" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_visit_type") || '|') > 0 then null else "s_visit_type" end as "t_visit_type",
  case when length("s_discharge_disposition") <= 4 and not ("s_discharge_disposition" >= '0' and "s_discharge_disposition" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_discharge_disposition") || '|') > 0 then null else "s_discharge_disposition" end as "t_discharge_disposition",
  case when length("s_diagnosis_system") <= 4 and not ("s_diagnosis_system" >= '0' and "s_diagnosis_system" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_diagnosis_system") || '|') > 0 then null else "s_diagnosis_system" end as "t_diagnosis_system",
  case when length("s_diagnosis_code") <= 4 and not ("s_diagnosis_code" >= '0' and "s_diagnosis_code" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_diagnosis_code") || '|') > 0 then null else "s_diagnosis_code" end as "t_diagnosis_code",
  case when length("s_diagnosis_description") <= 4 and not ("s_diagnosis_description" >= '0' and "s_diagnosis_description" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_diagnosis_description") || '|') > 0 then null else "s_diagnosis_description" end as "t_diagnosis_description",
  case when length("s_blood_pressure") <= 4 and not ("s_blood_pressure" >= '0' and "s_blood_pressure" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_blood_pressure") || '|') > 0 then null else "s_blood_pressure" end as "t_blood_pressure",
  case when length("s_glucose_level") <= 4 and not ("s_glucose_level" >= '0' and "s_glucose_level" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_glucose_level") || '|') > 0 then null else "s_glucose_level" end as "t_glucose_level",
  case when length("s_heart_rate") <= 4 and not ("s_heart_rate" >= '0' and "s_heart_rate" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_heart_rate") || '|') > 0 then null else "s_heart_rate" end as "t_heart_rate",
  case when length("s_a1c_result") <= 4 and not ("s_a1c_result" >= '0' and "s_a1c_result" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_a1c_result") || '|') > 0 then null else "s_a1c_result" end as "t_a1c_result",
  case when length("s_specialty") <= 4 and not ("s_specialty" >= '0' and "s_specialty" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_specialty") || '|') > 0 then null else "s_specialty" end as "t_specialty",
  case when length("s_payer") <= 4 and not ("s_payer" >= '0' and "s_payer" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_payer") || '|') > 0 then null else "s_payer" end as "t_payer",
  case when length("s_facility") <= 4 and not ("s_facility" >= '0' and "s_facility" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_facility") || '|') > 0 then null else "s_facility" end as "t_facility"
from (
select _file, _row, _item, _line, _lines,
  "o_visit_id",
  "o_patient_id",
  "o_visit_date",
  "o_discharge_date",
  "o_admitted_at",
  "o_discharged_at",
  "o_visit_type",
  "o_discharge_disposition",
  "o_diagnosis_system",
  "o_diagnosis_code",
  "o_diagnosis_description",
  "o_blood_pressure",
  "o_glucose_level",
  "o_heart_rate",
  "o_a1c_result",
  "o_specialty",
  "o_payer",
  "o_facility",
  case when not regexp_full_match("o_visit_id", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_visit_id") else "o_visit_id" end as "s_visit_id",
  case when not regexp_full_match("o_patient_id", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_patient_id") else "o_patient_id" end as "s_patient_id",
  case when not regexp_full_match("o_visit_date", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_visit_date") else "o_visit_date" end as "s_visit_date",
  case when not regexp_full_match("o_discharge_date", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_discharge_date") else "o_discharge_date" end as "s_discharge_date",
  case when not regexp_full_match("o_admitted_at", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_admitted_at") else "o_admitted_at" end as "s_admitted_at",
  case when not regexp_full_match("o_discharged_at", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_discharged_at") else "o_discharged_at" end as "s_discharged_at",
  case when not regexp_full_match("o_visit_type", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_visit_type") else "o_visit_type" end as "s_visit_type",
  case when not regexp_full_match("o_discharge_disposition", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_discharge_disposition") else "o_discharge_disposition" end as "s_discharge_disposition",
  case when not regexp_full_match("o_diagnosis_system", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_diagnosis_system") else "o_diagnosis_system" end as "s_diagnosis_system",
  case when not regexp_full_match("o_diagnosis_code", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_diagnosis_code") else "o_diagnosis_code" end as "s_diagnosis_code",
  case when not regexp_full_match("o_diagnosis_description", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_diagnosis_description") else "o_diagnosis_description" end as "s_diagnosis_description",
  case when not regexp_full_match("o_blood_pressure", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_blood_pressure") else "o_blood_pressure" end as "s_blood_pressure",
  case when not regexp_full_match("o_glucose_level", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_glucose_level") else "o_glucose_level" end as "s_glucose_level",
  case when not regexp_full_match("o_heart_rate", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_heart_rate") else "o_heart_rate" end as "s_heart_rate",
  case when not regexp_full_match("o_a1c_result", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_a1c_result") else "o_a1c_result" end as "s_a1c_result",
  case when not regexp_full_match("o_specialty", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_specialty") else "o_specialty" end as "s_specialty",
  case when not regexp_full_match("o_payer", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_payer") else "o_payer" end as "s_payer",
  case when not regexp_full_match("o_facility", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_facility") else "o_facility" end as "s_facility"
from (
select _file, _row, _item, _line, _lines,
  "visit_id" as "o_visit_id",
  "patient_id" as "o_patient_id",
  "visit_date" as "o_visit_date",
  "discharge_date" as "o_discharge_date",
  "admitted_at" as "o_admitted_at",
  "discharged_at" as "o_discharged_at",
  "visit_type" as "o_visit_type",
  "discharge_disposition" as "o_discharge_disposition",
  "diagnosis_system" as "o_diagnosis_system",
  "diagnosis_code" as "o_diagnosis_code",
  "diagnosis_description" as "o_diagnosis_description",
  "blood_pressure" as "o_blood_pressure",
  "glucose_level" as "o_glucose_level",
  "heart_rate" as "o_heart_rate",
  "a1c_result" as "o_a1c_result",
  "specialty" as "o_specialty",
  "payer" as "o_payer",
  "facility" as "o_facility"
from (
select r._file, r._row, r._line, r._lines, cast(0 as bigint) as _item,
  r.c0 as visit_id,
  r.c3 as patient_id,
  r.c1 as visit_date,
  r.c2 as discharge_date,
  case when length(trim(both ' ' from coalesce(r.c1, ''))) > 10 then r.c1 end as admitted_at,
  case when length(trim(both ' ' from coalesce(r.c2, ''))) > 10 then r.c2 end as discharged_at,
  r.c7 as visit_type,
  case when trim(both ' ' from coalesce(r.c13, '')) <> '' then 'snomed' end as diagnosis_system,
  r.c13 as diagnosis_code,
  r.c14 as diagnosis_description,
  coalesce(o.name, r.c4) as facility,
  coalesce(y.name, r.c6) as payer,
  s.name as specialty,
  case when d.died_on between substr(trim(both ' ' from coalesce(r.c1, '')), 1, 10) and coalesce(nullif(substr(trim(both ' ' from coalesce(r.c2, '')), 1, 10), ''), d.died_on) then 'died' end as discharge_disposition,
  b.blood_pressure as blood_pressure,
  m.glucose_level as glucose_level,
  m.heart_rate as heart_rate,
  m.a1c_result as a1c_result
from raw as r
left join (
select "Id" as id, max_by("NAME", _file || ' ' || lpad(cast(_row as string), 20, '0')) as name
from (
  select _file, _row, case when lower(trim(both ' ' from coalesce(c0, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c0, '')) end as "Id", case when lower(trim(both ' ' from coalesce(c1, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c1, '')) end as "NAME"
  from organizations_0
) as named
where "Id" <> '' and "NAME" <> ''
group by "Id"
) as o on o.id = trim(both ' ' from coalesce(r.c4, ''))
left join (
select "Id" as id, max_by("NAME", _file || ' ' || lpad(cast(_row as string), 20, '0')) as name
from (
  select _file, _row, case when lower(trim(both ' ' from coalesce(c0, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c0, '')) end as "Id", case when lower(trim(both ' ' from coalesce(c1, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c1, '')) end as "NAME"
  from payers_0
) as named
where "Id" <> '' and "NAME" <> ''
group by "Id"
) as y on y.id = trim(both ' ' from coalesce(r.c6, ''))
left join (
select "Id" as id, max_by("SPECIALITY", _file || ' ' || lpad(cast(_row as string), 20, '0')) as name
from (
  select _file, _row, case when lower(trim(both ' ' from coalesce(c0, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c0, '')) end as "Id", case when lower(trim(both ' ' from coalesce(c4, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c4, '')) end as "SPECIALITY"
  from providers_0
) as named
where "Id" <> '' and "SPECIALITY" <> ''
group by "Id"
) as s on s.id = trim(both ' ' from coalesce(r.c5, ''))
left join (
select l.visit_id, l.patient_id, p.died_on
from (
  select "PATIENT" as patient_id, max_by("Id", substr(replace("START", 'T', ' ') || ' 00:00:00', 1, 19) || ' ' || _file || ' ' || lpad(cast(_row as string), 20, '0')) as visit_id
  from (
  select _file, _row, case when lower(trim(both ' ' from coalesce(c0, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c0, '')) end as "Id", case when lower(trim(both ' ' from coalesce(c3, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c3, '')) end as "PATIENT", case when lower(trim(both ' ' from coalesce(c1, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c1, '')) end as "START", case when lower(trim(both ' ' from coalesce(c7, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c7, '')) end as "ENCOUNTERCLASS"
  from encounters_0
  ) as stays
  where lower("ENCOUNTERCLASS") in ('inpatient', 'emergency')
  group by "PATIENT"
) as l
join (
  select "Id" as patient_id, max(substr("DEATHDATE", 1, 10)) as died_on
  from (
  select _file, _row, case when lower(trim(both ' ' from coalesce(c0, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c0, '')) end as "Id", case when lower(trim(both ' ' from coalesce(c2, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c2, '')) end as "DEATHDATE"
  from patients_0
  ) as dead
  where "DEATHDATE" <> ''
  group by "Id"
) as p on p.patient_id = l.patient_id
) as d on d.visit_id = trim(both ' ' from coalesce(r.c0, '')) and d.patient_id = trim(both ' ' from coalesce(r.c3, ''))
left join (
select visit_id, patient_id,
  max_by(amount, case when code in ('2339-0', '2345-7') and amount is not null then place end) as glucose_level,
  max_by(whole, case when code in ('8867-4') and whole is not null then place end) as heart_rate,
  max_by(amount, case when code in ('4548-4') and amount is not null then place end) as a1c_result
from (
select visit_id, patient_id, code, taken_at, place, amount,
  case when regexp_full_match(amount, '[0-9]{1,9}[.][0-9]{1,6}') then cast(cast(floor(try_cast(amount as decimal(18,6)) + 0.5) as bigint) as string) else amount end as whole
from (
  select "ENCOUNTER" as visit_id, "PATIENT" as patient_id, "CODE" as code, substr(replace("DATE", 'T', ' ') || ' 00:00:00', 1, 19) as taken_at,
    substr(replace("DATE", 'T', ' ') || ' 00:00:00', 1, 19) || ' ' || _file || ' ' || lpad(cast(_row as string), 20, '0') as place,
    case when "CODE" in ('2339-0', '2345-7') and lower("UNITS") not in ('', 'mg/dl') then "VALUE" || ' ' || "UNITS" when "CODE" in ('8867-4') and lower("UNITS") not in ('', '/min', '{beats}/min') then "VALUE" || ' ' || "UNITS" when "CODE" in ('4548-4') and lower("UNITS") not in ('', '%') then "VALUE" || ' ' || "UNITS" else "VALUE" end as amount
  from (
  select _file, _row, case when lower(trim(both ' ' from coalesce(c0, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c0, '')) end as "DATE", case when lower(trim(both ' ' from coalesce(c1, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c1, '')) end as "PATIENT", case when lower(trim(both ' ' from coalesce(c2, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c2, '')) end as "ENCOUNTER", case when lower(trim(both ' ' from coalesce(c4, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c4, '')) end as "CODE", case when lower(trim(both ' ' from coalesce(c6, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c6, '')) end as "VALUE", case when lower(trim(both ' ' from coalesce(c7, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c7, '')) end as "UNITS"
  from observations_0
  ) as observed
  where "CODE" in ('2339-0', '2345-7', '8867-4', '4548-4') and "VALUE" <> '' and "PATIENT" <> ''
) as measured
) as stated
where visit_id <> ''
group by visit_id, patient_id
) as m on m.visit_id = trim(both ' ' from coalesce(r.c0, '')) and m.patient_id = trim(both ' ' from coalesce(r.c3, ''))
left join (
select visit_id, patient_id, max_by(systolic || '/' || diastolic, taken_at) as blood_pressure
from (
  select visit_id, patient_id, taken_at,
    max_by(whole, case when code in ('8480-6') and whole is not null then place end) as systolic,
    max_by(whole, case when code in ('8462-4') and whole is not null then place end) as diastolic
  from (
select visit_id, patient_id, code, taken_at, place, amount,
  case when regexp_full_match(amount, '[0-9]{1,9}[.][0-9]{1,6}') then cast(cast(floor(try_cast(amount as decimal(18,6)) + 0.5) as bigint) as string) else amount end as whole
from (
  select "ENCOUNTER" as visit_id, "PATIENT" as patient_id, "CODE" as code, substr(replace("DATE", 'T', ' ') || ' 00:00:00', 1, 19) as taken_at,
    substr(replace("DATE", 'T', ' ') || ' 00:00:00', 1, 19) || ' ' || _file || ' ' || lpad(cast(_row as string), 20, '0') as place,
    case when "CODE" in ('8480-6') and lower("UNITS") not in ('', 'mm[hg]', 'mmhg') then "VALUE" || ' ' || "UNITS" when "CODE" in ('8462-4') and lower("UNITS") not in ('', 'mm[hg]', 'mmhg') then "VALUE" || ' ' || "UNITS" else "VALUE" end as amount
  from (
  select _file, _row, case when lower(trim(both ' ' from coalesce(c0, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c0, '')) end as "DATE", case when lower(trim(both ' ' from coalesce(c1, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c1, '')) end as "PATIENT", case when lower(trim(both ' ' from coalesce(c2, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c2, '')) end as "ENCOUNTER", case when lower(trim(both ' ' from coalesce(c4, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c4, '')) end as "CODE", case when lower(trim(both ' ' from coalesce(c6, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c6, '')) end as "VALUE", case when lower(trim(both ' ' from coalesce(c7, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c7, '')) end as "UNITS"
  from observations_0
  ) as observed
  where "CODE" in ('8480-6', '8462-4') and "VALUE" <> '' and "PATIENT" <> ''
) as measured
  ) as stated
  where visit_id <> ''
  group by visit_id, patient_id, taken_at
) as pairs
where systolic is not null and diastolic is not null
group by visit_id, patient_id
) as b on b.visit_id = trim(both ' ' from coalesce(r.c0, '')) and b.patient_id = trim(both ' ' from coalesce(r.c3, ''))
)
)
)
)
)
)
)
)
