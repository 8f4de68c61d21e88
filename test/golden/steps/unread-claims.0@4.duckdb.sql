select cast(4 as bigint) as _batch, _file, _row, _line, _lines, _disposition, _reason from (
select _file, _row, _line, _lines,
  'not_used' as _disposition, 'not_read' as _reason
from raw
) as unread
