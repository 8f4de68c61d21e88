select _file, _row, _line, _lines, cast(nullif(_position, '') as bigint) as _item,
  c0 as visit_id,
  c1 as patient_id,
  'icd-9-cm' as diagnosis_system,
  case _position when '1' then c18 when '2' then c19 when '3' then c20 end as diagnosis_code,
  _position as rank
from (select r.*, unnest(string_split(case when trim(both ' ' from coalesce(c18, '')) not in ('', '?') then '1,' else '' end || case when trim(both ' ' from coalesce(c19, '')) not in ('', '?') then '2,' else '' end || case when trim(both ' ' from coalesce(c20, '')) not in ('', '?') then '3,' else '' end, ',')) as "_position" from raw as r) as stated
where _position <> ''
