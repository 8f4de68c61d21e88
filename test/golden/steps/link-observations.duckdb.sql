select "source", "visit_id", "patient_id", "observation_code", "observation_description", "value", "unit", "observation_date", "observed_at", "patient_known", "visit_known", _batch, _file, _row, _item, _line, _lines, _primary
from (
select c.source,
  c."visit_id",
  coalesce(c.patient_id, v.patient_id) as patient_id,
  c."observation_code",
  c."observation_description",
  c."value",
  c."unit",
  c."observation_date",
  c."observed_at",
  p.patient_id is not null as patient_known,
  case when c.visit_id is not null then v.visit_id is not null end as visit_known,
  c._batch, c._file, c._row, c._item, c._line, c._lines, c._primary
from (
  select c.* from clean as c anti join losers as l
    on l._batch = c._batch and l._file = c._file and l._row = c._row and l._item = c._item where not c._rejected
) as c
left join visits as v on v.source = c.source and v.visit_id = c.visit_id
left join patients as p on p.source = c.source and p.patient_id = coalesce(c.patient_id, v.patient_id)
) as "published_observations"
