with code_entries as (
select code_table, id, max_by(description, _row) as description
from (
  select coalesce(max(heading) over (partition by _file, section), 'admission_type_id') as code_table,
    id, description, heading, _row
  from (
    select _file, _row, trim(both ' ' from coalesce(c0, '')) as id, trim(both ' ' from coalesce(c1, '')) as description,
      case when trim(both ' ' from coalesce(c0, '')) like '%!_id' escape '!' and lower(trim(both ' ' from coalesce(c1, ''))) = 'description' then trim(both ' ' from coalesce(c0, '')) end as heading,
      count(case when trim(both ' ' from coalesce(c0, '')) like '%!_id' escape '!' and lower(trim(both ' ' from coalesce(c1, ''))) = 'description' then 1 end) over (
        partition by _file order by _row rows between unbounded preceding and current row) as section
    from codes_0
  ) as numbered
) as headed
where heading is null and id <> ''
group by code_table, id
), admission_types as (
select id, case lower(description) when 'emergency' then 'emergency' when 'urgent' then 'urgent' when 'elective' then 'elective' when 'newborn' then 'newborn' when 'not available' then null when 'null' then null when 'trauma center' then 'emergency' when 'not mapped' then null else description end as value
from code_entries where code_table = 'admission_type_id'
), admission_sources as (
select id, case lower(description) when 'physician referral' then 'physician referral' when 'clinic referral' then 'clinic referral' when 'hmo referral' then 'health plan referral' when 'transfer from a hospital' then 'transfer from hospital' when 'transfer from a skilled nursing facility (snf)' then 'transfer from nursing facility' when 'transfer from another health care facility' then 'transfer from other facility' when 'emergency room' then 'emergency room' when 'court/law enforcement' then 'court or police' when 'not available' then null when 'transfer from critial access hospital' then 'transfer from hospital' when 'normal delivery' then 'birth' when 'premature delivery' then 'birth' when 'sick baby' then 'birth' when 'extramural birth' then 'birth' when 'not available' then null when 'null' then null when 'transfer from another home health agency' then 'transfer from other facility' when 'readmission to same home health agency' then 'transfer from other facility' when 'not mapped' then null when 'unknown/invalid' then null when 'transfer from hospital inpt/same fac reslt in a sep claim' then 'transfer from hospital' when 'born inside this hospital' then 'birth' when 'born outside this hospital' then 'birth' when 'transfer from ambulatory surgery center' then 'transfer from other facility' when 'transfer from hospice' then 'transfer from other facility' else description end as value
from code_entries where code_table = 'admission_source_id'
), discharge_dispositions as (
select id, case lower(description) when 'discharged to home' then 'home' when 'discharged/transferred to another short term hospital' then 'transfer' when 'discharged/transferred to snf' then 'facility' when 'discharged/transferred to icf' then 'facility' when 'discharged/transferred to another type of inpatient care institution' then 'facility' when 'discharged/transferred to home with home health service' then 'home' when 'left ama' then 'left against advice' when 'discharged/transferred to home under care of home iv provider' then 'home' when 'admitted as an inpatient to this hospital' then 'other' when 'neonate discharged to another hospital for neonatal aftercare' then 'transfer' when 'expired' then 'died' when 'still patient or expected to return for outpatient services' then 'other' when 'hospice / home' then 'hospice' when 'hospice / medical facility' then 'hospice' when 'discharged/transferred within this institution to medicare approved swing bed' then 'facility' when 'discharged/transferred/referred another institution for outpatient services' then 'other' when 'discharged/transferred/referred to this institution for outpatient services' then 'other' when 'null' then null when 'expired at home. medicaid only, hospice.' then 'died' when 'expired in a medical facility. medicaid only, hospice.' then 'died' when 'expired, place unknown. medicaid only, hospice.' then 'died' when 'discharged/transferred to another rehab fac including rehab units of a hospital .' then 'facility' when 'discharged/transferred to a long term care hospital.' then 'facility' when 'discharged/transferred to a nursing facility certified under medicaid but not certified under medicare.' then 'facility' when 'not mapped' then null when 'unknown/invalid' then null when 'discharged/transferred to a federal health care facility.' then 'facility' when 'discharged/transferred/referred to a psychiatric hospital of psychiatric distinct part unit of a hospital' then 'facility' when 'discharged/transferred to a critical access hospital (cah).' then 'transfer' when 'discharged/transferred to another type of health care institution not defined elsewhere' then 'facility' else description end as value
from code_entries where code_table = 'discharge_disposition_id'
), disposition_details as (
select id, case lower(description) when 'discharged to home' then 'home' when 'discharged/transferred to another short term hospital' then 'short-term hospital' when 'discharged/transferred to snf' then 'skilled nursing facility' when 'discharged/transferred to icf' then 'intermediate care facility' when 'discharged/transferred to another type of inpatient care institution' then 'other inpatient institution' when 'discharged/transferred to home with home health service' then 'home health care' when 'left ama' then 'left against advice' when 'discharged/transferred to home under care of home iv provider' then 'home intravenous therapy' when 'admitted as an inpatient to this hospital' then 'admitted to this hospital' when 'neonate discharged to another hospital for neonatal aftercare' then 'neonatal aftercare' when 'expired' then 'died in hospital' when 'still patient or expected to return for outpatient services' then 'still a patient' when 'hospice / home' then 'hospice at home' when 'hospice / medical facility' then 'hospice in a facility' when 'discharged/transferred within this institution to medicare approved swing bed' then 'swing bed' when 'discharged/transferred/referred another institution for outpatient services' then 'outpatient care elsewhere' when 'discharged/transferred/referred to this institution for outpatient services' then 'outpatient care here' when 'null' then null when 'expired at home. medicaid only, hospice.' then 'died at home' when 'expired in a medical facility. medicaid only, hospice.' then 'died in a facility' when 'expired, place unknown. medicaid only, hospice.' then 'died, place unknown' when 'discharged/transferred to another rehab fac including rehab units of a hospital .' then 'rehabilitation facility' when 'discharged/transferred to a long term care hospital.' then 'long-term care hospital' when 'discharged/transferred to a nursing facility certified under medicaid but not certified under medicare.' then 'Medicaid nursing facility' when 'not mapped' then null when 'unknown/invalid' then null when 'discharged/transferred to a federal health care facility.' then 'federal health care facility' when 'discharged/transferred/referred to a psychiatric hospital of psychiatric distinct part unit of a hospital' then 'psychiatric hospital' when 'discharged/transferred to a critical access hospital (cah).' then 'critical access hospital' when 'discharged/transferred to another type of health care institution not defined elsewhere' then 'other institution' else description end as value
from code_entries where code_table = 'discharge_disposition_id'
)
select r._file, r._row, r._line, r._lines, cast(0 as bigint) as _item,
  c0 as visit_id,
  c0 as visit_order,
  c1 as patient_id,
  c9 as length_of_stay,
  c10 as payer,
  c11 as specialty,
  c12 as num_lab_procedures,
  c13 as num_procedures,
  c14 as num_medications,
  c21 as num_diagnoses,
  c15 as prior_outpatient,
  c16 as prior_emergency,
  c17 as prior_inpatient,
  c18 as diagnosis_code,
  'inpatient' as visit_type,
  case when regexp_extract(trim(both ' ' from c4), '^.[0-9]{1,3}-[0-9]{1,3}.$', 0) = trim(both ' ' from c4) and trim(both ' ' from c4) like '[%)' then cast(cast(floor((try_cast(split_part(substr(trim(both ' ' from c4), 2), '-', 1) as bigint) + try_cast(replace(split_part(trim(both ' ' from c4), '-', 2), ')', '') as bigint)) / 2) as bigint) as string) else c4 end as age,
  case when t.id is null then c6 else t.value end as admission_type,
  case when f.id is null then c8 else f.value end as admission_source,
  case when d.id is null then c7 else d.value end as discharge_disposition,
  case when e.id is null then c7 else e.value end as discharge_disposition_detail,
  case when trim(both ' ' from coalesce(c18, '')) not in ('', '?') then 'icd-9-cm' end as diagnosis_system,
  case when lower(trim(both ' ' from c23)) <> 'none' then c23 end as a1c_result,
  case when lower(trim(both ' ' from c22)) <> 'none' then c22 end as glucose_band,
  c47 as medication_changed,
  case upper(trim(both ' ' from c49))
    when '<30' then 'Yes' when '>30' then 'No' when 'NO' then 'No' else c49 end as readmitted_within_30_days,
  case upper(trim(both ' ' from c49))
    when '>30' then 'Yes' when '<30' then 'No' when 'NO' then 'No' else c49 end as readmitted_after_30_days
from raw as r
left join admission_types as t on t.id = trim(both ' ' from c6)
left join admission_sources as f on f.id = trim(both ' ' from c8)
left join discharge_dispositions as d on d.id = trim(both ' ' from c7)
left join disposition_details as e on e.id = trim(both ' ' from c7)
