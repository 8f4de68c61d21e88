with hinted as (
  select source, "patient_id", "drug_name", "prescribed_date" from (select c.source, c."patient_id", c."drug_name", c."prescribed_date" from clean as c anti join losers as l
    on l._batch = c._batch and l._file = c._file and l._row = c._row and l._item = c._item where not c._rejected) as live
  group by source, "patient_id", "drug_name", "prescribed_date" having count(*) > 1
),
compared as (
  select source, "prescription_id", _batch, _file, _row, _item, sha2(coalesce(cast("patient_id" as string), '␀') || '␟' || coalesce(cast("visit_id" as string), '␀') || '␟' || coalesce(cast("drug_name" as string), '␀') || '␟' || coalesce(cast("drug_code" as string), '␀') || '␟' || coalesce(cast("drug_category" as string), '␀') || '␟' || coalesce(cast("dosage" as string), '␀') || '␟' || coalesce(cast(cast("quantity" as decimal(18,6)) as string), '␀') || '␟' || coalesce(cast("days_supply" as string), '␀') || '␟' || coalesce(cast("prescribed_date" as string), '␀') || '␟' || coalesce(cast("refill_count" as string), '␀'), 256) as content
  from (select c.* from clean as c anti join losers as l
    on l._batch = c._batch and l._file = c._file and l._row = c._row and l._item = c._item where not c._rejected) as l semi join hinted as h on l.source is not distinct from h.source and l."patient_id" is not distinct from h."patient_id" and l."drug_name" is not distinct from h."drug_name" and l."prescribed_date" is not distinct from h."prescribed_date"
  where l."patient_id" is not null or l."visit_id" is not null or l."drug_name" is not null or l."drug_code" is not null or l."drug_category" is not null or l."dosage" is not null or l."quantity" is not null or l."days_supply" is not null or l."prescribed_date" is not null or l."refill_count" is not null
)
select source, "prescription_id", _batch, _file, _row, _item, content from (
  select *, count(*) over (partition by source, content) as _alike from compared
) as counted where _alike > 1
