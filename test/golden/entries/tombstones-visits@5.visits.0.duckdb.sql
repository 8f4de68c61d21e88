select 'default' as source, "visit_id",
  cast(5 as bigint) as _batch, _file, _row, _item, _lines, true as _primary
from (
select _file, _row, _line, _lines, cast(0 as bigint) as _item, c0 as "visit_id" from raw where c38 is not null
) as deleted
