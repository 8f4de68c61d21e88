select r._file, r._row, r._line, r._lines, cast(0 as bigint) as _item,
  r.c0 as patient_id,
  concat_ws(' ', nullif(trim(both ' ' from coalesce(r.c7, '')), ''), nullif(trim(both ' ' from coalesce(cast(null as string), '')), ''), nullif(trim(both ' ' from coalesce(r.c8, '')), '')) as name,
  r.c1 as birth_date,
  r.c2 as death_date,
  r.c14 as gender,
  r.c12 as race,
  concat_ws(', ', nullif(trim(both ' ' from coalesce(r.c17, '')), ''), nullif(trim(both ' ' from coalesce(r.c18, '')), '')) as location
from raw as r
