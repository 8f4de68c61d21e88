select "by_drug_category",
  "by_disease",
  _part,
  count(*) as _rows
from (
select r."drug_category" as "by_drug_category", "visit"."disease" as "by_disease", 1 as _part
from "prescriptions" as r
left join "visits" as "visit" on "visit".source = r.source and "visit"."visit_id" = r."visit_id"
left join "patient_summary" as "patient" on "patient".source = r.source and "patient"."patient_id" = r."patient_id"
where ("patient"."location" in ($p0) or "patient"."location" is null)
  and (cast(extract(year from r."prescribed_date") as bigint) * 12 + cast(extract(month from r."prescribed_date") as bigint) - 1) >= $p1 and (cast(extract(year from r."prescribed_date") as bigint) * 12 + cast(extract(month from r."prescribed_date") as bigint) - 1) <= $p2
) as counted
group by grouping sets (("by_drug_category", "by_disease", _part), ())
