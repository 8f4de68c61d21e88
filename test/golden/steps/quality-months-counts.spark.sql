select split_part(_check, '␟', 1) as check_id,
  cast(split_part(_check, '␟', 2) as bigint) as total_rows,
  cast(split_part(_check, '␟', 3) as bigint) as failed_rows
from (select r.*, explode(_list) as "_check" from (select split(concat_ws('␞', 'months.visits.history␟' || cast(n1 as string) || '␟' || cast(f0 as string),
  'months.month.gap␟' || cast(n1 as string) || '␟' || cast(f1 as string)), '␞') as _list
from (
  select count(*) as n0,
    count(case when visits > 0 then 1 end) as n1
  from published
) as pass cross join (
  select count(case when check_id in ('months.visits.history') then 1 end) as f0,
    count(case when check_id in ('months.month.gap') then 1 end) as f1
  from findings
) as found) as r) as counted
