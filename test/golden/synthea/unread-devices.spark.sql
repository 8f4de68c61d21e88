select _file, _row, _line, _lines,
  'not_used' as _disposition, 'not_read' as _reason
from raw
