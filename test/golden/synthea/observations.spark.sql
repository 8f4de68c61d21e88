select _file, _row, _line, _lines, cast(0 as bigint) as _item,
  c2 as visit_id,
  c1 as patient_id,
  c4 as observation_code,
  c5 as observation_description,
  c6 as value,
  c7 as unit,
  c0 as observation_date,
  case when length(trim(both ' ' from coalesce(c0, ''))) > 10 then c0 end as observed_at
from raw
