with alive as (
  select source, "patient_id", _batch, _file, _row, _item, _lines, _primary, false as _deleted from clean where not _rejected
  union all
  select source, "patient_id", _batch, _file, _row, _item, _lines, _primary, true from tombstones
),
contested as (
  select source, "patient_id" from alive group by source, "patient_id" having count(*) > 1 or max(_batch) < max(case when source = 'north' then 3 else 0 end) or max(case when _deleted then 1 else 0 end) = 1
),
typed_keys as (
  select source, "patient_id" from alive where _batch in (5) group by source, "patient_id"
),
uploaded as (
  select source, "patient_id", _batch, _file, _row, _item, sha256(coalesce(cast("name" as string), '␀') || '␟' || coalesce(cast("birth_date" as string), '␀') || '␟' || coalesce(cast("age" as string), '␀') || '␟' || coalesce(cast("gender" as string), '␀') || '␟' || coalesce(cast("race" as string), '␀') || '␟' || coalesce(cast("location" as string), '␀') || '␟' || coalesce(cast(cast("bmi" as decimal(18,6)) as string), '␀') || '␟' || coalesce(cast("smoker_status" as string), '␀') || '␟' || coalesce(cast("alcohol_use" as string), '␀') || '␟' || coalesce(cast("physical_activity_level" as string), '␀') || '␟' || coalesce(cast(array_to_string("chronic_conditions", ';') as string), '␀') || '␟' || coalesce(cast("registration_date" as string), '␀') || '␟' || coalesce(cast("insurance_type" as string), '␀') || '␟' || coalesce(cast("death_date" as string), '␀')) as _content
  from clean as c semi join typed_keys as k on c."source" = k."source" and c."patient_id" = k."patient_id"
  where not _rejected and not _batch in (5)
),
compared as (
  select source, "patient_id", _batch, _content,
    lag(_content) over (partition by source, "patient_id" order by _batch, _file, _row, _item) as _content_before
  from uploaded
),
uploaded_since as (
  select source, "patient_id", max(_batch) as _since from compared
  where _content_before is null or _content_before <> _content
  group by source, "patient_id"
),
ranked as (
  select a.*, row_number() over (partition by a.source, a."patient_id" order by case when a._batch in (5) and a._batch > coalesce(u._since, 0) then 1 else 0 end desc, a._batch desc, a._file desc, a._row desc, a._item desc) as _rank
  from alive as a semi join contested as c on a."source" = c."source" and a."patient_id" = c."patient_id"
  left join uploaded_since as u on a."source" = u."source" and a."patient_id" = u."patient_id"
),
judged as (
  select r.*, w._batch as _winner_batch, w._file as _winner_file, w._row as _winner_row
  from ranked as r join ranked as w on r."source" = w."source" and r."patient_id" = w."patient_id" and w._rank = 1
)
select source, "patient_id", _batch, _file, _row, _item, _lines, _primary, 'duplicate' as _disposition, 'earlier_version' as _reason,
  _winner_batch, _winner_file, _winner_row
from judged where _rank > 1
union all
select r.source, r."patient_id", r._batch, r._file, r._row, r._item, r._lines, r._primary, 'not_used', 'gone_from_snapshot',
  cast(null as bigint), cast(null as string), cast(null as bigint)
from judged as r anti join (
  select source, "patient_id" from clean where _rejected and _batch = case when source = 'north' then 3 else 0 end
) as h on r."source" = h."source" and r."patient_id" = h."patient_id"
where r._rank = 1 and r._batch < case when r.source = 'north' then 3 else 0 end and not r._batch in (5)
union all
select source, "patient_id", _batch, _file, _row, _item, _lines, _primary, 'not_used', 'deleted',
  cast(null as bigint), cast(null as string), cast(null as bigint)
from judged where _rank = 1 and _deleted
