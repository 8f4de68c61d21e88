select "by_facility",
  _part,
  count(*) as _rows
from (
select r."facility" as "by_facility", 1 as _part
from "visits" as r
where ((cast(extract(year from r."visit_date") as bigint) * 4 + cast(floor((cast(extract(month from r."visit_date") as bigint) - 1) / 3) as bigint)) in (:p0) or (cast(extract(year from r."visit_date") as bigint) * 4 + cast(floor((cast(extract(month from r."visit_date") as bigint) - 1) / 3) as bigint)) is null)
  and r."age_group" is not null and r."age_group" not in (:p1)
  and r."source" is not null
) as counted
group by grouping sets (("by_facility", _part), ());

select "by_facility",
  _part,
  count(*) as _rows
from (
select r."facility" as "by_facility", 1 as _part
from "prescriptions" as above join "visits" as r on r.source = above.source and r."visit_id" = above."visit_id"
where ((cast(extract(year from r."visit_date") as bigint) * 4 + cast(floor((cast(extract(month from r."visit_date") as bigint) - 1) / 3) as bigint)) in (:p0) or (cast(extract(year from r."visit_date") as bigint) * 4 + cast(floor((cast(extract(month from r."visit_date") as bigint) - 1) / 3) as bigint)) is null)
  and r."age_group" is not null and r."age_group" not in (:p1)
  and r."source" is not null
) as counted
group by grouping sets (("by_facility", _part), ());

select "by_facility", _part, count(*) as _rows
from (
select distinct "by_facility", _part, source, "patient_id"
from (
select r."facility" as "by_facility", r."source", r."patient_id", 1 as _part
from "visits" as r
where ((cast(extract(year from r."visit_date") as bigint) * 4 + cast(floor((cast(extract(month from r."visit_date") as bigint) - 1) / 3) as bigint)) in (:p0) or (cast(extract(year from r."visit_date") as bigint) * 4 + cast(floor((cast(extract(month from r."visit_date") as bigint) - 1) / 3) as bigint)) is null)
  and r."age_group" is not null and r."age_group" not in (:p1)
  and r."source" is not null
) as counted
where "patient_id" is not null
) as different
group by "by_facility", _part
union all
select cast(null as string) as "by_facility", cast(null as int) as _part, count(*) as _rows
from (
select distinct source, "patient_id"
from (
select r."facility" as "by_facility", r."source", r."patient_id", 1 as _part
from "visits" as r
where ((cast(extract(year from r."visit_date") as bigint) * 4 + cast(floor((cast(extract(month from r."visit_date") as bigint) - 1) / 3) as bigint)) in (:p0) or (cast(extract(year from r."visit_date") as bigint) * 4 + cast(floor((cast(extract(month from r."visit_date") as bigint) - 1) / 3) as bigint)) is null)
  and r."age_group" is not null and r."age_group" not in (:p1)
  and r."source" is not null
) as counted
where "patient_id" is not null
) as different
