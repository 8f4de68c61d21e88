select cast(2 as bigint) as _batch, _file, _row, _line, _lines, _disposition, _reason from (
select _file, _row, _line, _lines,
  case when _reason is null then 'used' else 'not_used' end as _disposition, _reason
from (select _file, _row, _line, _lines, case when (trim(both ' ' from coalesce(c0, '')) = '' and trim(both ' ' from coalesce(c1, '')) = '') or (trim(both ' ' from coalesce(c0, '')) like '%!_id' escape '!' and lower(trim(both ' ' from coalesce(c1, ''))) = 'description') then 'section_header'
  when trim(both ' ' from coalesce(c0, '')) = '' then 'required_missing' end as _reason from raw) as judged
) as unread
