select _part,
  count(*) as _rows,
  cast(sum(cast("age" as decimal(18,6))) as double) as "average_age",
  count("age") as "average_age_of",
  cast(sum(cast("bmi" as decimal(18,6))) as double) as "average_bmi",
  count("bmi") as "average_bmi_of",
  count(case when "smoker_status" = 'Current' then 1 end) as "smokers_percent",
  count("smoker_status") as "smokers_percent_of",
  count(case when "gender" = 'Male' then 1 end) as "male",
  count("gender") as "male_of",
  count(case when "gender" = 'Female' then 1 end) as "female",
  count("gender") as "female_of",
  count(case when "bmi_category" = 'Underweight' then 1 end) as "underweight",
  count("bmi_category") as "underweight_of",
  count(case when "bmi_category" = 'Normal' then 1 end) as "normal",
  count("bmi_category") as "normal_of",
  count(case when "bmi_category" = 'Overweight' then 1 end) as "overweight",
  count("bmi_category") as "overweight_of",
  count(case when "bmi_category" = 'Obese' then 1 end) as "obese",
  count("bmi_category") as "obese_of",
  count(case when "last_severity_level" = 'High' then 1 end) as "high_severity_patients",
  count("last_severity_level") as "high_severity_patients_of",
  count(case when "last_severity_level" = 'Medium' then 1 end) as "medium_severity_patients",
  count("last_severity_level") as "medium_severity_patients_of",
  count(case when "last_severity_level" = 'Low' then 1 end) as "low_severity_patients",
  count("last_severity_level") as "low_severity_patients_of",
  count(case when "last_severity_level" = 'High' then 1 end) as "high_severity_patients_percent",
  count("last_severity_level") as "high_severity_patients_percent_of"
from (
select r."age", r."bmi", r."smoker_status", r."gender", r."bmi_category", r."last_severity_level", 1 as _part
from "patient_summary" as r
) as counted
group by grouping sets ((_part), ());

select _part,
  count(*) as _rows,
  cast(sum(cast("severity_score" as decimal(18,6))) as double) as "average_severity",
  count("severity_score") as "average_severity_of",
  count(case when "severity_level" = 'High' then 1 end) as "high_severity_visits",
  count("severity_level") as "high_severity_visits_of",
  count(case when "discharge_disposition" = 'died' then 1 end) as "deaths",
  count("discharge_disposition") as "deaths_of",
  count(case when "visit_type" = 'emergency' then 1 end) as "emergency_visits",
  count("visit_type") as "emergency_visits_of",
  count(case when "visit_number" = 1 then 1 end) as "new_patients",
  count("visit_number") as "new_patients_of"
from (
select r."severity_score", r."severity_level", r."discharge_disposition", r."visit_type", r."visit_number", 1 as _part
from "visits" as r
) as counted
group by grouping sets ((_part), ());

select _part, count(*) as _rows
from (
select distinct _part, source, "patient_id"
from (
select r."source", r."patient_id", 1 as _part
from "visits" as r
) as counted
where "patient_id" is not null
) as different
group by _part
union all
select cast(null as int) as _part, count(*) as _rows
from (
select distinct source, "patient_id"
from (
select r."source", r."patient_id", 1 as _part
from "visits" as r
) as counted
where "patient_id" is not null
) as different;

select _part,
  count(*) as _rows
from (
select 1 as _part
from "prescriptions" as r
where r."visit_known"
) as counted
group by grouping sets ((_part), ());

select _part,
  count(*) as _rows,
  cast(sum(cast("length_of_stay_days" as decimal(18,6))) as double) as "average_length_of_stay",
  count("length_of_stay_days") as "average_length_of_stay_of",
  count(case when "is_index" = true then 1 end) as "index_stays",
  count("is_index") as "index_stays_of",
  count(case when "readmitted_within_30_days" = true then 1 end) as "readmission_rate",
  count("readmitted_within_30_days") as "readmission_rate_of"
from (
select r."length_of_stay_days", r."is_index", r."readmitted_within_30_days", 1 as _part
from "stays" as r
) as counted
group by grouping sets ((_part), ());

select _part,
  count(*) as _rows
from (
select 1 as _part
from "prescriptions" as r
) as counted
group by grouping sets ((_part), ())
