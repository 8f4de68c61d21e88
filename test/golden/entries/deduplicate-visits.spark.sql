with alive as (
  select source, "visit_id", _batch, _file, _row, _item, _lines, _primary, false as _deleted from clean where not _rejected
  union all
  select source, "visit_id", _batch, _file, _row, _item, _lines, _primary, true from tombstones
),
contested as (
  select source, "visit_id" from alive group by source, "visit_id" having count(*) > 1 or max(_batch) < max(case when source = 'north' then 3 else 0 end) or max(case when _deleted then 1 else 0 end) = 1
),
typed_keys as (
  select source, "visit_id" from alive where _batch in (5) group by source, "visit_id"
),
uploaded as (
  select source, "visit_id", _batch, _file, _row, _item, sha2(coalesce(cast("patient_id" as string), '␀') || '␟' || coalesce(cast("visit_date" as string), '␀') || '␟' || coalesce(cast("visit_order" as string), '␀') || '␟' || coalesce(cast("discharge_date" as string), '␀') || '␟' || coalesce(cast("admitted_at" as string), '␀') || '␟' || coalesce(cast("discharged_at" as string), '␀') || '␟' || coalesce(cast("age" as string), '␀') || '␟' || coalesce(cast("visit_type" as string), '␀') || '␟' || coalesce(cast("admission_type" as string), '␀') || '␟' || coalesce(cast("admission_source" as string), '␀') || '␟' || coalesce(cast("discharge_disposition" as string), '␀') || '␟' || coalesce(cast("discharge_disposition_detail" as string), '␀') || '␟' || coalesce(cast("diagnosis_system" as string), '␀') || '␟' || coalesce(cast("diagnosis_code" as string), '␀') || '␟' || coalesce(cast("diagnosis_description" as string), '␀') || '␟' || coalesce(cast(cast("severity_score" as decimal(18,6)) as string), '␀') || '␟' || coalesce(cast("blood_pressure" as string), '␀') || '␟' || coalesce(cast(cast("glucose_level" as decimal(18,6)) as string), '␀') || '␟' || coalesce(cast("heart_rate" as string), '␀') || '␟' || coalesce(cast("a1c_result" as string), '␀') || '␟' || coalesce(cast("glucose_band" as string), '␀') || '␟' || coalesce(cast(cast("length_of_stay" as decimal(18,6)) as string), '␀') || '␟' || coalesce(cast("previous_visit_gap_days" as string), '␀') || '␟' || coalesce(cast("number_of_previous_visits" as string), '␀') || '␟' || coalesce(cast("readmitted_within_30_days" as string), '␀') || '␟' || coalesce(cast("readmitted_after_30_days" as string), '␀') || '␟' || coalesce(cast("medication_changed" as string), '␀') || '␟' || coalesce(cast("num_medications" as string), '␀') || '␟' || coalesce(cast("num_procedures" as string), '␀') || '␟' || coalesce(cast("num_lab_procedures" as string), '␀') || '␟' || coalesce(cast("num_diagnoses" as string), '␀') || '␟' || coalesce(cast("prior_inpatient" as string), '␀') || '␟' || coalesce(cast("prior_emergency" as string), '␀') || '␟' || coalesce(cast("prior_outpatient" as string), '␀') || '␟' || coalesce(cast("specialty" as string), '␀') || '␟' || coalesce(cast("payer" as string), '␀') || '␟' || coalesce(cast("facility" as string), '␀'), 256) as _content
  from clean as c semi join typed_keys as k on c."source" = k."source" and c."visit_id" = k."visit_id"
  where not _rejected and not _batch in (5)
),
compared as (
  select source, "visit_id", _batch, _content,
    lag(_content) over (partition by source, "visit_id" order by _batch, _file, _row, _item) as _content_before
  from uploaded
),
uploaded_since as (
  select source, "visit_id", max(_batch) as _since from compared
  where _content_before is null or _content_before <> _content
  group by source, "visit_id"
),
ranked as (
  select a.*, row_number() over (partition by a.source, a."visit_id" order by case when a._batch in (5) and a._batch > coalesce(u._since, 0) then 1 else 0 end desc, a._batch desc, a._file desc, a._row desc, a._item desc) as _rank
  from alive as a semi join contested as c on a."source" = c."source" and a."visit_id" = c."visit_id"
  left join uploaded_since as u on a."source" = u."source" and a."visit_id" = u."visit_id"
),
judged as (
  select r.*, w._batch as _winner_batch, w._file as _winner_file, w._row as _winner_row
  from ranked as r join ranked as w on r."source" = w."source" and r."visit_id" = w."visit_id" and w._rank = 1
)
select source, "visit_id", _batch, _file, _row, _item, _lines, _primary, 'duplicate' as _disposition, 'earlier_version' as _reason,
  _winner_batch, _winner_file, _winner_row
from judged where _rank > 1
union all
select r.source, r."visit_id", r._batch, r._file, r._row, r._item, r._lines, r._primary, 'not_used', 'gone_from_snapshot',
  cast(null as bigint), cast(null as string), cast(null as bigint)
from judged as r anti join (
  select source, "visit_id" from clean where _rejected and _batch = case when source = 'north' then 3 else 0 end
) as h on r."source" = h."source" and r."visit_id" = h."visit_id"
where r._rank = 1 and r._batch < case when r.source = 'north' then 3 else 0 end and not r._batch in (5)
union all
select source, "visit_id", _batch, _file, _row, _item, _lines, _primary, 'not_used', 'deleted',
  cast(null as bigint), cast(null as string), cast(null as bigint)
from judged where _rank = 1 and _deleted
