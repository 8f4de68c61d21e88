select cast(4 as bigint) as _batch, _file, _row, _line, _lines, _disposition, _reason from (
select _file, _row, _line, _lines,
  case when trim(both ' ' from coalesce(c0, '')) <> '' then 'used' else 'not_used' end as _disposition,
  case when trim(both ' ' from coalesce(c0, '')) <> '' then cast(null as string) else 'required_missing' end as _reason
from raw
) as unread
