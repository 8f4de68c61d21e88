with alive as (
  select source, "patient_id", _batch, _file, _row, _item, _lines, _primary from clean where not _rejected
),
contested as (
  select source, "patient_id" from alive group by source, "patient_id" having count(*) > 1 or max(_batch) < max(case when source = 'north' then 3 else 0 end)
),
ranked as (
  select a.*, row_number() over (partition by a.source, a."patient_id" order by a._batch desc, a._file desc, a._row desc, a._item desc) as _rank
  from alive as a semi join contested as c on a."source" = c."source" and a."patient_id" = c."patient_id"
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
where r._rank = 1 and r._batch < case when r.source = 'north' then 3 else 0 end
