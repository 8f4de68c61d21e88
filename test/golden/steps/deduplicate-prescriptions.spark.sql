with dead as (
  select _batch, _file, _row from primary_0 where _rejected and _batch in (2)
  union all select _batch, _file, _row from primary_losers_0 where _batch in (2)
),
alive as (
  select source, "prescription_id", _batch, _file, _row, _item, _lines, _primary from clean as c anti join dead as d on d._batch = c._batch and d._file = c._file and d._row = c._row where not _rejected
),
contested as (
  select source, "prescription_id" from alive group by source, "prescription_id" having count(*) > 1
),
ranked as (
  select a.*, row_number() over (partition by a.source, a."prescription_id" order by a._batch desc, a._file desc, a._row desc, a._item desc) as _rank
  from alive as a semi join contested as c on a."source" = c."source" and a."prescription_id" = c."prescription_id"
),
judged as (
  select r.*, w._batch as _winner_batch, w._file as _winner_file, w._row as _winner_row
  from ranked as r join ranked as w on r."source" = w."source" and r."prescription_id" = w."prescription_id" and w._rank = 1
)
select source, "prescription_id", _batch, _file, _row, _item, _lines, _primary, 'duplicate' as _disposition, 'earlier_version' as _reason,
  _winner_batch, _winner_file, _winner_row
from judged where _rank > 1
union all
select c.source, c."prescription_id", c._batch, c._file, c._row, c._item, c._lines, c._primary, 'not_used', 'record_not_used',
  cast(null as bigint), cast(null as string), cast(null as bigint)
from clean as c semi join dead as d on d._batch = c._batch and d._file = c._file and d._row = c._row where not _rejected
