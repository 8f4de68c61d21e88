with timeline as (
select patient_id, t, cast(sum(visits) as bigint) as visits, cast(sum(emergency_visits) as bigint) as emergency_visits, cast(sum(outpatient_visits) as bigint) as outpatient_visits, cast(sum(acute_visits) as bigint) as acute_visits, cast(sum(stays) as bigint) as stays, cast(sum(readmissions) as bigint) as readmissions, cast(sum(late_readmissions) as bigint) as late_readmissions, cast(sum(days_in_hospital) as bigint) as days_in_hospital, cast(sum(prescriptions) as bigint) as prescriptions, cast(sum(severity_scores) as decimal(18,6)) as severity_scores, count(severity_scores) as scores, max(visit_day) as visit_day, max(discharge_day) as discharge_day, max(ended_number) as ended_number, max(scored_number) as scored_number, cast(null as string) as case_id, cast(null as date) as index_date, cast(null as bigint) as index_order, cast(null as bigint) as label, cast(null as int) as t_end, cast(null as bigint) as current_number, cast(null as bigint) as first_number, cast(null as double) as length_of_stay
from (
select patient_id, cast(t_end as int) as t, cast(1 as int) as visits, cast(null as int) as emergency_visits, cast(null as int) as outpatient_visits, cast(null as int) as acute_visits, cast(null as int) as stays, cast(null as int) as readmissions, cast(null as int) as late_readmissions, cast(null as int) as days_in_hospital, cast(null as int) as prescriptions, cast(null as string) as drug_category, cast(null as decimal(18,6)) as severity_scores, cast(null as int) as visit_day, cast(null as int) as discharge_day, cast(visit_number as bigint) as ended_number, cast(null as bigint) as scored_number
from (select patient_id, 2 * cast(visit_number as int) as t_end, visit_number from visits where source = 'uci-diabetes' and visit_date is null) as ended
union all
select patient_id, cast(2 * cast(visit_number as int) as int) as t, cast(null as int) as visits, cast(null as int) as emergency_visits, cast(null as int) as outpatient_visits, cast(null as int) as acute_visits, cast(1 as int) as stays, cast(null as int) as readmissions, cast(null as int) as late_readmissions, cast(length_of_stay_days as int) as days_in_hospital, cast(null as int) as prescriptions, cast(null as string) as drug_category, cast(null as decimal(18,6)) as severity_scores, cast(null as int) as visit_day, cast(null as int) as discharge_day, cast(null as bigint) as ended_number, cast(null as bigint) as scored_number
from (
  select s.*, v.visit_number, v.readmitted_after_30_days
  from (select patient_id, first_visit_id, length_of_stay_days, readmitted_within_30_days from stays where source = 'uci-diabetes') as s
  join (select visit_id, visit_number, readmitted_after_30_days from visits where source = 'uci-diabetes' and visit_date is null) as v on v.visit_id = s.first_visit_id
) as stayed
union all
select patient_id, cast(2 * cast(visit_number as int) + 1 as int) as t, cast(null as int) as visits, cast(null as int) as emergency_visits, cast(null as int) as outpatient_visits, cast(null as int) as acute_visits, cast(null as int) as stays, cast(1 as int) as readmissions, cast(null as int) as late_readmissions, cast(null as int) as days_in_hospital, cast(null as int) as prescriptions, cast(null as string) as drug_category, cast(null as decimal(18,6)) as severity_scores, cast(null as int) as visit_day, cast(null as int) as discharge_day, cast(null as bigint) as ended_number, cast(null as bigint) as scored_number
from (
  select s.*, v.visit_number, v.readmitted_after_30_days
  from (select patient_id, first_visit_id, length_of_stay_days, readmitted_within_30_days from stays where source = 'uci-diabetes') as s
  join (select visit_id, visit_number, readmitted_after_30_days from visits where source = 'uci-diabetes' and visit_date is null) as v on v.visit_id = s.first_visit_id
) as stayed
where readmitted_within_30_days
union all
select patient_id, cast(2 * cast(visit_number as int) + 1 as int) as t, cast(null as int) as visits, cast(null as int) as emergency_visits, cast(null as int) as outpatient_visits, cast(null as int) as acute_visits, cast(null as int) as stays, cast(null as int) as readmissions, cast(1 as int) as late_readmissions, cast(null as int) as days_in_hospital, cast(null as int) as prescriptions, cast(null as string) as drug_category, cast(null as decimal(18,6)) as severity_scores, cast(null as int) as visit_day, cast(null as int) as discharge_day, cast(null as bigint) as ended_number, cast(null as bigint) as scored_number
from (
  select s.*, v.visit_number, v.readmitted_after_30_days
  from (select patient_id, first_visit_id, length_of_stay_days, readmitted_within_30_days from stays where source = 'uci-diabetes') as s
  join (select visit_id, visit_number, readmitted_after_30_days from visits where source = 'uci-diabetes' and visit_date is null) as v on v.visit_id = s.first_visit_id
) as stayed
where readmitted_after_30_days = 'Yes'
) as facts
group by patient_id, t
union all
select patient_id, cast(t as int) as t, null as visits, null as emergency_visits, null as outpatient_visits, null as acute_visits, null as stays, null as readmissions, null as late_readmissions, null as days_in_hospital, null as prescriptions, null as severity_scores, null as scores, null as visit_day, null as discharge_day, null as ended_number, null as scored_number, cast(case_id as string) as case_id, cast(index_date as date) as index_date, cast(index_order as bigint) as index_order, cast(label as bigint) as label, cast(t_end as int) as t_end, cast(current_number as bigint) as current_number, cast(first_number as bigint) as first_number, cast(length_of_stay as double) as length_of_stay
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
select diagnosis_system, diagnosis_code, coalesce(case when _system = 'icd-9-cm' then (substr(_code, 1, 3) in ('410', '412')) when _system = 'icd-10' then (substr(_code, 1, 3) in ('I21', 'I22') or substr(_code, 1, 4) in ('I252')) end, false) as myocardial_infarction,
  coalesce(case when _system = 'icd-9-cm' then (substr(_code, 1, 5) in ('39891', '40201', '40211', '40291', '40401', '40403', '40411', '40413', '40491', '40493') or substr(_code, 1, 4) in ('4254', '4255', '4256', '4257', '4258', '4259') or substr(_code, 1, 3) in ('428')) when _system = 'icd-10' then (substr(_code, 1, 4) in ('I099', 'I110', 'I130', 'I132', 'I255', 'I420', 'I425', 'I426', 'I427', 'I428', 'I429', 'P290') or substr(_code, 1, 3) in ('I43', 'I50')) end, false) as heart_failure,
  coalesce(case when _system = 'icd-9-cm' then (substr(_code, 1, 4) in ('0930', '4373', '4431', '4432', '4433', '4434', '4435', '4436', '4437', '4438', '4439', '4471', '5571', '5579', 'V434') or substr(_code, 1, 3) in ('440', '441')) when _system = 'icd-10' then (substr(_code, 1, 3) in ('I70', 'I71') or substr(_code, 1, 4) in ('I731', 'I738', 'I739', 'I771', 'I790', 'I792', 'K551', 'K558', 'K559', 'Z958', 'Z959')) end, false) as peripheral_vascular,
  coalesce(case when _system = 'icd-9-cm' then (substr(_code, 1, 5) in ('36234') or substr(_code, 1, 3) in ('430', '431', '432', '433', '434', '435', '436', '437', '438')) when _system = 'icd-10' then (substr(_code, 1, 3) in ('G45', 'G46', 'I60', 'I61', 'I62', 'I63', 'I64', 'I65', 'I66', 'I67', 'I68', 'I69') or substr(_code, 1, 4) in ('H340')) end, false) as cerebrovascular,
  coalesce(case when _system = 'icd-9-cm' then (substr(_code, 1, 3) in ('290') or substr(_code, 1, 4) in ('2941', '3312')) when _system = 'icd-10' then (substr(_code, 1, 3) in ('F00', 'F01', 'F02', 'F03', 'G30') or substr(_code, 1, 4) in ('F051', 'G311')) end, false) as dementia,
  coalesce(case when _system = 'icd-9-cm' then (substr(_code, 1, 4) in ('4168', '4169', '5064', '5081', '5088') or substr(_code, 1, 3) in ('490', '491', '492', '493', '494', '495', '496', '497', '498', '499', '500', '501', '502', '503', '504', '505')) when _system = 'icd-10' then (substr(_code, 1, 4) in ('I278', 'I279', 'J684', 'J701', 'J703') or substr(_code, 1, 3) in ('J40', 'J41', 'J42', 'J43', 'J44', 'J45', 'J46', 'J47', 'J60', 'J61', 'J62', 'J63', 'J64', 'J65', 'J66', 'J67')) end, false) as chronic_pulmonary,
  coalesce(case when _system = 'icd-9-cm' then (substr(_code, 1, 4) in ('4465', '7100', '7101', '7102', '7103', '7104', '7140', '7141', '7142', '7148') or substr(_code, 1, 3) in ('725')) when _system = 'icd-10' then (substr(_code, 1, 3) in ('M05', 'M06', 'M32', 'M33', 'M34') or substr(_code, 1, 4) in ('M315', 'M351', 'M353', 'M360')) end, false) as rheumatic,
  coalesce(case when _system = 'icd-9-cm' then (substr(_code, 1, 3) in ('531', '532', '533', '534')) when _system = 'icd-10' then (substr(_code, 1, 3) in ('K25', 'K26', 'K27', 'K28')) end, false) as peptic_ulcer,
  coalesce(case when _system = 'icd-9-cm' then (substr(_code, 1, 5) in ('07022', '07023', '07032', '07033', '07044', '07054') or substr(_code, 1, 4) in ('0706', '0709', '5733', '5734', '5738', '5739', 'V427') or substr(_code, 1, 3) in ('570', '571')) when _system = 'icd-10' then (substr(_code, 1, 3) in ('B18', 'K73', 'K74') or substr(_code, 1, 4) in ('K700', 'K701', 'K702', 'K703', 'K709', 'K713', 'K714', 'K715', 'K717', 'K760', 'K762', 'K763', 'K764', 'K768', 'K769', 'Z944')) end, false) as mild_liver,
  coalesce(case when _system = 'icd-9-cm' then (substr(_code, 1, 4) in ('2500', '2501', '2502', '2503', '2508', '2509')) when _system = 'icd-10' then (substr(_code, 1, 4) in ('E100', 'E101', 'E106', 'E108', 'E109', 'E110', 'E111', 'E116', 'E118', 'E119', 'E120', 'E121', 'E126', 'E128', 'E129', 'E130', 'E131', 'E136', 'E138', 'E139', 'E140', 'E141', 'E146', 'E148', 'E149')) end, false) as diabetes_uncomplicated,
  coalesce(case when _system = 'icd-9-cm' then (substr(_code, 1, 4) in ('2504', '2505', '2506', '2507')) when _system = 'icd-10' then (substr(_code, 1, 4) in ('E102', 'E103', 'E104', 'E105', 'E107', 'E112', 'E113', 'E114', 'E115', 'E117', 'E122', 'E123', 'E124', 'E125', 'E127', 'E132', 'E133', 'E134', 'E135', 'E137', 'E142', 'E143', 'E144', 'E145', 'E147')) end, false) as diabetes_complicated,
  coalesce(case when _system = 'icd-9-cm' then (substr(_code, 1, 4) in ('3341', '3440', '3441', '3442', '3443', '3444', '3445', '3446', '3449') or substr(_code, 1, 3) in ('342', '343')) when _system = 'icd-10' then (substr(_code, 1, 4) in ('G041', 'G114', 'G801', 'G802', 'G830', 'G831', 'G832', 'G833', 'G834', 'G839') or substr(_code, 1, 3) in ('G81', 'G82')) end, false) as hemiplegia,
  coalesce(case when _system = 'icd-9-cm' then (substr(_code, 1, 5) in ('40301', '40311', '40391', '40402', '40403', '40412', '40413', '40492', '40493') or substr(_code, 1, 3) in ('582', '585', '586', 'V56') or substr(_code, 1, 4) in ('5830', '5831', '5832', '5833', '5834', '5835', '5836', '5837', '5880', 'V420', 'V451')) when _system = 'icd-10' then (substr(_code, 1, 4) in ('I120', 'I131', 'N032', 'N033', 'N034', 'N035', 'N036', 'N037', 'N052', 'N053', 'N054', 'N055', 'N056', 'N057', 'N250', 'Z490', 'Z491', 'Z492', 'Z940', 'Z992') or substr(_code, 1, 3) in ('N18', 'N19')) end, false) as renal,
  coalesce(case when _system = 'icd-9-cm' then (substr(_code, 1, 3) in ('140', '141', '142', '143', '144', '145', '146', '147', '148', '149', '150', '151', '152', '153', '154', '155', '156', '157', '158', '159', '160', '161', '162', '163', '164', '165', '166', '167', '168', '169', '170', '171', '172', '200', '201', '202', '203', '204', '205', '206', '207', '208') or substr(_code, 1, 4) in ('174', '175', '176', '177', '178', '179', '180', '181', '182', '183', '184', '185', '186', '187', '188', '189', '190', '191', '192', '193', '194', '195', '1740', '1741', '1742', '1743', '1744', '1745', '1746', '1747', '1748', '1749', '1750', '1751', '1752', '1753', '1754', '1755', '1756', '1757', '1758', '1759', '1760', '1761', '1762', '1763', '1764', '1765', '1766', '1767', '1768', '1769', '1770', '1771', '1772', '1773', '1774', '1775', '1776', '1777', '1778', '1779', '1780', '1781', '1782', '1783', '1784', '1785', '1786', '1787', '1788', '1789', '1790', '1791', '1792', '1793', '1794', '1795', '1796', '1797', '1798', '1799', '1800', '1801', '1802', '1803', '1804', '1805', '1806', '1807', '1808', '1809', '1810', '1811', '1812', '1813', '1814', '1815', '1816', '1817', '1818', '1819', '1820', '1821', '1822', '1823', '1824', '1825', '1826', '1827', '1828', '1829', '1830', '1831', '1832', '1833', '1834', '1835', '1836', '1837', '1838', '1839', '1840', '1841', '1842', '1843', '1844', '1845', '1846', '1847', '1848', '1849', '1850', '1851', '1852', '1853', '1854', '1855', '1856', '1857', '1858', '1859', '1860', '1861', '1862', '1863', '1864', '1865', '1866', '1867', '1868', '1869', '1870', '1871', '1872', '1873', '1874', '1875', '1876', '1877', '1878', '1879', '1880', '1881', '1882', '1883', '1884', '1885', '1886', '1887', '1888', '1889', '1890', '1891', '1892', '1893', '1894', '1895', '1896', '1897', '1898', '1899', '1900', '1901', '1902', '1903', '1904', '1905', '1906', '1907', '1908', '1909', '1910', '1911', '1912', '1913', '1914', '1915', '1916', '1917', '1918', '1919', '1920', '1921', '1922', '1923', '1924', '1925', '1926', '1927', '1928', '1929', '1930', '1931', '1932', '1933', '1934', '1935', '1936', '1937', '1938', '1939', '1940', '1941', '1942', '1943', '1944', '1945', '1946', '1947', '1948', '1949', '1950', '1951', '1952', '1953', '1954', '1955', '1956', '1957', '1958', '2386')) when _system = 'icd-10' then (substr(_code, 1, 3) in ('C00', 'C01', 'C02', 'C03', 'C04', 'C05', 'C06', 'C07', 'C08', 'C09', 'C0A', 'C0B', 'C0C', 'C0D', 'C0E', 'C0F', 'C0G', 'C0H', 'C0I', 'C0J', 'C0K', 'C0L', 'C0M', 'C0N', 'C0O', 'C0P', 'C0Q', 'C0R', 'C0S', 'C0T', 'C0U', 'C0V', 'C0W', 'C0X', 'C0Y', 'C0Z', 'C10', 'C11', 'C12', 'C13', 'C14', 'C15', 'C16', 'C17', 'C18', 'C19', 'C1A', 'C1B', 'C1C', 'C1D', 'C1E', 'C1F', 'C1G', 'C1H', 'C1I', 'C1J', 'C1K', 'C1L', 'C1M', 'C1N', 'C1O', 'C1P', 'C1Q', 'C1R', 'C1S', 'C1T', 'C1U', 'C1V', 'C1W', 'C1X', 'C1Y', 'C1Z', 'C20', 'C21', 'C22', 'C23', 'C24', 'C25', 'C26', 'C30', 'C31', 'C32', 'C33', 'C34', 'C37', 'C38', 'C39', 'C3A', 'C3B', 'C3C', 'C3D', 'C3E', 'C3F', 'C3G', 'C3H', 'C3I', 'C3J', 'C3K', 'C3L', 'C3M', 'C3N', 'C3O', 'C3P', 'C3Q', 'C3R', 'C3S', 'C3T', 'C3U', 'C3V', 'C3W', 'C3X', 'C3Y', 'C3Z', 'C40', 'C41', 'C43', 'C45', 'C46', 'C47', 'C48', 'C49', 'C4A', 'C4B', 'C4C', 'C4D', 'C4E', 'C4F', 'C4G', 'C4H', 'C4I', 'C4J', 'C4K', 'C4L', 'C4M', 'C4N', 'C4O', 'C4P', 'C4Q', 'C4R', 'C4S', 'C4T', 'C4U', 'C4V', 'C4W', 'C4X', 'C4Y', 'C4Z', 'C50', 'C51', 'C52', 'C53', 'C54', 'C55', 'C56', 'C57', 'C58', 'C60', 'C61', 'C62', 'C63', 'C64', 'C65', 'C66', 'C67', 'C68', 'C69', 'C6A', 'C6B', 'C6C', 'C6D', 'C6E', 'C6F', 'C6G', 'C6H', 'C6I', 'C6J', 'C6K', 'C6L', 'C6M', 'C6N', 'C6O', 'C6P', 'C6Q', 'C6R', 'C6S', 'C6T', 'C6U', 'C6V', 'C6W', 'C6X', 'C6Y', 'C6Z', 'C70', 'C71', 'C72', 'C73', 'C74', 'C75', 'C76', 'C81', 'C82', 'C83', 'C84', 'C85', 'C88', 'C90', 'C91', 'C92', 'C93', 'C94', 'C95', 'C96', 'C97')) end, false) as malignancy,
  coalesce(case when _system = 'icd-9-cm' then (substr(_code, 1, 4) in ('4560', '4561', '4562', '5722', '5723', '5724', '5725', '5726', '5727', '5728')) when _system = 'icd-10' then (substr(_code, 1, 4) in ('I850', 'I859', 'I864', 'I982', 'K704', 'K711', 'K721', 'K729', 'K765', 'K766', 'K767')) end, false) as severe_liver,
  coalesce(case when _system = 'icd-9-cm' then (substr(_code, 1, 3) in ('196', '197', '198', '199')) when _system = 'icd-10' then (substr(_code, 1, 3) in ('C77', 'C78', 'C79', 'C7A', 'C7B', 'C7C', 'C7D', 'C7E', 'C7F', 'C7G', 'C7H', 'C7I', 'C7J', 'C7K', 'C7L', 'C7M', 'C7N', 'C7O', 'C7P', 'C7Q', 'C7R', 'C7S', 'C7T', 'C7U', 'C7V', 'C7W', 'C7X', 'C7Y', 'C7Z', 'C80')) end, false) as metastatic,
  coalesce(case when _system = 'icd-9-cm' then (substr(_code, 1, 3) in ('042', '043', '044')) when _system = 'icd-10' then (substr(_code, 1, 3) in ('B20', 'B21', 'B22', 'B24')) end, false) as aids
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
