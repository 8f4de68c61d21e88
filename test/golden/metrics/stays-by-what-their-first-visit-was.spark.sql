select "by_severity_level",
  "by_year",
  _part,
  count(*) as _rows,
  cast(sum(cast("length_of_stay_days" as decimal(18,6))) as double) as "average_length_of_stay",
  count("length_of_stay_days") as "average_length_of_stay_of",
  count(case when "is_index" = true then 1 end) as "index_stays",
  count("is_index") as "index_stays_of",
  count(case when "readmitted_within_30_days" = true then 1 end) as "readmission_rate",
  count("readmitted_within_30_days") as "readmission_rate_of"
from (
select "first visit"."severity_level" as "by_severity_level", cast(extract(year from r."discharged_on") as bigint) as "by_year", r."length_of_stay_days", r."is_index", r."readmitted_within_30_days", 1 as _part
from "stays" as r
left join "visits" as "first visit" on "first visit".source = r.source and "first visit"."visit_id" = r."first_visit_id"
left join "patient_summary" as "patient" on "patient".source = r.source and "patient"."patient_id" = r."patient_id"
where ("first visit"."visit_type" in (:p0))
  and ("patient"."insurance_type" is null or "patient"."insurance_type" not in (:p1))
) as counted
group by grouping sets (("by_severity_level", "by_year", _part), ())
