with dead as (
  select _batch, _file, _row from primary_0 where _rejected and _batch in (2)
  union all select _batch, _file, _row from primary_losers_0 where _batch in (2)
),
alive as (
  select source, "prescription_id", _batch, _file, _row, _item, _lines, _primary, false as _deleted from clean as c anti join dead as d on d._batch = c._batch and d._file = c._file and d._row = c._row where not _rejected
  union all
  select source, "prescription_id", _batch, _file, _row, _item, _lines, _primary, true from tombstones
),
contested as (
  select source, "prescription_id" from alive group by source, "prescription_id" having count(*) > 1 or max(case when _deleted then 1 else 0 end) = 1
),
typed_keys as (
  select source, "prescription_id" from alive where _batch in (5) group by source, "prescription_id"
),
uploaded as (
  select source, "prescription_id", _batch, _file, _row, _item, sha2(coalesce(cast("patient_id" as string), '␀') || '␟' || coalesce(cast("visit_id" as string), '␀') || '␟' || coalesce(cast("drug_name" as string), '␀') || '␟' || coalesce(cast("drug_code" as string), '␀') || '␟' || coalesce(cast("drug_category" as string), '␀') || '␟' || coalesce(cast("dosage" as string), '␀') || '␟' || coalesce(cast(cast("quantity" as decimal(18,6)) as string), '␀') || '␟' || coalesce(cast("days_supply" as string), '␀') || '␟' || coalesce(cast("prescribed_date" as string), '␀') || '␟' || coalesce(cast("refill_count" as string), '␀'), 256) as _content
  from clean as c semi join typed_keys as k on c."source" = k."source" and c."prescription_id" = k."prescription_id"
  where not _rejected and not _batch in (5)
),
compared as (
  select source, "prescription_id", _batch, _content,
    lag(_content) over (partition by source, "prescription_id" order by _batch, _file, _row, _item) as _content_before
  from uploaded
),
uploaded_since as (
  select source, "prescription_id", max(_batch) as _since from compared
  where _content_before is null or _content_before <> _content
  group by source, "prescription_id"
),
ranked as (
  select a.*, row_number() over (partition by a.source, a."prescription_id" order by case when a._batch in (5) and a._batch > coalesce(u._since, 0) then 1 else 0 end desc, a._batch desc, a._file desc, a._row desc, a._item desc) as _rank
  from alive as a semi join contested as c on a."source" = c."source" and a."prescription_id" = c."prescription_id"
  left join uploaded_since as u on a."source" = u."source" and a."prescription_id" = u."prescription_id"
),
judged as (
  select r.*, w._batch as _winner_batch, w._file as _winner_file, w._row as _winner_row
  from ranked as r join ranked as w on r."source" = w."source" and r."prescription_id" = w."prescription_id" and w._rank = 1
)
select source, "prescription_id", _batch, _file, _row, _item, _lines, _primary, 'duplicate' as _disposition, 'earlier_version' as _reason,
  _winner_batch, _winner_file, _winner_row
from judged where _rank > 1
union all
select source, "prescription_id", _batch, _file, _row, _item, _lines, _primary, 'not_used', 'deleted',
  cast(null as bigint), cast(null as string), cast(null as bigint)
from judged where _rank = 1 and _deleted
union all
select c.source, c."prescription_id", c._batch, c._file, c._row, c._item, c._lines, c._primary, 'not_used', 'record_not_used',
  cast(null as bigint), cast(null as string), cast(null as bigint)
from clean as c semi join dead as d on d._batch = c._batch and d._file = c._file and d._row = c._row where not _rejected
