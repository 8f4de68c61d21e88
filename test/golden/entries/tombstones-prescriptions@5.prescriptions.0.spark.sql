select 'default' as source, "prescription_id",
  cast(5 as bigint) as _batch, _file, _row, _item, _lines, true as _primary
from (
select _file, _row, _line, _lines, cast(0 as bigint) as _item, c0 as "prescription_id" from raw where c11 is not null
) as deleted
