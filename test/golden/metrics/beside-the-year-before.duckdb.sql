select "by_month",
  _part,
  count(*) as _rows,
  cast(sum(cast("severity_score" as decimal(18,6))) as double) as "average_severity",
  count("severity_score") as "average_severity_of"
from (
select (cast(extract(year from r."visit_date") as bigint) * 12 + cast(extract(month from r."visit_date") as bigint) - 1) as "by_month", r."severity_score", 1 as _part
from "visits" as r
where (cast(extract(year from r."visit_date") as bigint) in ($p0))
) as counted
group by grouping sets (("by_month", _part), ());

select "by_month",
  _part,
  count(*) as _rows,
  count(case when "readmitted_within_30_days" = true then 1 end) as "readmission_rate",
  count("readmitted_within_30_days") as "readmission_rate_of"
from (
select (cast(extract(year from r."discharged_on") as bigint) * 12 + cast(extract(month from r."discharged_on") as bigint) - 1) as "by_month", r."readmitted_within_30_days", 1 as _part
from "stays" as r
where (cast(extract(year from r."discharged_on") as bigint) in ($p0))
) as counted
group by grouping sets (("by_month", _part), ())
