select r._file, r._row, r._line, r._lines, cast(0 as bigint) as _item,
  r.c0 as visit_id,
  r.c3 as patient_id,
  r.c1 as visit_date,
  r.c2 as discharge_date,
  case when length(trim(both ' ' from coalesce(r.c1, ''))) > 10 then r.c1 end as admitted_at,
  case when length(trim(both ' ' from coalesce(r.c2, ''))) > 10 then r.c2 end as discharged_at,
  r.c7 as visit_type,
  case when trim(both ' ' from coalesce(r.c13, '')) <> '' then 'snomed' end as diagnosis_system,
  r.c13 as diagnosis_code,
  r.c14 as diagnosis_description,
  r.c4 as facility,
  r.c6 as payer
from raw as r
