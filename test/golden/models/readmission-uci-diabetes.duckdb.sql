with timeline as (
select patient_id, cast(t_end as int) as t, cast(1 as int) as visits, cast(null as int) as emergency_visits, cast(null as int) as outpatient_visits, cast(null as int) as acute_visits, cast(null as int) as stays, cast(null as int) as readmissions, cast(null as int) as late_readmissions, cast(null as int) as days_in_hospital, cast(null as int) as prescriptions, cast(null as string) as drug_category, cast(null as decimal(18,6)) as severity_scores, cast(null as int) as visit_day, cast(null as int) as discharge_day, cast(visit_number as bigint) as ended_number, cast(null as bigint) as scored_number, cast(null as string) as case_id, cast(null as date) as index_date, cast(null as bigint) as index_order, cast(null as bigint) as label, cast(null as int) as t_end, cast(null as bigint) as current_number, cast(null as bigint) as first_number, cast(null as double) as length_of_stay
from (select patient_id, 2 * cast(visit_number as int) as t_end, visit_number from visits where source = 'uci-diabetes' and visit_date is null) as ended
union all
select patient_id, cast(2 * cast(visit_number as int) as int) as t, cast(null as int) as visits, cast(null as int) as emergency_visits, cast(null as int) as outpatient_visits, cast(null as int) as acute_visits, cast(1 as int) as stays, cast(null as int) as readmissions, cast(null as int) as late_readmissions, cast(length_of_stay_days as int) as days_in_hospital, cast(null as int) as prescriptions, cast(null as string) as drug_category, cast(null as decimal(18,6)) as severity_scores, cast(null as int) as visit_day, cast(null as int) as discharge_day, cast(null as bigint) as ended_number, cast(null as bigint) as scored_number, cast(null as string) as case_id, cast(null as date) as index_date, cast(null as bigint) as index_order, cast(null as bigint) as label, cast(null as int) as t_end, cast(null as bigint) as current_number, cast(null as bigint) as first_number, cast(null as double) as length_of_stay
from (
  select s.*, v.visit_number, v.readmitted_after_30_days
  from (select patient_id, first_visit_id, length_of_stay_days, readmitted_within_30_days from stays where source = 'uci-diabetes') as s
  join (select visit_id, visit_number, readmitted_after_30_days from visits where source = 'uci-diabetes' and visit_date is null) as v on v.visit_id = s.first_visit_id
) as stayed
union all
select patient_id, cast(2 * cast(visit_number as int) + 1 as int) as t, cast(null as int) as visits, cast(null as int) as emergency_visits, cast(null as int) as outpatient_visits, cast(null as int) as acute_visits, cast(null as int) as stays, cast(1 as int) as readmissions, cast(null as int) as late_readmissions, cast(null as int) as days_in_hospital, cast(null as int) as prescriptions, cast(null as string) as drug_category, cast(null as decimal(18,6)) as severity_scores, cast(null as int) as visit_day, cast(null as int) as discharge_day, cast(null as bigint) as ended_number, cast(null as bigint) as scored_number, cast(null as string) as case_id, cast(null as date) as index_date, cast(null as bigint) as index_order, cast(null as bigint) as label, cast(null as int) as t_end, cast(null as bigint) as current_number, cast(null as bigint) as first_number, cast(null as double) as length_of_stay
from (
  select s.*, v.visit_number, v.readmitted_after_30_days
  from (select patient_id, first_visit_id, length_of_stay_days, readmitted_within_30_days from stays where source = 'uci-diabetes') as s
  join (select visit_id, visit_number, readmitted_after_30_days from visits where source = 'uci-diabetes' and visit_date is null) as v on v.visit_id = s.first_visit_id
) as stayed
where readmitted_within_30_days
union all
select patient_id, cast(2 * cast(visit_number as int) + 1 as int) as t, cast(null as int) as visits, cast(null as int) as emergency_visits, cast(null as int) as outpatient_visits, cast(null as int) as acute_visits, cast(null as int) as stays, cast(null as int) as readmissions, cast(1 as int) as late_readmissions, cast(null as int) as days_in_hospital, cast(null as int) as prescriptions, cast(null as string) as drug_category, cast(null as decimal(18,6)) as severity_scores, cast(null as int) as visit_day, cast(null as int) as discharge_day, cast(null as bigint) as ended_number, cast(null as bigint) as scored_number, cast(null as string) as case_id, cast(null as date) as index_date, cast(null as bigint) as index_order, cast(null as bigint) as label, cast(null as int) as t_end, cast(null as bigint) as current_number, cast(null as bigint) as first_number, cast(null as double) as length_of_stay
from (
  select s.*, v.visit_number, v.readmitted_after_30_days
  from (select patient_id, first_visit_id, length_of_stay_days, readmitted_within_30_days from stays where source = 'uci-diabetes') as s
  join (select visit_id, visit_number, readmitted_after_30_days from visits where source = 'uci-diabetes' and visit_date is null) as v on v.visit_id = s.first_visit_id
) as stayed
where readmitted_after_30_days = 'Yes'
union all
select patient_id, cast(t as int) as t, cast(null as int) as visits, cast(null as int) as emergency_visits, cast(null as int) as outpatient_visits, cast(null as int) as acute_visits, cast(null as int) as stays, cast(null as int) as readmissions, cast(null as int) as late_readmissions, cast(null as int) as days_in_hospital, cast(null as int) as prescriptions, cast(null as string) as drug_category, cast(null as decimal(18,6)) as severity_scores, cast(null as int) as visit_day, cast(null as int) as discharge_day, cast(null as bigint) as ended_number, cast(null as bigint) as scored_number, cast(case_id as string) as case_id, cast(index_date as date) as index_date, cast(index_order as bigint) as index_order, cast(label as bigint) as label, cast(t_end as int) as t_end, cast(current_number as bigint) as current_number, cast(first_number as bigint) as first_number, cast(length_of_stay as double) as length_of_stay
from (
select patient_id, stay_id as case_id, cast(null as date) as index_date, stay_order as index_order, case when readmitted_within_30_days then 1 else 0 end as label,
  t_start as t, t_end, visit_number as current_number, visit_number as first_number, length_of_stay_days as length_of_stay
from (
  select s.*, v.visit_number, v.t_start, v.t_end, row_number() over (partition by s.patient_id order by v.visit_number desc) as latest
  from (select patient_id, stay_id, first_visit_id, length_of_stay_days, stay_order, is_index, readmitted_within_30_days, readmission_basis, died from stays where source = 'uci-diabetes') as s
  join (select visit_id, visit_number, 2 * cast(visit_number as int) as t_start, 2 * cast(visit_number as int) as t_end from visits where source = 'uci-diabetes' and visit_date is null) as v on v.visit_id = s.first_visit_id
) as placed
where is_index and readmission_basis = 'file label, all-cause'
) as cases
),
history as (
select patient_id, t, case_id, index_date, index_order, t_end, first_number, length_of_stay, label,
  coalesce(current_number, max(ended_number) over (partition by patient_id order by t range between unbounded preceding and 1 preceding)) as current_number,
  max(scored_number) over (partition by patient_id order by t range between unbounded preceding and 1 preceding) as scored_number,
  cast(coalesce(cast(sum(visits) over (partition by patient_id order by t range between unbounded preceding and 1 preceding) as bigint), 0) as double) as "number_of_previous_visits",
  cast(coalesce(cast(sum(stays) over (partition by patient_id order by t range between unbounded preceding and 1 preceding) as bigint), 0) as double) as "earlier_stays",
  cast(coalesce(cast(sum(readmissions) over (partition by patient_id order by t range between unbounded preceding and 1 preceding) as bigint), 0) as double) as "earlier_readmissions",
  cast(coalesce(cast(sum(late_readmissions) over (partition by patient_id order by t range between unbounded preceding and 1 preceding) as bigint), 0) as double) as "earlier_late_readmissions",
  cast(coalesce(cast(sum(days_in_hospital) over (partition by patient_id order by t range between unbounded preceding and 1 preceding) as bigint), 0) as double) as "earlier_days_in_hospital"
from timeline
),
cases as (
  select * from history where case_id is not null and current_number is not null
),
scored as (
select n.patient_id, n.visit_number, n.severity_score, b.severity_score as severity_before
from (
  select patient_id, own_number as visit_number, severity_score, max(ended_number) over (partition by patient_id order by t range between unbounded preceding and 1 preceding) as before_number
  from (
    select patient_id, t_start as t, visit_number as own_number, cast(null as bigint) as ended_number, severity_score
    from (select patient_id, visit_number, 2 * cast(visit_number as int) as t_start, severity_score from visits where source = 'uci-diabetes' and visit_date is null) as begun where severity_score is not null
    union all
    select patient_id, t_end as t, cast(null as bigint) as own_number, visit_number as ended_number, severity_score
    from (select patient_id, visit_number, 2 * cast(visit_number as int) as t_end, severity_score from visits where source = 'uci-diabetes' and visit_date is null) as ended where severity_score is not null
  ) as placed
) as n
left join (select patient_id, visit_number, severity_score from visits where source = 'uci-diabetes' and visit_date is null) as b
  on b.patient_id = n.patient_id and b.visit_number = n.before_number
where n.visit_number is not null
),
comorbidity as (
select k.patient_id, min(case when m.myocardial_infarction then k.t_end end) as since_myocardial_infarction,
  min(case when m.heart_failure then k.t_end end) as since_heart_failure,
  min(case when m.peripheral_vascular then k.t_end end) as since_peripheral_vascular,
  min(case when m.cerebrovascular then k.t_end end) as since_cerebrovascular,
  min(case when m.dementia then k.t_end end) as since_dementia,
  min(case when m.chronic_pulmonary then k.t_end end) as since_chronic_pulmonary,
  min(case when m.rheumatic then k.t_end end) as since_rheumatic,
  min(case when m.peptic_ulcer then k.t_end end) as since_peptic_ulcer,
  min(case when m.mild_liver then k.t_end end) as since_mild_liver,
  min(case when m.diabetes_uncomplicated then k.t_end end) as since_diabetes_uncomplicated,
  min(case when m.diabetes_complicated then k.t_end end) as since_diabetes_complicated,
  min(case when m.hemiplegia then k.t_end end) as since_hemiplegia,
  min(case when m.renal then k.t_end end) as since_renal,
  min(case when m.malignancy then k.t_end end) as since_malignancy,
  min(case when m.severe_liver then k.t_end end) as since_severe_liver,
  min(case when m.metastatic then k.t_end end) as since_metastatic,
  min(case when m.aids then k.t_end end) as since_aids
from (
  select patient_id, diagnosis_system, diagnosis_code, min(t_end) as t_end
  from (
    select patient_id, diagnosis_system, diagnosis_code, t_end from (select patient_id, 2 * cast(visit_number as int) as t_end, diagnosis_system, diagnosis_code from visits where source = 'uci-diabetes' and visit_date is null) as main
    union all
    select d.patient_id, d.diagnosis_system, d.diagnosis_code, v.t_end
    from (select patient_id, visit_id, diagnosis_system, diagnosis_code from diagnoses where source = 'uci-diabetes') as d join (select visit_id, 2 * cast(visit_number as int) as t_end from visits where source = 'uci-diabetes' and visit_date is null) as v on v.visit_id = d.visit_id
  ) as stated
  where diagnosis_code is not null
  group by patient_id, diagnosis_system, diagnosis_code
) as k
join (
select diagnosis_system, diagnosis_code, coalesce(case when _system = 'icd-9-cm' then (substr(_code, 1, 3) = '410' or substr(_code, 1, 3) = '412') when _system = 'icd-10' then (substr(_code, 1, 3) = 'I21' or substr(_code, 1, 3) = 'I22' or substr(_code, 1, 4) = 'I252') end, false) as myocardial_infarction,
  coalesce(case when _system = 'icd-9-cm' then (substr(_code, 1, 5) = '39891' or substr(_code, 1, 5) = '40201' or substr(_code, 1, 5) = '40211' or substr(_code, 1, 5) = '40291' or substr(_code, 1, 5) = '40401' or substr(_code, 1, 5) = '40403' or substr(_code, 1, 5) = '40411' or substr(_code, 1, 5) = '40413' or substr(_code, 1, 5) = '40491' or substr(_code, 1, 5) = '40493' or (_code >= '4254' and substr(_code, 1, 4) <= '4259') or substr(_code, 1, 3) = '428') when _system = 'icd-10' then (substr(_code, 1, 4) = 'I099' or substr(_code, 1, 4) = 'I110' or substr(_code, 1, 4) = 'I130' or substr(_code, 1, 4) = 'I132' or substr(_code, 1, 4) = 'I255' or substr(_code, 1, 4) = 'I420' or (_code >= 'I425' and substr(_code, 1, 4) <= 'I429') or substr(_code, 1, 3) = 'I43' or substr(_code, 1, 3) = 'I50' or substr(_code, 1, 4) = 'P290') end, false) as heart_failure,
  coalesce(case when _system = 'icd-9-cm' then (substr(_code, 1, 4) = '0930' or substr(_code, 1, 4) = '4373' or substr(_code, 1, 3) = '440' or substr(_code, 1, 3) = '441' or (_code >= '4431' and substr(_code, 1, 4) <= '4439') or substr(_code, 1, 4) = '4471' or substr(_code, 1, 4) = '5571' or substr(_code, 1, 4) = '5579' or substr(_code, 1, 4) = 'V434') when _system = 'icd-10' then (substr(_code, 1, 3) = 'I70' or substr(_code, 1, 3) = 'I71' or substr(_code, 1, 4) = 'I731' or substr(_code, 1, 4) = 'I738' or substr(_code, 1, 4) = 'I739' or substr(_code, 1, 4) = 'I771' or substr(_code, 1, 4) = 'I790' or substr(_code, 1, 4) = 'I792' or substr(_code, 1, 4) = 'K551' or substr(_code, 1, 4) = 'K558' or substr(_code, 1, 4) = 'K559' or substr(_code, 1, 4) = 'Z958' or substr(_code, 1, 4) = 'Z959') end, false) as peripheral_vascular,
  coalesce(case when _system = 'icd-9-cm' then (substr(_code, 1, 5) = '36234' or (_code >= '430' and substr(_code, 1, 3) <= '438')) when _system = 'icd-10' then (substr(_code, 1, 3) = 'G45' or substr(_code, 1, 3) = 'G46' or substr(_code, 1, 4) = 'H340' or (_code >= 'I60' and substr(_code, 1, 3) <= 'I69')) end, false) as cerebrovascular,
  coalesce(case when _system = 'icd-9-cm' then (substr(_code, 1, 3) = '290' or substr(_code, 1, 4) = '2941' or substr(_code, 1, 4) = '3312') when _system = 'icd-10' then ((_code >= 'F00' and substr(_code, 1, 3) <= 'F03') or substr(_code, 1, 4) = 'F051' or substr(_code, 1, 3) = 'G30' or substr(_code, 1, 4) = 'G311') end, false) as dementia,
  coalesce(case when _system = 'icd-9-cm' then (substr(_code, 1, 4) = '4168' or substr(_code, 1, 4) = '4169' or (_code >= '490' and substr(_code, 1, 3) <= '505') or substr(_code, 1, 4) = '5064' or substr(_code, 1, 4) = '5081' or substr(_code, 1, 4) = '5088') when _system = 'icd-10' then (substr(_code, 1, 4) = 'I278' or substr(_code, 1, 4) = 'I279' or (_code >= 'J40' and substr(_code, 1, 3) <= 'J47') or (_code >= 'J60' and substr(_code, 1, 3) <= 'J67') or substr(_code, 1, 4) = 'J684' or substr(_code, 1, 4) = 'J701' or substr(_code, 1, 4) = 'J703') end, false) as chronic_pulmonary,
  coalesce(case when _system = 'icd-9-cm' then (substr(_code, 1, 4) = '4465' or (_code >= '7100' and substr(_code, 1, 4) <= '7104') or (_code >= '7140' and substr(_code, 1, 4) <= '7142') or substr(_code, 1, 4) = '7148' or substr(_code, 1, 3) = '725') when _system = 'icd-10' then (substr(_code, 1, 3) = 'M05' or substr(_code, 1, 3) = 'M06' or substr(_code, 1, 4) = 'M315' or (_code >= 'M32' and substr(_code, 1, 3) <= 'M34') or substr(_code, 1, 4) = 'M351' or substr(_code, 1, 4) = 'M353' or substr(_code, 1, 4) = 'M360') end, false) as rheumatic,
  coalesce(case when _system = 'icd-9-cm' then ((_code >= '531' and substr(_code, 1, 3) <= '534')) when _system = 'icd-10' then ((_code >= 'K25' and substr(_code, 1, 3) <= 'K28')) end, false) as peptic_ulcer,
  coalesce(case when _system = 'icd-9-cm' then (substr(_code, 1, 5) = '07022' or substr(_code, 1, 5) = '07023' or substr(_code, 1, 5) = '07032' or substr(_code, 1, 5) = '07033' or substr(_code, 1, 5) = '07044' or substr(_code, 1, 5) = '07054' or substr(_code, 1, 4) = '0706' or substr(_code, 1, 4) = '0709' or substr(_code, 1, 3) = '570' or substr(_code, 1, 3) = '571' or substr(_code, 1, 4) = '5733' or substr(_code, 1, 4) = '5734' or substr(_code, 1, 4) = '5738' or substr(_code, 1, 4) = '5739' or substr(_code, 1, 4) = 'V427') when _system = 'icd-10' then (substr(_code, 1, 3) = 'B18' or (_code >= 'K700' and substr(_code, 1, 4) <= 'K703') or substr(_code, 1, 4) = 'K709' or (_code >= 'K713' and substr(_code, 1, 4) <= 'K715') or substr(_code, 1, 4) = 'K717' or substr(_code, 1, 3) = 'K73' or substr(_code, 1, 3) = 'K74' or substr(_code, 1, 4) = 'K760' or (_code >= 'K762' and substr(_code, 1, 4) <= 'K764') or substr(_code, 1, 4) = 'K768' or substr(_code, 1, 4) = 'K769' or substr(_code, 1, 4) = 'Z944') end, false) as mild_liver,
  coalesce(case when _system = 'icd-9-cm' then ((_code >= '2500' and substr(_code, 1, 4) <= '2503') or substr(_code, 1, 4) = '2508' or substr(_code, 1, 4) = '2509') when _system = 'icd-10' then (substr(_code, 1, 4) = 'E100' or substr(_code, 1, 4) = 'E101' or substr(_code, 1, 4) = 'E106' or substr(_code, 1, 4) = 'E108' or substr(_code, 1, 4) = 'E109' or substr(_code, 1, 4) = 'E110' or substr(_code, 1, 4) = 'E111' or substr(_code, 1, 4) = 'E116' or substr(_code, 1, 4) = 'E118' or substr(_code, 1, 4) = 'E119' or substr(_code, 1, 4) = 'E120' or substr(_code, 1, 4) = 'E121' or substr(_code, 1, 4) = 'E126' or substr(_code, 1, 4) = 'E128' or substr(_code, 1, 4) = 'E129' or substr(_code, 1, 4) = 'E130' or substr(_code, 1, 4) = 'E131' or substr(_code, 1, 4) = 'E136' or substr(_code, 1, 4) = 'E138' or substr(_code, 1, 4) = 'E139' or substr(_code, 1, 4) = 'E140' or substr(_code, 1, 4) = 'E141' or substr(_code, 1, 4) = 'E146' or substr(_code, 1, 4) = 'E148' or substr(_code, 1, 4) = 'E149') end, false) as diabetes_uncomplicated,
  coalesce(case when _system = 'icd-9-cm' then ((_code >= '2504' and substr(_code, 1, 4) <= '2507')) when _system = 'icd-10' then ((_code >= 'E102' and substr(_code, 1, 4) <= 'E105') or substr(_code, 1, 4) = 'E107' or (_code >= 'E112' and substr(_code, 1, 4) <= 'E115') or substr(_code, 1, 4) = 'E117' or (_code >= 'E122' and substr(_code, 1, 4) <= 'E125') or substr(_code, 1, 4) = 'E127' or (_code >= 'E132' and substr(_code, 1, 4) <= 'E135') or substr(_code, 1, 4) = 'E137' or (_code >= 'E142' and substr(_code, 1, 4) <= 'E145') or substr(_code, 1, 4) = 'E147') end, false) as diabetes_complicated,
  coalesce(case when _system = 'icd-9-cm' then (substr(_code, 1, 4) = '3341' or substr(_code, 1, 3) = '342' or substr(_code, 1, 3) = '343' or (_code >= '3440' and substr(_code, 1, 4) <= '3446') or substr(_code, 1, 4) = '3449') when _system = 'icd-10' then (substr(_code, 1, 4) = 'G041' or substr(_code, 1, 4) = 'G114' or substr(_code, 1, 4) = 'G801' or substr(_code, 1, 4) = 'G802' or substr(_code, 1, 3) = 'G81' or substr(_code, 1, 3) = 'G82' or (_code >= 'G830' and substr(_code, 1, 4) <= 'G834') or substr(_code, 1, 4) = 'G839') end, false) as hemiplegia,
  coalesce(case when _system = 'icd-9-cm' then (substr(_code, 1, 5) = '40301' or substr(_code, 1, 5) = '40311' or substr(_code, 1, 5) = '40391' or substr(_code, 1, 5) = '40402' or substr(_code, 1, 5) = '40403' or substr(_code, 1, 5) = '40412' or substr(_code, 1, 5) = '40413' or substr(_code, 1, 5) = '40492' or substr(_code, 1, 5) = '40493' or substr(_code, 1, 3) = '582' or (_code >= '5830' and substr(_code, 1, 4) <= '5837') or substr(_code, 1, 3) = '585' or substr(_code, 1, 3) = '586' or substr(_code, 1, 4) = '5880' or substr(_code, 1, 4) = 'V420' or substr(_code, 1, 4) = 'V451' or substr(_code, 1, 3) = 'V56') when _system = 'icd-10' then (substr(_code, 1, 4) = 'I120' or substr(_code, 1, 4) = 'I131' or (_code >= 'N032' and substr(_code, 1, 4) <= 'N037') or (_code >= 'N052' and substr(_code, 1, 4) <= 'N057') or substr(_code, 1, 3) = 'N18' or substr(_code, 1, 3) = 'N19' or substr(_code, 1, 4) = 'N250' or (_code >= 'Z490' and substr(_code, 1, 4) <= 'Z492') or substr(_code, 1, 4) = 'Z940' or substr(_code, 1, 4) = 'Z992') end, false) as renal,
  coalesce(case when _system = 'icd-9-cm' then ((_code >= '140' and substr(_code, 1, 3) <= '172') or (_code >= '174' and substr(_code, 1, 4) <= '1958') or (_code >= '200' and substr(_code, 1, 3) <= '208') or substr(_code, 1, 4) = '2386') when _system = 'icd-10' then ((_code >= 'C00' and substr(_code, 1, 3) <= 'C26') or (_code >= 'C30' and substr(_code, 1, 3) <= 'C34') or (_code >= 'C37' and substr(_code, 1, 3) <= 'C41') or substr(_code, 1, 3) = 'C43' or (_code >= 'C45' and substr(_code, 1, 3) <= 'C58') or (_code >= 'C60' and substr(_code, 1, 3) <= 'C76') or (_code >= 'C81' and substr(_code, 1, 3) <= 'C85') or substr(_code, 1, 3) = 'C88' or (_code >= 'C90' and substr(_code, 1, 3) <= 'C97')) end, false) as malignancy,
  coalesce(case when _system = 'icd-9-cm' then ((_code >= '4560' and substr(_code, 1, 4) <= '4562') or (_code >= '5722' and substr(_code, 1, 4) <= '5728')) when _system = 'icd-10' then (substr(_code, 1, 4) = 'I850' or substr(_code, 1, 4) = 'I859' or substr(_code, 1, 4) = 'I864' or substr(_code, 1, 4) = 'I982' or substr(_code, 1, 4) = 'K704' or substr(_code, 1, 4) = 'K711' or substr(_code, 1, 4) = 'K721' or substr(_code, 1, 4) = 'K729' or (_code >= 'K765' and substr(_code, 1, 4) <= 'K767')) end, false) as severe_liver,
  coalesce(case when _system = 'icd-9-cm' then ((_code >= '196' and substr(_code, 1, 3) <= '199')) when _system = 'icd-10' then ((_code >= 'C77' and substr(_code, 1, 3) <= 'C80')) end, false) as metastatic,
  coalesce(case when _system = 'icd-9-cm' then ((_code >= '042' and substr(_code, 1, 3) <= '044')) when _system = 'icd-10' then ((_code >= 'B20' and substr(_code, 1, 3) <= 'B22') or substr(_code, 1, 3) = 'B24') end, false) as aids
from (
  select distinct diagnosis_system, diagnosis_code, _system,
    case when _system = 'icd-9-cm' and regexp_full_match(_stem, '[0-9]{1,2}') then lpad(_stem, 3, '0') else _stem end
      || upper(split_part(diagnosis_code, '.', 2)) as _code
  from (
    select diagnosis_system, diagnosis_code, upper(split_part(diagnosis_code, '.', 1)) as _stem, coalesce(diagnosis_system, case when substr(diagnosis_code, 1, 1) between '0' and '9' or upper(diagnosis_code) like 'E___.%' then 'icd-9-cm' else 'icd-10' end) as _system
    from (
      select diagnosis_system, diagnosis_code from (select patient_id, 2 * cast(visit_number as int) as t_end, diagnosis_system, diagnosis_code from visits where source = 'uci-diabetes' and visit_date is null) as main
      union all
      select diagnosis_system, diagnosis_code from (select patient_id, visit_id, diagnosis_system, diagnosis_code from diagnoses where source = 'uci-diabetes') as further
    ) as written
    where diagnosis_code is not null
  ) as parted
) as normal
) as m on m.diagnosis_code = k.diagnosis_code and coalesce(m.diagnosis_system, '') = coalesce(k.diagnosis_system, '')
group by k.patient_id
),
drugs as (
select visit_id, cast(count(*) as double) as "drugs_of_the_visit", cast(count(case when dosage in ('increased', 'decreased') then 1 end) as double) as "changed_doses", max(case when lower(drug_name) = 'insulin' then dosage end) as "insulin", max(case when lower(drug_name) = 'metformin' then dosage end) as "metformin"
from (select visit_id, drug_name, dosage from prescriptions where source = 'uci-diabetes') as prescribed
where visit_id is not null
group by visit_id
)
select 'uci-diabetes' as source, k.patient_id, k.case_id, k.index_date, k.index_order, k.label,
  c.age_group as _age_group, p.gender as _sex, p.race as _race, coalesce(c.payer, p.insurance_type) as _payer, c.facility as _facility,
  cast(f."age_at_visit" as double) as "age",
  cast(case when coalesce(p.registration_date <= k.index_date, true) then p."gender" end as string) as "gender",
  cast(case when coalesce(p.registration_date <= k.index_date, true) then p."bmi" end as double) as "bmi",
  cast(case when coalesce(p.registration_date <= k.index_date, true) then p."smoker_status" end as string) as "smoker_status",
  cast(case when coalesce(p.registration_date <= k.index_date, true) then p."alcohol_use" end as string) as "alcohol_use",
  cast(case when coalesce(p.registration_date <= k.index_date, true) then p."physical_activity_level" end as string) as "physical_activity_level",
  cast(case when coalesce(p.registration_date <= k.index_date, true) then p."insurance_type" end as string) as "insurance_type",
  cast(case when coalesce(p.registration_date <= k.index_date, true) then case when array_to_string(p."chronic_conditions", ';') = '' then 0 else length(array_to_string(p."chronic_conditions", ';')) - length(replace(array_to_string(p."chronic_conditions", ';'), ';', '')) + 1 end end as double) as "number_of_chronic_conditions",
  cast(f."admission_type" as string) as "admission_type",
  cast(f."admission_source" as string) as "admission_source",
  cast(coalesce(k.length_of_stay, c.length_of_stay_days, floor(c.length_of_stay)) as double) as "length_of_stay",
  cast(c."discharge_disposition" as string) as "discharge_disposition",
  cast(c."discharge_disposition_detail" as string) as "discharge_disposition_detail",
  cast(c."disease" as string) as "disease",
  cast(d2.disease as string) as "second_disease",
  cast(d3.disease as string) as "third_disease",
  cast(s.severity_score as double) as "severity_score",
  cast(s.severity_score - s.severity_before as double) as "severity_change",
  cast(c."systolic" as double) as "systolic",
  cast(c."diastolic" as double) as "diastolic",
  cast(c."glucose_level" as double) as "glucose_level",
  cast(c."heart_rate" as double) as "heart_rate",
  cast(c."a1c_result" as string) as "a1c_result",
  cast(c."glucose_band" as string) as "glucose_band",
  cast(c."medication_changed" as string) as "medication_changed",
  cast(c."num_medications" as double) as "num_medications",
  cast(c."num_procedures" as double) as "num_procedures",
  cast(c."num_lab_procedures" as double) as "num_lab_procedures",
  cast(c."num_diagnoses" as double) as "num_diagnoses",
  cast(c."specialty" as string) as "specialty",
  cast(c."payer" as string) as "payer",
  k."number_of_previous_visits" as "number_of_previous_visits",
  k."earlier_stays" as "earlier_stays",
  k."earlier_readmissions" as "earlier_readmissions",
  cast(b."readmitted_within_30_days" as string) as "is_readmission",
  k."earlier_late_readmissions" as "earlier_late_readmissions",
  k."earlier_days_in_hospital" as "earlier_days_in_hospital",
  cast(c."prior_inpatient" as double) as "prior_inpatient",
  cast(c."prior_emergency" as double) as "prior_emergency",
  cast(c."prior_outpatient" as double) as "prior_outpatient",
  cast(case when coalesce(d.since_myocardial_infarction <= k.t_end, false) then 1 else 0 end as double) as "myocardial_infarction",
  cast(case when coalesce(d.since_heart_failure <= k.t_end, false) then 1 else 0 end as double) as "heart_failure",
  cast(case when coalesce(d.since_peripheral_vascular <= k.t_end, false) then 1 else 0 end as double) as "peripheral_vascular",
  cast(case when coalesce(d.since_cerebrovascular <= k.t_end, false) then 1 else 0 end as double) as "cerebrovascular",
  cast(case when coalesce(d.since_dementia <= k.t_end, false) then 1 else 0 end as double) as "dementia",
  cast(case when coalesce(d.since_chronic_pulmonary <= k.t_end, false) then 1 else 0 end as double) as "chronic_pulmonary",
  cast(case when coalesce(d.since_rheumatic <= k.t_end, false) then 1 else 0 end as double) as "rheumatic",
  cast(case when coalesce(d.since_peptic_ulcer <= k.t_end, false) then 1 else 0 end as double) as "peptic_ulcer",
  cast(case when coalesce(d.since_mild_liver <= k.t_end, false) then 1 else 0 end as double) as "mild_liver",
  cast(case when coalesce(d.since_diabetes_uncomplicated <= k.t_end, false) then 1 else 0 end as double) as "diabetes_uncomplicated",
  cast(case when coalesce(d.since_diabetes_complicated <= k.t_end, false) then 1 else 0 end as double) as "diabetes_complicated",
  cast(case when coalesce(d.since_hemiplegia <= k.t_end, false) then 1 else 0 end as double) as "hemiplegia",
  cast(case when coalesce(d.since_renal <= k.t_end, false) then 1 else 0 end as double) as "renal",
  cast(case when coalesce(d.since_malignancy <= k.t_end, false) then 1 else 0 end as double) as "malignancy",
  cast(case when coalesce(d.since_severe_liver <= k.t_end, false) then 1 else 0 end as double) as "severe_liver",
  cast(case when coalesce(d.since_metastatic <= k.t_end, false) then 1 else 0 end as double) as "metastatic",
  cast(case when coalesce(d.since_aids <= k.t_end, false) then 1 else 0 end as double) as "aids",
  cast((case when coalesce(d.since_myocardial_infarction <= k.t_end, false) then 1 else 0 end + case when coalesce(d.since_heart_failure <= k.t_end, false) then 1 else 0 end + case when coalesce(d.since_peripheral_vascular <= k.t_end, false) then 1 else 0 end + case when coalesce(d.since_cerebrovascular <= k.t_end, false) then 1 else 0 end + case when coalesce(d.since_dementia <= k.t_end, false) then 1 else 0 end + case when coalesce(d.since_chronic_pulmonary <= k.t_end, false) then 1 else 0 end + case when coalesce(d.since_rheumatic <= k.t_end, false) then 1 else 0 end + case when coalesce(d.since_peptic_ulcer <= k.t_end, false) then 1 else 0 end + case when coalesce(d.since_mild_liver <= k.t_end, false) and not coalesce(d.since_severe_liver <= k.t_end, false) then 1 else 0 end + case when coalesce(d.since_diabetes_uncomplicated <= k.t_end, false) and not coalesce(d.since_diabetes_complicated <= k.t_end, false) then 1 else 0 end + case when coalesce(d.since_diabetes_complicated <= k.t_end, false) then 2 else 0 end + case when coalesce(d.since_hemiplegia <= k.t_end, false) then 2 else 0 end + case when coalesce(d.since_renal <= k.t_end, false) then 2 else 0 end + case when coalesce(d.since_malignancy <= k.t_end, false) and not coalesce(d.since_metastatic <= k.t_end, false) then 2 else 0 end + case when coalesce(d.since_severe_liver <= k.t_end, false) then 3 else 0 end + case when coalesce(d.since_metastatic <= k.t_end, false) then 6 else 0 end + case when coalesce(d.since_aids <= k.t_end, false) then 6 else 0 end) as double) as "charlson_index",
  cast((case when coalesce(d.since_myocardial_infarction <= k.t_end, false) then 1 else 0 end + case when coalesce(d.since_heart_failure <= k.t_end, false) then 2 else 0 end + case when coalesce(d.since_peripheral_vascular <= k.t_end, false) then 1 else 0 end + case when coalesce(d.since_cerebrovascular <= k.t_end, false) then 1 else 0 end + case when coalesce(d.since_dementia <= k.t_end, false) then 3 else 0 end + case when coalesce(d.since_chronic_pulmonary <= k.t_end, false) then 2 else 0 end + case when coalesce(d.since_rheumatic <= k.t_end, false) then 3 else 0 end + case when coalesce(d.since_mild_liver <= k.t_end, false) and not coalesce(d.since_severe_liver <= k.t_end, false) then 2 else 0 end + case when coalesce(d.since_diabetes_uncomplicated <= k.t_end, false) and not coalesce(d.since_diabetes_complicated <= k.t_end, false) then 1 else 0 end + case when coalesce(d.since_diabetes_complicated <= k.t_end, false) then 2 else 0 end + case when coalesce(d.since_renal <= k.t_end, false) then 2 else 0 end + case when coalesce(d.since_malignancy <= k.t_end, false) and not coalesce(d.since_metastatic <= k.t_end, false) then 2 else 0 end + case when coalesce(d.since_severe_liver <= k.t_end, false) then 4 else 0 end + case when coalesce(d.since_metastatic <= k.t_end, false) then 6 else 0 end + case when coalesce(d.since_aids <= k.t_end, false) then 4 else 0 end) as double) as "lace_comorbidity",
  coalesce(r."drugs_of_the_visit", cast(0 as double)) as "drugs_of_the_visit",
  coalesce(r."changed_doses", cast(0 as double)) as "changed_doses",
  coalesce(r."insulin", 'none') as "insulin",
  coalesce(r."metformin", 'none') as "metformin"
from cases as k
join (select patient_id, visit_id, visit_number, severity_score, age_group, payer, facility, length_of_stay, length_of_stay_days, discharge_disposition, discharge_disposition_detail, disease, systolic, diastolic, glucose_level, heart_rate, a1c_result, glucose_band, medication_changed, num_medications, num_procedures, num_lab_procedures, num_diagnoses, specialty, prior_inpatient, prior_emergency, prior_outpatient from visits where source = 'uci-diabetes' and visit_date is null) as c on c.patient_id = k.patient_id and c.visit_number = k.current_number
join (select patient_id, visit_number, age_at_visit, admission_type, admission_source from visits where source = 'uci-diabetes' and visit_date is null) as f
  on f.patient_id = k.patient_id and f.visit_number = coalesce(k.first_number, k.current_number)
left join (select patient_id, visit_number, readmitted_within_30_days from visits where source = 'uci-diabetes' and visit_date is null) as b on b.patient_id = f.patient_id and b.visit_number = f.visit_number - 1
left join scored as s on s.patient_id = k.patient_id
  and s.visit_number = case when c.severity_score is not null then c.visit_number else k.scored_number end
left join (select patient_id, gender, race, insurance_type, registration_date, bmi, smoker_status, alcohol_use, physical_activity_level, chronic_conditions from patients where source = 'uci-diabetes') as p on p.patient_id = k.patient_id
left join comorbidity as d on d.patient_id = k.patient_id
left join drugs as r on r.visit_id = c.visit_id
left join (select visit_id, min(disease) as disease from (select visit_id, rank, disease from diagnoses where source = 'uci-diabetes') as ranked where rank = 2 group by visit_id) as d2 on d2.visit_id = c.visit_id
left join (select visit_id, min(disease) as disease from (select visit_id, rank, disease from diagnoses where source = 'uci-diabetes') as ranked where rank = 3 group by visit_id) as d3 on d3.visit_id = c.visit_id
