select _file, _row, _line, _lines, cast(0 as bigint) as _item,
  c3 as visit_id,
  c2 as patient_id,
  cast(dense_rank() over (partition by trim(both ' ' from coalesce(c2, '')), trim(both ' ' from coalesce(c3, '')) order by substr(replace(trim(both ' ' from coalesce(c0, '')), 'T', ' ') || ' 00:00:00', 1, 19), trim(both ' ' from coalesce(c4, '')), trim(both ' ' from coalesce(c5, '')), trim(both ' ' from coalesce(c1, ''))) as string) as rank,
  coalesce(nullif(trim(both ' ' from coalesce(cast(null as string), '')), ''), 'snomed') as procedure_system,
  c4 as procedure_code,
  c5 as procedure_description,
  c0 as procedure_date
from raw
