select "by_gender",
  "by_quarter",
  _part,
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
select "patient"."gender" as "by_gender", (cast(extract(year from r."visit_date") as bigint) * 4 + cast(floor((cast(extract(month from r."visit_date") as bigint) - 1) / 3) as bigint)) as "by_quarter", r."severity_score", r."severity_level", r."discharge_disposition", r."visit_type", r."visit_number", 1 as _part
from "visits" as r
left join "patient_summary" as "patient" on "patient".source = r.source and "patient"."patient_id" = r."patient_id"
) as counted
group by grouping sets (("by_gender", "by_quarter", _part), ());

select "by_gender", "by_quarter", _part, count(*) as _rows
from (
select distinct "by_gender", "by_quarter", _part, source, "patient_id"
from (
select "patient"."gender" as "by_gender", (cast(extract(year from r."visit_date") as bigint) * 4 + cast(floor((cast(extract(month from r."visit_date") as bigint) - 1) / 3) as bigint)) as "by_quarter", r."source", r."patient_id", 1 as _part
from "visits" as r
left join "patient_summary" as "patient" on "patient".source = r.source and "patient"."patient_id" = r."patient_id"
) as counted
where "patient_id" is not null
) as different
group by "by_gender", "by_quarter", _part
union all
select cast(null as string) as "by_gender", cast(null as bigint) as "by_quarter", cast(null as int) as _part, count(*) as _rows
from (
select distinct source, "patient_id"
from (
select "patient"."gender" as "by_gender", (cast(extract(year from r."visit_date") as bigint) * 4 + cast(floor((cast(extract(month from r."visit_date") as bigint) - 1) / 3) as bigint)) as "by_quarter", r."source", r."patient_id", 1 as _part
from "visits" as r
left join "patient_summary" as "patient" on "patient".source = r.source and "patient"."patient_id" = r."patient_id"
) as counted
where "patient_id" is not null
) as different;

select "by_gender",
  "by_quarter",
  _part,
  count(*) as _rows
from (
select "patient"."gender" as "by_gender", (cast(extract(year from r."visit_date") as bigint) * 4 + cast(floor((cast(extract(month from r."visit_date") as bigint) - 1) / 3) as bigint)) as "by_quarter", 1 as _part
from "prescriptions" as above join "visits" as r on r.source = above.source and r."visit_id" = above."visit_id"
left join "patient_summary" as "patient" on "patient".source = r.source and "patient"."patient_id" = r."patient_id"
) as counted
group by grouping sets (("by_gender", "by_quarter", _part), ())
