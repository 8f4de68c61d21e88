select 'synthea' as source,
  'synthea:' || "v_prescription_id" as "prescription_id",
  'synthea:' || "v_patient_id" as "patient_id",
  'synthea:' || "v_visit_id" as "visit_id",
  case when "r_drug_name" is null then "v_drug_name" end as "drug_name",
  case when "r_drug_code" is null then "v_drug_code" end as "drug_code",
  case when "r_drug_category" is null then "v_drug_category" end as "drug_category",
  cast(null as string) as "dosage",
  cast(null as double) as "quantity",
  cast(null as bigint) as "days_supply",
  case when "r_prescribed_date" is null then "v_prescribed_date" end as "prescribed_date",
  cast(null as bigint) as "refill_count",
  cast(4 as bigint) as _batch,
  _file, _row, _item, _line, _lines,
  true as _primary,
  coalesce("r_prescription_id", "r_drug_name", "r_prescribed_date", "g_0") is not null as _rejected,
  case when coalesce("r_prescription_id", "r_patient_id", "r_visit_id", "r_drug_name", "r_drug_code", "r_drug_category", "r_prescribed_date", "g_0") is not null then concat_ws('␞', case when "r_prescription_id" is not null then 'prescription_id' || '␟' || "r_prescription_id" || '␟' || 'reject' || '␟' || translate(substr(coalesce("o_prescription_id", ''), 1, 500), '␞␟', '  ') end, case when "r_patient_id" is not null then 'patient_id' || '␟' || "r_patient_id" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_patient_id", ''), 1, 500), '␞␟', '  ') end, case when "r_visit_id" is not null then 'visit_id' || '␟' || "r_visit_id" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_visit_id", ''), 1, 500), '␞␟', '  ') end, case when "r_drug_name" is not null then 'drug_name' || '␟' || "r_drug_name" || '␟' || 'reject' || '␟' || translate(substr(coalesce("o_drug_name", ''), 1, 500), '␞␟', '  ') end, case when "r_drug_code" is not null then 'drug_code' || '␟' || "r_drug_code" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_drug_code", ''), 1, 500), '␞␟', '  ') end, case when "r_drug_category" is not null then 'drug_category' || '␟' || "r_drug_category" || '␟' || 'missing' || '␟' || translate(substr(coalesce("o_drug_category", ''), 1, 500), '␞␟', '  ') end, case when "r_prescribed_date" is not null then 'prescribed_date' || '␟' || "r_prescribed_date" || '␟' || 'reject' || '␟' || translate(substr(coalesce("o_prescribed_date", ''), 1, 500), '␞␟', '  ') end, case when "g_0" is not null then 'patient_id or visit_id' || '␟' || "g_0" || '␟' || 'reject' || '␟' || translate(substr(coalesce(null, ''), 1, 500), '␞␟', '  ') end) end as _issues
from (
select _file, _row, _item, _line, _lines,
  "o_prescription_id",
  "o_patient_id",
  "o_visit_id",
  "o_drug_name",
  "o_drug_code",
  "o_drug_category",
  "o_prescribed_date",
  "v_prescription_id",
  "v_patient_id",
  "v_visit_id",
  "v_drug_name",
  "v_drug_code",
  "v_drug_category",
  "v_prescribed_date",
  "r_prescription_id",
  "r_patient_id",
  "r_visit_id",
  "r_drug_name",
  "r_drug_code",
  "r_drug_category",
  "r_prescribed_date",
  case when ("v_patient_id" is null or "r_patient_id" is not null) and ("v_visit_id" is null or "r_visit_id" is not null) and true then 'required_missing' end as "g_0"
from (
select _file, _row, _item, _line, _lines,
  "o_prescription_id",
  "o_patient_id",
  "o_visit_id",
  "o_drug_name",
  "o_drug_code",
  "o_drug_category",
  "o_prescribed_date",
  "v_prescription_id",
  "v_patient_id",
  "v_visit_id",
  "v_drug_name",
  "v_drug_code",
  "v_drug_category",
  "v_prescribed_date",
  case when "t_prescription_id" is null then 'required_missing' when "t_prescription_id" is null then null end as "r_prescription_id",
  cast(null as string) as "r_patient_id",
  cast(null as string) as "r_visit_id",
  case when "t_drug_name" is null then 'required_missing' when "t_drug_name" is null then null end as "r_drug_name",
  cast(null as string) as "r_drug_code",
  case when "t_drug_category" is null then null when "v_drug_category" is null then 'not_allowed' end as "r_drug_category",
  case when "t_prescribed_date" is null then null when "v_prescribed_date" is null and regexp_full_match("t_prescribed_date", '[0-9]{1,2}[/-][0-9]{1,2}[/-][0-9]{4}') then 'date_order_unknown' when "v_prescribed_date" is null then 'not_a_date' when "v_prescribed_date" > date '2024-06-18' then 'in_future' end as "r_prescribed_date"
from (
select _file, _row, _item, _line, _lines,
  "o_prescription_id",
  "o_patient_id",
  "o_visit_id",
  "o_drug_name",
  "o_drug_code",
  "o_drug_category",
  "o_prescribed_date",
  "t_prescription_id",
  "t_patient_id",
  "t_visit_id",
  "t_drug_name",
  "t_drug_code",
  "t_drug_category",
  "t_prescribed_date",
  "p_prescription_id",
  "p_patient_id",
  "p_visit_id",
  "p_drug_name",
  "p_drug_code",
  "p_drug_category",
  "p_prescribed_date",
  "p_prescription_id" as "v_prescription_id",
  "p_patient_id" as "v_patient_id",
  "p_visit_id" as "v_visit_id",
  "p_drug_name" as "v_drug_name",
  "p_drug_code" as "v_drug_code",
  case when "p_drug_category" is not null then case lower("p_drug_category") when 'antibiotic' then 'Antibiotic' when 'antiviral' then 'Antiviral' when 'analgesic' then 'Analgesic' when 'antihypertensive' then 'Antihypertensive' when 'antidiabetic' then 'Antidiabetic' when 'anticoagulant' then 'Anticoagulant' when 'lipid-lowering' then 'Lipid-lowering' when 'cardiac' then 'Cardiac' when 'diuretic' then 'Diuretic' when 'respiratory' then 'Respiratory' when 'corticosteroid' then 'Corticosteroid' when 'gastrointestinal' then 'Gastrointestinal' when 'psychotropic' then 'Psychotropic' when 'antiepileptic' then 'Antiepileptic' when 'antineoplastic' then 'Antineoplastic' when 'hormone' then 'Hormone' when 'vaccine' then 'Vaccine' when 'supplement' then 'Supplement' when 'other' then 'Other' when 'antibiotics' then 'Antibiotic' when 'antibacterial' then 'Antibiotic' when 'anti-infective' then 'Antibiotic' when 'antimicrobial' then 'Antibiotic' when 'antivirals' then 'Antiviral' when 'analgesics' then 'Analgesic' when 'painkiller' then 'Analgesic' when 'pain reliever' then 'Analgesic' when 'pain relief' then 'Analgesic' when 'opioid' then 'Analgesic' when 'nsaid' then 'Analgesic' when 'anti-inflammatory' then 'Analgesic' when 'antihypertensives' then 'Antihypertensive' when 'blood pressure' then 'Antihypertensive' when 'ace inhibitor' then 'Antihypertensive' when 'beta blocker' then 'Antihypertensive' when 'beta-blocker' then 'Antihypertensive' when 'antidiabetics' then 'Antidiabetic' when 'anti-diabetic' then 'Antidiabetic' when 'hypoglycemic' then 'Antidiabetic' when 'hypoglycaemic' then 'Antidiabetic' when 'insulin' then 'Antidiabetic' when 'diabetes' then 'Antidiabetic' when 'anticoagulants' then 'Anticoagulant' when 'antithrombotic' then 'Anticoagulant' when 'antiplatelet' then 'Anticoagulant' when 'blood thinner' then 'Anticoagulant' when 'lipid lowering' then 'Lipid-lowering' when 'statin' then 'Lipid-lowering' when 'statins' then 'Lipid-lowering' when 'antihyperlipidemic' then 'Lipid-lowering' when 'cardiovascular' then 'Cardiac' when 'antiarrhythmic' then 'Cardiac' when 'antianginal' then 'Cardiac' when 'nitrate' then 'Cardiac' when 'diuretics' then 'Diuretic' when 'loop diuretic' then 'Diuretic' when 'thiazide' then 'Diuretic' when 'bronchodilator' then 'Respiratory' when 'bronchodilators' then 'Respiratory' when 'inhaler' then 'Respiratory' when 'antiasthmatic' then 'Respiratory' when 'corticosteroids' then 'Corticosteroid' when 'steroid' then 'Corticosteroid' when 'steroids' then 'Corticosteroid' when 'antacid' then 'Gastrointestinal' when 'proton pump inhibitor' then 'Gastrointestinal' when 'ppi' then 'Gastrointestinal' when 'antiemetic' then 'Gastrointestinal' when 'laxative' then 'Gastrointestinal' when 'antidepressant' then 'Psychotropic' when 'antipsychotic' then 'Psychotropic' when 'anxiolytic' then 'Psychotropic' when 'psychiatric' then 'Psychotropic' when 'sedative' then 'Psychotropic' when 'ssri' then 'Psychotropic' when 'anticonvulsant' then 'Antiepileptic' when 'antiepileptics' then 'Antiepileptic' when 'chemotherapy' then 'Antineoplastic' when 'anticancer' then 'Antineoplastic' when 'oncology' then 'Antineoplastic' when 'hormonal' then 'Hormone' when 'contraceptive' then 'Hormone' when 'thyroid' then 'Hormone' when 'vaccines' then 'Vaccine' when 'immunization' then 'Vaccine' when 'immunisation' then 'Vaccine' when 'supplements' then 'Supplement' when 'vitamin' then 'Supplement' when 'vitamins' then 'Supplement' when 'mineral' then 'Supplement' when 'others' then 'Other' when 'misc' then 'Other' when 'miscellaneous' then 'Other' end end as "v_drug_category",
  try_cast(case when "p_prescribed_date" >= '0001' then "p_prescribed_date" end as date) as "v_prescribed_date"
from (
select _file, _row, _item, _line, _lines,
  "o_prescription_id",
  "o_patient_id",
  "o_visit_id",
  "o_drug_name",
  "o_drug_code",
  "o_drug_category",
  "o_prescribed_date",
  "t_prescription_id",
  "t_patient_id",
  "t_visit_id",
  "t_drug_name",
  "t_drug_code",
  "t_drug_category",
  "t_prescribed_date",
  "t_prescription_id" as "p_prescription_id",
  "t_patient_id" as "p_patient_id",
  "t_visit_id" as "p_visit_id",
  "t_drug_name" as "p_drug_name",
  "t_drug_code" as "p_drug_code",
  "t_drug_category" as "p_drug_category",
  case when regexp_full_match("t_prescribed_date", '[0-9]{4}-[0-9]{2}-[0-9]{2}') then "t_prescribed_date" when regexp_full_match("t_prescribed_date", '[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}[^~]*') then substr("t_prescribed_date", 1, 10) when regexp_full_match("t_prescribed_date", '[0-9]{4}/[0-9]{2}/[0-9]{2}') then replace("t_prescribed_date", '/', '-') when regexp_full_match("t_prescribed_date", '[0-9]{8}') then substr("t_prescribed_date", 1, 4) || '-' || substr("t_prescribed_date", 5, 2) || '-' || substr("t_prescribed_date", 7, 2) when regexp_full_match("t_prescribed_date", '[0-9]{1,2}[.][0-9]{1,2}[.][0-9]{4}') then split_part("t_prescribed_date", '.', 3) || '-' || lpad(split_part("t_prescribed_date", '.', 2), 2, '0') || '-' || lpad(split_part("t_prescribed_date", '.', 1), 2, '0') end as "p_prescribed_date"
from (
select _file, _row, _item, _line, _lines,
  "o_prescription_id",
  "o_patient_id",
  "o_visit_id",
  "o_drug_name",
  "o_drug_code",
  "o_drug_category",
  "o_prescribed_date",
  case when length("s_prescription_id") <= 4 and not ("s_prescription_id" >= '0' and "s_prescription_id" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_prescription_id") || '|') > 0 then null else "s_prescription_id" end as "t_prescription_id",
  case when length("s_patient_id") <= 4 and not ("s_patient_id" >= '0' and "s_patient_id" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_patient_id") || '|') > 0 then null else "s_patient_id" end as "t_patient_id",
  case when length("s_visit_id") <= 4 and not ("s_visit_id" >= '0' and "s_visit_id" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_visit_id") || '|') > 0 then null else "s_visit_id" end as "t_visit_id",
  case when length("s_drug_name") <= 4 and not ("s_drug_name" >= '0' and "s_drug_name" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_drug_name") || '|') > 0 then null else "s_drug_name" end as "t_drug_name",
  case when length("s_drug_code") <= 4 and not ("s_drug_code" >= '0' and "s_drug_code" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_drug_code") || '|') > 0 then null else "s_drug_code" end as "t_drug_code",
  case when length("s_drug_category") <= 4 and not ("s_drug_category" >= '0' and "s_drug_category" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_drug_category") || '|') > 0 then null else "s_drug_category" end as "t_drug_category",
  case when length("s_prescribed_date") <= 4 and not ("s_prescribed_date" >= '0' and "s_prescribed_date" < ':') and instr('||na|n/a|#n/a|null|none|nil|?|nan|nat|-|--|.|', '|' || lower("s_prescribed_date") || '|') > 0 then null else "s_prescribed_date" end as "t_prescribed_date"
from (
select _file, _row, _item, _line, _lines,
  "o_prescription_id",
  "o_patient_id",
  "o_visit_id",
  "o_drug_name",
  "o_drug_code",
  "o_drug_category",
  "o_prescribed_date",
  case when not regexp_full_match("o_prescription_id", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_prescription_id") else "o_prescription_id" end as "s_prescription_id",
  case when not regexp_full_match("o_patient_id", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_patient_id") else "o_patient_id" end as "s_patient_id",
  case when not regexp_full_match("o_visit_id", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_visit_id") else "o_visit_id" end as "s_visit_id",
  case when not regexp_full_match("o_drug_name", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_drug_name") else "o_drug_name" end as "s_drug_name",
  case when not regexp_full_match("o_drug_code", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_drug_code") else "o_drug_code" end as "s_drug_code",
  case when not regexp_full_match("o_drug_category", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_drug_category") else "o_drug_category" end as "s_drug_category",
  case when not regexp_full_match("o_prescribed_date", '[!-~]+') then trim(both (chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(133) || '                  　') from "o_prescribed_date") else "o_prescribed_date" end as "s_prescribed_date"
from (
select _file, _row, _item, _line, _lines,
  "prescription_id" as "o_prescription_id",
  "patient_id" as "o_patient_id",
  "visit_id" as "o_visit_id",
  "drug_name" as "o_drug_name",
  "drug_code" as "o_drug_code",
  "drug_category" as "o_drug_category",
  "prescribed_date" as "o_prescribed_date"
from (
select _file, _row, _line, _lines, cast(0 as bigint) as _item,
  _base || case when _nth > 1 then ':' || cast(_nth as string) else '' end as prescription_id,
  c4 as visit_id,
  c2 as patient_id,
  c6 as drug_name,
  c5 as drug_code,
  case when instr(_words, ' dextromethorphan ') > 0 then 'Respiratory' when instr(_words, ' guaifenesin ') > 0 then 'Respiratory' when instr(_words, ' insulin ') > 0 then 'Antidiabetic' when instr(_words, ' metformin ') > 0 then 'Antidiabetic' when instr(_words, ' glipizide ') > 0 then 'Antidiabetic' when instr(_words, ' glimepiride ') > 0 then 'Antidiabetic' when instr(_words, ' glyburide ') > 0 then 'Antidiabetic' when instr(_words, ' pioglitazone ') > 0 then 'Antidiabetic' when instr(_words, ' sitagliptin ') > 0 then 'Antidiabetic' when instr(_words, ' linagliptin ') > 0 then 'Antidiabetic' when instr(_words, ' canagliflozin ') > 0 then 'Antidiabetic' when instr(_words, ' dapagliflozin ') > 0 then 'Antidiabetic' when instr(_words, ' empagliflozin ') > 0 then 'Antidiabetic' when instr(_words, ' liraglutide ') > 0 then 'Antidiabetic' when instr(_words, ' exenatide ') > 0 then 'Antidiabetic' when instr(_words, ' dulaglutide ') > 0 then 'Antidiabetic' when instr(_words, ' semaglutide ') > 0 then 'Antidiabetic' when instr(_words, ' omeprazole ') > 0 then 'Gastrointestinal' when instr(_words, ' esomeprazole ') > 0 then 'Gastrointestinal' when instr(_words, ' pantoprazole ') > 0 then 'Gastrointestinal' when instr(_words, ' lansoprazole ') > 0 then 'Gastrointestinal' when instr(_words, ' famotidine ') > 0 then 'Gastrointestinal' when instr(_words, ' ranitidine ') > 0 then 'Gastrointestinal' when instr(_words, ' ondansetron ') > 0 then 'Gastrointestinal' when instr(_words, ' senna ') > 0 then 'Gastrointestinal' when instr(_words, ' bisacodyl ') > 0 then 'Gastrointestinal' when instr(_words, ' docusate ') > 0 then 'Gastrointestinal' when instr(_words, ' lactulose ') > 0 then 'Gastrointestinal' when instr(_words, ' loperamide ') > 0 then 'Gastrointestinal' when instr(_words, ' mesalamine ') > 0 then 'Gastrointestinal' when instr(_words, ' cholecalciferol ') > 0 then 'Supplement' when instr(_words, ' ergocalciferol ') > 0 then 'Supplement' when instr(_words, ' thiamine ') > 0 then 'Supplement' when instr(_words, ' ferrous sulfate ') > 0 then 'Supplement' when instr(_words, ' ferrous fumarate ') > 0 then 'Supplement' when instr(_words, ' folic acid ') > 0 then 'Supplement' when instr(_words, ' vitamin b12 ') > 0 then 'Supplement' when instr(_words, ' cyanocobalamin ') > 0 then 'Supplement' when instr(_words, ' warfarin ') > 0 then 'Anticoagulant' when instr(_words, ' heparin ') > 0 then 'Anticoagulant' when instr(_words, ' enoxaparin ') > 0 then 'Anticoagulant' when instr(_words, ' clopidogrel ') > 0 then 'Anticoagulant' when instr(_words, ' prasugrel ') > 0 then 'Anticoagulant' when instr(_words, ' ticagrelor ') > 0 then 'Anticoagulant' when instr(_words, ' apixaban ') > 0 then 'Anticoagulant' when instr(_words, ' rivaroxaban ') > 0 then 'Anticoagulant' when instr(_words, ' dabigatran ') > 0 then 'Anticoagulant' when instr(_words, ' alteplase ') > 0 then 'Anticoagulant' when instr(_words, ' digoxin ') > 0 then 'Cardiac' when instr(_words, ' amiodarone ') > 0 then 'Cardiac' when instr(_words, ' nitroglycerin ') > 0 then 'Cardiac' when instr(_words, ' isosorbide ') > 0 then 'Cardiac' when instr(_words, ' norepinephrine ') > 0 then 'Cardiac' when instr(_words, ' lisinopril ') > 0 then 'Antihypertensive' when instr(_words, ' enalapril ') > 0 then 'Antihypertensive' when instr(_words, ' captopril ') > 0 then 'Antihypertensive' when instr(_words, ' ramipril ') > 0 then 'Antihypertensive' when instr(_words, ' benazepril ') > 0 then 'Antihypertensive' when instr(_words, ' losartan ') > 0 then 'Antihypertensive' when instr(_words, ' valsartan ') > 0 then 'Antihypertensive' when instr(_words, ' irbesartan ') > 0 then 'Antihypertensive' when instr(_words, ' olmesartan ') > 0 then 'Antihypertensive' when instr(_words, ' candesartan ') > 0 then 'Antihypertensive' when instr(_words, ' sacubitril ') > 0 then 'Antihypertensive' when instr(_words, ' amlodipine ') > 0 then 'Antihypertensive' when instr(_words, ' nifedipine ') > 0 then 'Antihypertensive' when instr(_words, ' diltiazem ') > 0 then 'Antihypertensive' when instr(_words, ' verapamil ') > 0 then 'Antihypertensive' when instr(_words, ' felodipine ') > 0 then 'Antihypertensive' when instr(_words, ' metoprolol ') > 0 then 'Antihypertensive' when instr(_words, ' atenolol ') > 0 then 'Antihypertensive' when instr(_words, ' carvedilol ') > 0 then 'Antihypertensive' when instr(_words, ' propranolol ') > 0 then 'Antihypertensive' when instr(_words, ' bisoprolol ') > 0 then 'Antihypertensive' when instr(_words, ' labetalol ') > 0 then 'Antihypertensive' when instr(_words, ' hydralazine ') > 0 then 'Antihypertensive' when instr(_words, ' clonidine ') > 0 then 'Antihypertensive' when instr(_words, ' doxazosin ') > 0 then 'Antihypertensive' when instr(_words, ' hydrochlorothiazide ') > 0 then 'Diuretic' when instr(_words, ' chlorthalidone ') > 0 then 'Diuretic' when instr(_words, ' furosemide ') > 0 then 'Diuretic' when instr(_words, ' bumetanide ') > 0 then 'Diuretic' when instr(_words, ' torsemide ') > 0 then 'Diuretic' when instr(_words, ' spironolactone ') > 0 then 'Diuretic' when instr(_words, ' simvastatin ') > 0 then 'Lipid-lowering' when instr(_words, ' atorvastatin ') > 0 then 'Lipid-lowering' when instr(_words, ' rosuvastatin ') > 0 then 'Lipid-lowering' when instr(_words, ' pravastatin ') > 0 then 'Lipid-lowering' when instr(_words, ' lovastatin ') > 0 then 'Lipid-lowering' when instr(_words, ' ezetimibe ') > 0 then 'Lipid-lowering' when instr(_words, ' gemfibrozil ') > 0 then 'Lipid-lowering' when instr(_words, ' fenofibrate ') > 0 then 'Lipid-lowering' when instr(_words, ' nuvaring ') > 0 then 'Hormone' when instr(_words, ' mirena ') > 0 then 'Hormone' when instr(_words, ' kyleena ') > 0 then 'Hormone' when instr(_words, ' liletta ') > 0 then 'Hormone' when instr(_words, ' ethinyl estradiol ') > 0 then 'Hormone' when instr(_words, ' levonorgestrel ') > 0 then 'Hormone' when instr(_words, ' norethindrone ') > 0 then 'Hormone' when instr(_words, ' drospirenone ') > 0 then 'Hormone' when instr(_words, ' etonogestrel ') > 0 then 'Hormone' when instr(_words, ' estradiol ') > 0 then 'Hormone' when instr(_words, ' medroxyprogesterone ') > 0 then 'Hormone' when instr(_words, ' norelgestromin ') > 0 then 'Hormone' when instr(_words, ' jolivette ') > 0 then 'Hormone' when instr(_words, ' seasonique ') > 0 then 'Hormone' when instr(_words, ' yaz ') > 0 then 'Hormone' when instr(_words, ' camila ') > 0 then 'Hormone' when instr(_words, ' errin ') > 0 then 'Hormone' when instr(_words, ' levora ') > 0 then 'Hormone' when instr(_words, ' natazia ') > 0 then 'Hormone' when instr(_words, ' nexplanon ') > 0 then 'Hormone' when instr(_words, ' implanon ') > 0 then 'Hormone' when instr(_words, ' vasopressin ') > 0 then 'Hormone' when instr(_words, ' prednisone ') > 0 then 'Corticosteroid' when instr(_words, ' prednisolone ') > 0 then 'Corticosteroid' when instr(_words, ' methylprednisolone ') > 0 then 'Corticosteroid' when instr(_words, ' dexamethasone ') > 0 then 'Corticosteroid' when instr(_words, ' hydrocortisone ') > 0 then 'Corticosteroid' when instr(_words, ' levothyroxine ') > 0 then 'Hormone' when instr(_words, ' liothyronine ') > 0 then 'Hormone' when instr(_words, ' amoxicillin ') > 0 then 'Antibiotic' when instr(_words, ' ampicillin ') > 0 then 'Antibiotic' when instr(_words, ' penicillin ') > 0 then 'Antibiotic' when instr(_words, ' piperacillin ') > 0 then 'Antibiotic' when instr(_words, ' dicloxacillin ') > 0 then 'Antibiotic' when instr(_words, ' cephalexin ') > 0 then 'Antibiotic' when instr(_words, ' cefaclor ') > 0 then 'Antibiotic' when instr(_words, ' cefuroxime ') > 0 then 'Antibiotic' when instr(_words, ' ceftriaxone ') > 0 then 'Antibiotic' when instr(_words, ' cefazolin ') > 0 then 'Antibiotic' when instr(_words, ' azithromycin ') > 0 then 'Antibiotic' when instr(_words, ' clarithromycin ') > 0 then 'Antibiotic' when instr(_words, ' erythromycin ') > 0 then 'Antibiotic' when instr(_words, ' doxycycline ') > 0 then 'Antibiotic' when instr(_words, ' minocycline ') > 0 then 'Antibiotic' when instr(_words, ' tetracycline ') > 0 then 'Antibiotic' when instr(_words, ' ciprofloxacin ') > 0 then 'Antibiotic' when instr(_words, ' levofloxacin ') > 0 then 'Antibiotic' when instr(_words, ' moxifloxacin ') > 0 then 'Antibiotic' when instr(_words, ' vancomycin ') > 0 then 'Antibiotic' when instr(_words, ' gentamicin ') > 0 then 'Antibiotic' when instr(_words, ' clindamycin ') > 0 then 'Antibiotic' when instr(_words, ' nitrofurantoin ') > 0 then 'Antibiotic' when instr(_words, ' sulfamethoxazole ') > 0 then 'Antibiotic' when instr(_words, ' meropenem ') > 0 then 'Antibiotic' when instr(_words, ' oseltamivir ') > 0 then 'Antiviral' when instr(_words, ' acyclovir ') > 0 then 'Antiviral' when instr(_words, ' valacyclovir ') > 0 then 'Antiviral' when instr(_words, ' remdesivir ') > 0 then 'Antiviral' when instr(_words, ' tenofovir ') > 0 then 'Antiviral' when instr(_words, ' emtricitabine ') > 0 then 'Antiviral' when instr(_words, ' lamivudine ') > 0 then 'Antiviral' when instr(_words, ' zidovudine ') > 0 then 'Antiviral' when instr(_words, ' efavirenz ') > 0 then 'Antiviral' when instr(_words, ' dolutegravir ') > 0 then 'Antiviral' when instr(_words, ' ritonavir ') > 0 then 'Antiviral' when instr(_words, ' sofosbuvir ') > 0 then 'Antiviral' when instr(_words, ' docetaxel ') > 0 then 'Antineoplastic' when instr(_words, ' paclitaxel ') > 0 then 'Antineoplastic' when instr(_words, ' cisplatin ') > 0 then 'Antineoplastic' when instr(_words, ' carboplatin ') > 0 then 'Antineoplastic' when instr(_words, ' oxaliplatin ') > 0 then 'Antineoplastic' when instr(_words, ' doxorubicin ') > 0 then 'Antineoplastic' when instr(_words, ' epirubicin ') > 0 then 'Antineoplastic' when instr(_words, ' cyclophosphamide ') > 0 then 'Antineoplastic' when instr(_words, ' fluorouracil ') > 0 then 'Antineoplastic' when instr(_words, ' capecitabine ') > 0 then 'Antineoplastic' when instr(_words, ' trastuzumab ') > 0 then 'Antineoplastic' when instr(_words, ' leuprolide ') > 0 then 'Antineoplastic' when instr(_words, ' tamoxifen ') > 0 then 'Antineoplastic' when instr(_words, ' anastrozole ') > 0 then 'Antineoplastic' when instr(_words, ' letrozole ') > 0 then 'Antineoplastic' when instr(_words, ' exemestane ') > 0 then 'Antineoplastic' when instr(_words, ' fulvestrant ') > 0 then 'Antineoplastic' when instr(_words, ' ibuprofen ') > 0 then 'Analgesic' when instr(_words, ' naproxen ') > 0 then 'Analgesic' when instr(_words, ' diclofenac ') > 0 then 'Analgesic' when instr(_words, ' celecoxib ') > 0 then 'Analgesic' when instr(_words, ' meloxicam ') > 0 then 'Analgesic' when instr(_words, ' ketorolac ') > 0 then 'Analgesic' when instr(_words, ' allopurinol ') > 0 then 'Other' when instr(_words, ' colchicine ') > 0 then 'Other' when instr(_words, ' alendronic acid ') > 0 then 'Other' when instr(_words, ' alendronate ') > 0 then 'Other' when instr(_words, ' zoledronic acid ') > 0 then 'Other' when instr(_words, ' acetaminophen ') > 0 then 'Analgesic' when instr(_words, ' hydrocodone ') > 0 then 'Analgesic' when instr(_words, ' oxycodone ') > 0 then 'Analgesic' when instr(_words, ' codeine ') > 0 then 'Analgesic' when instr(_words, ' morphine ') > 0 then 'Analgesic' when instr(_words, ' tramadol ') > 0 then 'Analgesic' when instr(_words, ' meperidine ') > 0 then 'Analgesic' when instr(_words, ' tapentadol ') > 0 then 'Analgesic' when instr(_words, ' sumatriptan ') > 0 then 'Analgesic' when instr(_words, ' carbamazepine ') > 0 then 'Antiepileptic' when instr(_words, ' phenytoin ') > 0 then 'Antiepileptic' when instr(_words, ' levetiracetam ') > 0 then 'Antiepileptic' when instr(_words, ' lamotrigine ') > 0 then 'Antiepileptic' when instr(_words, ' clonazepam ') > 0 then 'Antiepileptic' when instr(_words, ' diazepam ') > 0 then 'Psychotropic' when instr(_words, ' lorazepam ') > 0 then 'Psychotropic' when instr(_words, ' alprazolam ') > 0 then 'Psychotropic' when instr(_words, ' midazolam ') > 0 then 'Psychotropic' when instr(_words, ' haloperidol ') > 0 then 'Psychotropic' when instr(_words, ' quetiapine ') > 0 then 'Psychotropic' when instr(_words, ' risperidone ') > 0 then 'Psychotropic' when instr(_words, ' olanzapine ') > 0 then 'Psychotropic' when instr(_words, ' aripiprazole ') > 0 then 'Psychotropic' when instr(_words, ' zolpidem ') > 0 then 'Psychotropic' when instr(_words, ' fluoxetine ') > 0 then 'Psychotropic' when instr(_words, ' sertraline ') > 0 then 'Psychotropic' when instr(_words, ' citalopram ') > 0 then 'Psychotropic' when instr(_words, ' escitalopram ') > 0 then 'Psychotropic' when instr(_words, ' paroxetine ') > 0 then 'Psychotropic' when instr(_words, ' venlafaxine ') > 0 then 'Psychotropic' when instr(_words, ' duloxetine ') > 0 then 'Psychotropic' when instr(_words, ' bupropion ') > 0 then 'Psychotropic' when instr(_words, ' trazodone ') > 0 then 'Psychotropic' when instr(_words, ' amitriptyline ') > 0 then 'Psychotropic' when instr(_words, ' methylphenidate ') > 0 then 'Psychotropic' when instr(_words, ' atomoxetine ') > 0 then 'Psychotropic' when instr(_words, ' donepezil ') > 0 then 'Psychotropic' when instr(_words, ' galantamine ') > 0 then 'Psychotropic' when instr(_words, ' memantine ') > 0 then 'Psychotropic' when instr(_words, ' rivastigmine ') > 0 then 'Psychotropic' when instr(_words, ' albuterol ') > 0 then 'Respiratory' when instr(_words, ' salmeterol ') > 0 then 'Respiratory' when instr(_words, ' fluticasone ') > 0 then 'Respiratory' when instr(_words, ' budesonide ') > 0 then 'Respiratory' when instr(_words, ' beclomethasone ') > 0 then 'Respiratory' when instr(_words, ' tiotropium ') > 0 then 'Respiratory' when instr(_words, ' ipratropium ') > 0 then 'Respiratory' when instr(_words, ' formoterol ') > 0 then 'Respiratory' when instr(_words, ' montelukast ') > 0 then 'Respiratory' when instr(_words, ' theophylline ') > 0 then 'Respiratory' end as drug_category,
  c0 as prescribed_date
from (
  select *, coalesce(nullif(trim(both ' ' from coalesce(c4, '')), ''), trim(both ' ' from coalesce(c2, ''))) || ':' || trim(both ' ' from coalesce(c5, '')) || ':' || trim(both ' ' from coalesce(c0, '')) as _base, dense_rank() over (partition by coalesce(nullif(trim(both ' ' from coalesce(c4, '')), ''), trim(both ' ' from coalesce(c2, ''))) || ':' || trim(both ' ' from coalesce(c5, '')) || ':' || trim(both ' ' from coalesce(c0, '')) order by coalesce(nullif(substr(replace(trim(both ' ' from coalesce(c1, '')), 'T', ' ') || ' 00:00:00', 1, 19), ' 00:00:00'), '~'), trim(both ' ' from coalesce(c11, '')), trim(both ' ' from coalesce(c6, ''))) as _nth,
    ' ' || regexp_replace(lower(trim(both ' ' from coalesce(c6, ''))), '[^a-z0-9]+', ' ', 'g') || ' ' as _words
  from raw
) as numbered
)
)
)
)
)
)
)
)
