select _batch as batch, _file as file, disposition, reason,
  count(*) as records, cast(sum(_lines) as bigint) as lines
from (
  select _batch, _file, _lines, 'used' as disposition, cast(null as string) as reason
  from published_patients where _primary
  union all
  select _batch, _file, _lines, 'rejected', 'value' from clean_patients where _primary and _rejected
  union all
  select _batch, _file, _lines, _disposition, _reason from losers_patients where _primary
  union all select _batch, _file, _lines, 'used' as disposition, cast(null as string) as reason
  from published_visits where _primary
  union all
  select _batch, _file, _lines, 'rejected', 'value' from clean_visits where _primary and _rejected
  union all
  select _batch, _file, _lines, _disposition, _reason from losers_visits where _primary
  union all select _batch, _file, _lines, 'used' as disposition, cast(null as string) as reason
  from published_prescriptions where _primary
  union all
  select _batch, _file, _lines, 'rejected', 'value' from clean_prescriptions where _primary and _rejected
  union all
  select _batch, _file, _lines, _disposition, _reason from losers_prescriptions where _primary
  union all select _batch, _file, _lines, 'used' as disposition, cast(null as string) as reason
  from published_diagnoses where _primary
  union all
  select _batch, _file, _lines, 'rejected', 'value' from clean_diagnoses where _primary and _rejected
  union all
  select _batch, _file, _lines, _disposition, _reason from losers_diagnoses where _primary
  union all select _batch, _file, _lines, 'used' as disposition, cast(null as string) as reason
  from published_procedures where _primary
  union all
  select _batch, _file, _lines, 'rejected', 'value' from clean_procedures where _primary and _rejected
  union all
  select _batch, _file, _lines, _disposition, _reason from losers_procedures where _primary
  union all select _batch, _file, _lines, 'used' as disposition, cast(null as string) as reason
  from published_observations where _primary
  union all
  select _batch, _file, _lines, 'rejected', 'value' from clean_observations where _primary and _rejected
  union all
  select _batch, _file, _lines, _disposition, _reason from losers_observations where _primary
  union all select _batch, _file, _lines, _disposition, _reason from unread
) as disposed
group by _batch, _file, disposition, reason
