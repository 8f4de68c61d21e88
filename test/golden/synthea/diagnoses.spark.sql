select _file, _row, _line, _lines, cast(0 as bigint) as _item,
  c3 as visit_id,
  c2 as patient_id,
  coalesce(nullif(trim(both ' ' from coalesce(cast(null as string), '')), ''), 'snomed') as diagnosis_system,
  c4 as diagnosis_code,
  c5 as diagnosis_description
from raw
