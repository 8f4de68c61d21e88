select split_part(_found, '␟', 1) as check_id, source, key, split_part(_found, '␟', 2) as value, _batch, _file, _row, _line, true as used
from (select r.*, explode(_list) as "_found" from (select source, key, _batch, _file, _row, _line, split(_failed, '␞') as _list
from (
  select r.source, concat_ws('|', cast(r."source" as string), cast(r."month" as string), cast(r."facility" as string)) as key, cast(null as bigint) as _batch, cast(null as string) as _file, cast(null as bigint) as _row, cast(null as bigint) as _line,
    concat_ws('␞', case when (visits > 0) and (month < last_month and months_before >= 6 and visits_before >= 30 * months_before and (visits * 2 * months_before < visits_before or visits * months_before > 2 * visits_before)) then 'months.visits.history' || '␟' || translate(substr(coalesce('visits ' || coalesce(cast(visits as string), 'missing') || ' after ' || cast(visits_before as string) || ' in ' || cast(months_before as string) || ' months', ''), 1, 500), '␞␟', '  ') end,
      case when (visits > 0) and (month_number - month_number_before > 1 and months_before >= 6 and visits_before >= 30 * months_before) then 'months.month.gap' || '␟' || translate(substr(coalesce('month ' || coalesce(cast(month as string), 'missing') || ', month_before ' || coalesce(cast(month_before as string), 'missing'), ''), 1, 500), '␞␟', '  ') end) as _failed
  from (
select *,
  cast(count(*) over (partition by source, facility order by month rows between 12 preceding and 1 preceding) as bigint) as months_before,
  cast(sum(visits) over (partition by source, facility order by month rows between 12 preceding and 1 preceding) as bigint) as visits_before,
  lag(month) over (partition by source, facility order by month) as month_before,
  lag(month_number) over (partition by source, facility order by month) as month_number_before,
  max(month) over (partition by source) as last_month
from (
  select *, cast(substr(month, 1, 4) as bigint) * 12 + cast(substr(month, 6, 2) as bigint) as month_number
  from published where visits > 0
) as t
  ) as r
) as judged where _failed <> '') as r) as found
