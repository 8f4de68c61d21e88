select 'uci-diabetes' as source,
  'uci-diabetes:' || "v_prescription_id" as "prescription_id",
  'uci-diabetes:' || "v_patient_id" as "patient_id",
  'uci-diabetes:' || "v_visit_id" as "visit_id",
  case when "r_drug_name" is null then "v_drug_name" end as "drug_name",
  cast(null as string) as "drug_code",
  case when "r_drug_category" is null then "v_drug_category" end as "drug_category",
  case when "r_dosage" is null then "v_dosage" end as "dosage",
  cast(null as double) as "quantity",
  cast(null as bigint) as "days_supply",
  cast(null as date) as "prescribed_date",
  cast(null as bigint) as "refill_count",
  cast(2 as bigint) as _batch,
  _file, _row, _item, _line, _lines,
  false as _primary,
  coalesce("r_prescription_id", "r_drug_name", "g_0") is not null as _rejected,
  case when coalesce("r_prescription_id", "r_patient_id", "r_visit_id", "r_drug_name", "r_drug_category", "r_dosage", "g_0") is not null then concat_ws('␞', case when "r_prescription_id" is not null then 'prescription_id' || '␟' || "r_prescription_id" || '␟' || 'reject' || '␟' || translate(substr(coalesce("o_prescription_id", ''), 1, 500), '␞␟', '  ') end, case when "r_patient_id" is not null then 'patient_id' || '␟' || "r_patient_id" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_patient_id", ''), 1, 500), '␞␟', '  ') end, case when "r_visit_id" is not null then 'visit_id' || '␟' || "r_visit_id" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_visit_id", ''), 1, 500), '␞␟', '  ') end, case when "r_drug_name" is not null then 'drug_name' || '␟' || "r_drug_name" || '␟' || 'reject' || '␟' || translate(substr(coalesce("o_drug_name", ''), 1, 500), '␞␟', '  ') end, case when "r_drug_category" is not null then 'drug_category' || '␟' || "r_drug_category" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_drug_category", ''), 1, 500), '␞␟', '  ') end, case when "r_dosage" is not null then 'dosage' || '␟' || "r_dosage" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_dosage", ''), 1, 500), '␞␟', '  ') end, case when "g_0" is not null then 'patient_id or visit_id' || '␟' || "g_0" || '␟' || 'reject' || '␟' || translate(substr(coalesce(null, ''), 1, 500), '␞␟', '  ') end) end as _issues
from (
select _file, _row, _item, _line, _lines,
  "o_prescription_id",
  "o_patient_id",
  "o_visit_id",
  "o_drug_name",
  "o_drug_category",
  "o_dosage",
  "v_prescription_id",
  "v_patient_id",
  "v_visit_id",
  "v_drug_name",
  "v_drug_category",
  "v_dosage",
  "r_prescription_id",
  "r_patient_id",
  "r_visit_id",
  "r_drug_name",
  "r_drug_category",
  "r_dosage",
  case when ("v_patient_id" is null or "r_patient_id" is not null) and ("v_visit_id" is null or "r_visit_id" is not null) and true then 'required_missing' end as "g_0"
from (
select _file, _row, _item, _line, _lines,
  "o_prescription_id",
  "o_patient_id",
  "o_visit_id",
  "o_drug_name",
  "o_drug_category",
  "o_dosage",
  "v_prescription_id",
  "v_patient_id",
  "v_visit_id",
  "v_drug_name",
  "v_drug_category",
  "v_dosage",
  case when "t_prescription_id" is null then 'required_missing' when "t_prescription_id" is null then null end as "r_prescription_id",
  cast(null as string) as "r_patient_id",
  cast(null as string) as "r_visit_id",
  case when "t_drug_name" is null then 'required_missing' when "t_drug_name" is null then null end as "r_drug_name",
  case when "t_drug_category" is null then null when "v_drug_category" is null then 'not_allowed' end as "r_drug_category",
  cast(null as string) as "r_dosage"
from (
select _file, _row, _item, _line, _lines,
  "o_prescription_id",
  "o_patient_id",
  "o_visit_id",
  "o_drug_name",
  "o_drug_category",
  "o_dosage",
  "t_prescription_id",
  "t_patient_id",
  "t_visit_id",
  "t_drug_name",
  "t_drug_category",
  "t_dosage",
  "p_prescription_id",
  "p_patient_id",
  "p_visit_id",
  "p_drug_name",
  "p_drug_category",
  "p_dosage",
  "p_prescription_id" as "v_prescription_id",
  "p_patient_id" as "v_patient_id",
  "p_visit_id" as "v_visit_id",
  "p_drug_name" as "v_drug_name",
  case when "p_drug_category" is not null then case lower("p_drug_category") when 'antibiotic' then 'Antibiotic' when 'antiviral' then 'Antiviral' when 'analgesic' then 'Analgesic' when 'antihypertensive' then 'Antihypertensive' when 'antidiabetic' then 'Antidiabetic' when 'anticoagulant' then 'Anticoagulant' when 'lipid-lowering' then 'Lipid-lowering' when 'cardiac' then 'Cardiac' when 'diuretic' then 'Diuretic' when 'respiratory' then 'Respiratory' when 'corticosteroid' then 'Corticosteroid' when 'gastrointestinal' then 'Gastrointestinal' when 'psychotropic' then 'Psychotropic' when 'antiepileptic' then 'Antiepileptic' when 'antineoplastic' then 'Antineoplastic' when 'hormone' then 'Hormone' when 'vaccine' then 'Vaccine' when 'supplement' then 'Supplement' when 'other' then 'Other' when 'antibiotics' then 'Antibiotic' when 'antibacterial' then 'Antibiotic' when 'anti-infective' then 'Antibiotic' when 'antimicrobial' then 'Antibiotic' when 'antivirals' then 'Antiviral' when 'analgesics' then 'Analgesic' when 'painkiller' then 'Analgesic' when 'pain reliever' then 'Analgesic' when 'pain relief' then 'Analgesic' when 'opioid' then 'Analgesic' when 'nsaid' then 'Analgesic' when 'anti-inflammatory' then 'Analgesic' when 'antihypertensives' then 'Antihypertensive' when 'blood pressure' then 'Antihypertensive' when 'ace inhibitor' then 'Antihypertensive' when 'beta blocker' then 'Antihypertensive' when 'beta-blocker' then 'Antihypertensive' when 'antidiabetics' then 'Antidiabetic' when 'anti-diabetic' then 'Antidiabetic' when 'hypoglycemic' then 'Antidiabetic' when 'hypoglycaemic' then 'Antidiabetic' when 'insulin' then 'Antidiabetic' when 'diabetes' then 'Antidiabetic' when 'anticoagulants' then 'Anticoagulant' when 'antithrombotic' then 'Anticoagulant' when 'antiplatelet' then 'Anticoagulant' when 'blood thinner' then 'Anticoagulant' when 'lipid lowering' then 'Lipid-lowering' when 'statin' then 'Lipid-lowering' when 'statins' then 'Lipid-lowering' when 'antihyperlipidemic' then 'Lipid-lowering' when 'cardiovascular' then 'Cardiac' when 'antiarrhythmic' then 'Cardiac' when 'antianginal' then 'Cardiac' when 'nitrate' then 'Cardiac' when 'diuretics' then 'Diuretic' when 'loop diuretic' then 'Diuretic' when 'thiazide' then 'Diuretic' when 'bronchodilator' then 'Respiratory' when 'bronchodilators' then 'Respiratory' when 'inhaler' then 'Respiratory' when 'antiasthmatic' then 'Respiratory' when 'corticosteroids' then 'Corticosteroid' when 'steroid' then 'Corticosteroid' when 'steroids' then 'Corticosteroid' when 'antacid' then 'Gastrointestinal' when 'proton pump inhibitor' then 'Gastrointestinal' when 'ppi' then 'Gastrointestinal' when 'antiemetic' then 'Gastrointestinal' when 'laxative' then 'Gastrointestinal' when 'antidepressant' then 'Psychotropic' when 'antipsychotic' then 'Psychotropic' when 'anxiolytic' then 'Psychotropic' when 'psychiatric' then 'Psychotropic' when 'sedative' then 'Psychotropic' when 'ssri' then 'Psychotropic' when 'anticonvulsant' then 'Antiepileptic' when 'antiepileptics' then 'Antiepileptic' when 'chemotherapy' then 'Antineoplastic' when 'anticancer' then 'Antineoplastic' when 'oncology' then 'Antineoplastic' when 'hormonal' then 'Hormone' when 'contraceptive' then 'Hormone' when 'thyroid' then 'Hormone' when 'vaccines' then 'Vaccine' when 'immunization' then 'Vaccine' when 'immunisation' then 'Vaccine' when 'supplements' then 'Supplement' when 'vitamin' then 'Supplement' when 'vitamins' then 'Supplement' when 'mineral' then 'Supplement' when 'others' then 'Other' when 'misc' then 'Other' when 'miscellaneous' then 'Other' end end as "v_drug_category",
  "p_dosage" as "v_dosage"
from (
select _file, _row, _item, _line, _lines,
  "o_prescription_id",
  "o_patient_id",
  "o_visit_id",
  "o_drug_name",
  "o_drug_category",
  "o_dosage",
  "t_prescription_id",
  "t_patient_id",
  "t_visit_id",
  "t_drug_name",
  "t_drug_category",
  "t_dosage",
  "t_prescription_id" as "p_prescription_id",
  "t_patient_id" as "p_patient_id",
  "t_visit_id" as "p_visit_id",
  "t_drug_name" as "p_drug_name",
  "t_drug_category" as "p_drug_category",
  "t_dosage" as "p_dosage"
from (
select _file, _row, _item, _line, _lines,
  "o_prescription_id",
  "o_patient_id",
  "o_visit_id",
  "o_drug_name",
  "o_drug_category",
  "o_dosage",
  case when length("s_prescription_id") <= 4 and not ("s_prescription_id" >= '0' and "s_prescription_id" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_prescription_id") || '|') > 0 then null else "s_prescription_id" end as "t_prescription_id",
  case when length("s_patient_id") <= 4 and not ("s_patient_id" >= '0' and "s_patient_id" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_patient_id") || '|') > 0 then null else "s_patient_id" end as "t_patient_id",
  case when length("s_visit_id") <= 4 and not ("s_visit_id" >= '0' and "s_visit_id" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_visit_id") || '|') > 0 then null else "s_visit_id" end as "t_visit_id",
  case when length("s_drug_name") <= 4 and not ("s_drug_name" >= '0' and "s_drug_name" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_drug_name") || '|') > 0 then null else "s_drug_name" end as "t_drug_name",
  case when length("s_drug_category") <= 4 and not ("s_drug_category" >= '0' and "s_drug_category" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_drug_category") || '|') > 0 then null else "s_drug_category" end as "t_drug_category",
  case when length("s_dosage") <= 4 and not ("s_dosage" >= '0' and "s_dosage" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_dosage") || '|') > 0 then null else "s_dosage" end as "t_dosage"
from (
select _file, _row, _item, _line, _lines,
  "o_prescription_id",
  "o_patient_id",
  "o_visit_id",
  "o_drug_name",
  "o_drug_category",
  "o_dosage",
  case when not regexp_full_match("o_prescription_id", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_prescription_id") else "o_prescription_id" end as "s_prescription_id",
  case when not regexp_full_match("o_patient_id", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_patient_id") else "o_patient_id" end as "s_patient_id",
  case when not regexp_full_match("o_visit_id", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_visit_id") else "o_visit_id" end as "s_visit_id",
  case when not regexp_full_match("o_drug_name", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_drug_name") else "o_drug_name" end as "s_drug_name",
  case when not regexp_full_match("o_drug_category", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_drug_category") else "o_drug_category" end as "s_drug_category",
  case when not regexp_full_match("o_dosage", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_dosage") else "o_dosage" end as "s_dosage"
from (
select _file, _row, _item, _line, _lines,
  "prescription_id" as "o_prescription_id",
  "patient_id" as "o_patient_id",
  "visit_id" as "o_visit_id",
  "drug_name" as "o_drug_name",
  "drug_category" as "o_drug_category",
  "dosage" as "o_dosage"
from (
select _file, _row, _line, _lines, cast(nullif(_position, '') as bigint) as _item,
  trim(both ' ' from c0) || ':' || case _position when '1' then 'metformin' when '2' then 'repaglinide' when '3' then 'nateglinide' when '4' then 'chlorpropamide' when '5' then 'glimepiride' when '6' then 'acetohexamide' when '7' then 'glipizide' when '8' then 'glyburide' when '9' then 'tolbutamide' when '10' then 'pioglitazone' when '11' then 'rosiglitazone' when '12' then 'acarbose' when '13' then 'miglitol' when '14' then 'troglitazone' when '15' then 'tolazamide' when '16' then 'examide' when '17' then 'citoglipton' when '18' then 'insulin' when '19' then 'glyburide-metformin' when '20' then 'glipizide-metformin' when '21' then 'glimepiride-pioglitazone' when '22' then 'metformin-rosiglitazone' when '23' then 'metformin-pioglitazone' end as prescription_id,
  c0 as visit_id,
  c1 as patient_id,
  case _position when '1' then 'metformin' when '2' then 'repaglinide' when '3' then 'nateglinide' when '4' then 'chlorpropamide' when '5' then 'glimepiride' when '6' then 'acetohexamide' when '7' then 'glipizide' when '8' then 'glyburide' when '9' then 'tolbutamide' when '10' then 'pioglitazone' when '11' then 'rosiglitazone' when '12' then 'acarbose' when '13' then 'miglitol' when '14' then 'troglitazone' when '15' then 'tolazamide' when '16' then 'examide' when '17' then 'citoglipton' when '18' then 'insulin' when '19' then 'glyburide-metformin' when '20' then 'glipizide-metformin' when '21' then 'glimepiride-pioglitazone' when '22' then 'metformin-rosiglitazone' when '23' then 'metformin-pioglitazone' end as drug_name,
  'Antidiabetic' as drug_category,
  case lower(trim(both ' ' from case _position when '1' then c24 when '2' then c25 when '3' then c26 when '4' then c27 when '5' then c28 when '6' then c29 when '7' then c30 when '8' then c31 when '9' then c32 when '10' then c33 when '11' then c34 when '12' then c35 when '13' then c36 when '14' then c37 when '15' then c38 when '16' then c39 when '17' then c40 when '18' then c41 when '19' then c42 when '20' then c43 when '21' then c44 when '22' then c45 when '23' then c46 end))
    when 'steady' then 'steady' when 'up' then 'increased' when 'down' then 'decreased' else case _position when '1' then c24 when '2' then c25 when '3' then c26 when '4' then c27 when '5' then c28 when '6' then c29 when '7' then c30 when '8' then c31 when '9' then c32 when '10' then c33 when '11' then c34 when '12' then c35 when '13' then c36 when '14' then c37 when '15' then c38 when '16' then c39 when '17' then c40 when '18' then c41 when '19' then c42 when '20' then c43 when '21' then c44 when '22' then c45 when '23' then c46 end end as dosage
from (select r.*, unnest(string_split(case when trim(both ' ' from coalesce(c24, '')) not in ('', '?') and lower(trim(both ' ' from c24)) <> 'no' then '1,' else '' end || case when trim(both ' ' from coalesce(c25, '')) not in ('', '?') and lower(trim(both ' ' from c25)) <> 'no' then '2,' else '' end || case when trim(both ' ' from coalesce(c26, '')) not in ('', '?') and lower(trim(both ' ' from c26)) <> 'no' then '3,' else '' end || case when trim(both ' ' from coalesce(c27, '')) not in ('', '?') and lower(trim(both ' ' from c27)) <> 'no' then '4,' else '' end || case when trim(both ' ' from coalesce(c28, '')) not in ('', '?') and lower(trim(both ' ' from c28)) <> 'no' then '5,' else '' end || case when trim(both ' ' from coalesce(c29, '')) not in ('', '?') and lower(trim(both ' ' from c29)) <> 'no' then '6,' else '' end || case when trim(both ' ' from coalesce(c30, '')) not in ('', '?') and lower(trim(both ' ' from c30)) <> 'no' then '7,' else '' end || case when trim(both ' ' from coalesce(c31, '')) not in ('', '?') and lower(trim(both ' ' from c31)) <> 'no' then '8,' else '' end || case when trim(both ' ' from coalesce(c32, '')) not in ('', '?') and lower(trim(both ' ' from c32)) <> 'no' then '9,' else '' end || case when trim(both ' ' from coalesce(c33, '')) not in ('', '?') and lower(trim(both ' ' from c33)) <> 'no' then '10,' else '' end || case when trim(both ' ' from coalesce(c34, '')) not in ('', '?') and lower(trim(both ' ' from c34)) <> 'no' then '11,' else '' end || case when trim(both ' ' from coalesce(c35, '')) not in ('', '?') and lower(trim(both ' ' from c35)) <> 'no' then '12,' else '' end || case when trim(both ' ' from coalesce(c36, '')) not in ('', '?') and lower(trim(both ' ' from c36)) <> 'no' then '13,' else '' end || case when trim(both ' ' from coalesce(c37, '')) not in ('', '?') and lower(trim(both ' ' from c37)) <> 'no' then '14,' else '' end || case when trim(both ' ' from coalesce(c38, '')) not in ('', '?') and lower(trim(both ' ' from c38)) <> 'no' then '15,' else '' end || case when trim(both ' ' from coalesce(c39, '')) not in ('', '?') and lower(trim(both ' ' from c39)) <> 'no' then '16,' else '' end || case when trim(both ' ' from coalesce(c40, '')) not in ('', '?') and lower(trim(both ' ' from c40)) <> 'no' then '17,' else '' end || case when trim(both ' ' from coalesce(c41, '')) not in ('', '?') and lower(trim(both ' ' from c41)) <> 'no' then '18,' else '' end || case when trim(both ' ' from coalesce(c42, '')) not in ('', '?') and lower(trim(both ' ' from c42)) <> 'no' then '19,' else '' end || case when trim(both ' ' from coalesce(c43, '')) not in ('', '?') and lower(trim(both ' ' from c43)) <> 'no' then '20,' else '' end || case when trim(both ' ' from coalesce(c44, '')) not in ('', '?') and lower(trim(both ' ' from c44)) <> 'no' then '21,' else '' end || case when trim(both ' ' from coalesce(c45, '')) not in ('', '?') and lower(trim(both ' ' from c45)) <> 'no' then '22,' else '' end || case when trim(both ' ' from coalesce(c46, '')) not in ('', '?') and lower(trim(both ' ' from c46)) <> 'no' then '23,' else '' end, ',')) as "_position" from raw as r) as given
where _position <> ''
)
)
)
)
)
)
)
)
