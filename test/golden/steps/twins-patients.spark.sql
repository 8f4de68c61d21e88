with hinted as (
  select source, "name", "birth_date" from (select c.source, c."name", c."birth_date" from clean as c anti join losers as l
    on l._batch = c._batch and l._file = c._file and l._row = c._row and l._item = c._item where not c._rejected) as live
  group by source, "name", "birth_date" having count(*) > 1
),
compared as (
  select source, "patient_id", _batch, _file, _row, _item, sha2(coalesce(cast("name" as string), '␀') || '␟' || coalesce(cast("birth_date" as string), '␀') || '␟' || coalesce(cast("age" as string), '␀') || '␟' || coalesce(cast("gender" as string), '␀') || '␟' || coalesce(cast("race" as string), '␀') || '␟' || coalesce(cast("location" as string), '␀') || '␟' || coalesce(cast(cast("bmi" as decimal(18,6)) as string), '␀') || '␟' || coalesce(cast("smoker_status" as string), '␀') || '␟' || coalesce(cast("alcohol_use" as string), '␀') || '␟' || coalesce(cast("physical_activity_level" as string), '␀') || '␟' || coalesce(cast(array_join("chronic_conditions", ';') as string), '␀') || '␟' || coalesce(cast("registration_date" as string), '␀') || '␟' || coalesce(cast("insurance_type" as string), '␀') || '␟' || coalesce(cast("death_date" as string), '␀'), 256) as content
  from (select c.* from clean as c anti join losers as l
    on l._batch = c._batch and l._file = c._file and l._row = c._row and l._item = c._item where not c._rejected) as l semi join hinted as h on l.source is not distinct from h.source and l."name" is not distinct from h."name" and l."birth_date" is not distinct from h."birth_date"
  where l."name" is not null or l."birth_date" is not null or l."age" is not null or l."gender" is not null or l."race" is not null or l."location" is not null or l."bmi" is not null or l."smoker_status" is not null or l."alcohol_use" is not null or l."physical_activity_level" is not null or l."chronic_conditions" is not null or l."registration_date" is not null or l."insurance_type" is not null or l."death_date" is not null
)
select source, "patient_id", _batch, _file, _row, _item, content from (
  select *, count(*) over (partition by source, content) as _alike from compared
) as counted where _alike > 1
