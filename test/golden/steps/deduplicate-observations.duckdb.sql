with alive as (
  select source, "patient_id", "visit_id", "observation_code", "observation_description", "observation_date", "observed_at", "value", "unit", _batch, _file, _row, _item, _lines, _primary from clean where not _rejected
),
contested as (
  select source, "patient_id", "visit_id", "observation_code", "observation_description", "observation_date", "observed_at", "value", "unit" from alive group by source, "patient_id", "visit_id", "observation_code", "observation_description", "observation_date", "observed_at", "value", "unit" having count(*) > 1
),
ranked as (
  select a.*, row_number() over (partition by a.source, a."patient_id", a."visit_id", a."observation_code", a."observation_description", a."observation_date", a."observed_at", a."value", a."unit" order by a._batch desc, a._file desc, a._row desc, a._item desc) as _rank
  from alive as a semi join contested as c on a."source" = c."source" and coalesce(cast(a."patient_id" as string), '') = coalesce(cast(c."patient_id" as string), '') and coalesce(cast(a."visit_id" as string), '') = coalesce(cast(c."visit_id" as string), '') and coalesce(cast(a."observation_code" as string), '') = coalesce(cast(c."observation_code" as string), '') and coalesce(cast(a."observation_description" as string), '') = coalesce(cast(c."observation_description" as string), '') and coalesce(cast(a."observation_date" as string), '') = coalesce(cast(c."observation_date" as string), '') and coalesce(cast(a."observed_at" as string), '') = coalesce(cast(c."observed_at" as string), '') and coalesce(cast(a."value" as string), '') = coalesce(cast(c."value" as string), '') and coalesce(cast(a."unit" as string), '') = coalesce(cast(c."unit" as string), '')
),
judged as (
  select r.*, w._batch as _winner_batch, w._file as _winner_file, w._row as _winner_row
  from ranked as r join ranked as w on r."source" = w."source" and coalesce(cast(r."patient_id" as string), '') = coalesce(cast(w."patient_id" as string), '') and coalesce(cast(r."visit_id" as string), '') = coalesce(cast(w."visit_id" as string), '') and coalesce(cast(r."observation_code" as string), '') = coalesce(cast(w."observation_code" as string), '') and coalesce(cast(r."observation_description" as string), '') = coalesce(cast(w."observation_description" as string), '') and coalesce(cast(r."observation_date" as string), '') = coalesce(cast(w."observation_date" as string), '') and coalesce(cast(r."observed_at" as string), '') = coalesce(cast(w."observed_at" as string), '') and coalesce(cast(r."value" as string), '') = coalesce(cast(w."value" as string), '') and coalesce(cast(r."unit" as string), '') = coalesce(cast(w."unit" as string), '') and w._rank = 1
)
select source, "patient_id", "visit_id", "observation_code", "observation_description", "observation_date", "observed_at", "value", "unit", _batch, _file, _row, _item, _lines, _primary, 'duplicate' as _disposition, 'earlier_version' as _reason,
  _winner_batch, _winner_file, _winner_row
from judged where _rank > 1
