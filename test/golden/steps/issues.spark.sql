select table_name, source, _batch, _file, _row, _item, _line, _primary, _rejected,
  split_part(_issue, '␟', 1) as field,
  split_part(_issue, '␟', 2) as reason,
  split_part(_issue, '␟', 3) as action,
  split_part(_issue, '␟', 4) as value
from (select r.*, explode(_list) as "_issue" from (select 'diagnoses' as table_name, source, _batch, _file, _row, _item, _line, _primary, _rejected,
    split(_issues, '␞') as _list
  from clean_diagnoses where _issues is not null
  union all select 'observations' as table_name, source, _batch, _file, _row, _item, _line, _primary, _rejected,
    split(_issues, '␞') as _list
  from clean_observations where _issues is not null
  union all select 'patients' as table_name, source, _batch, _file, _row, _item, _line, _primary, _rejected,
    split(_issues, '␞') as _list
  from clean_patients where _issues is not null
  union all select 'prescriptions' as table_name, source, _batch, _file, _row, _item, _line, _primary, _rejected,
    split(_issues, '␞') as _list
  from clean_prescriptions where _issues is not null
  union all select 'procedures' as table_name, source, _batch, _file, _row, _item, _line, _primary, _rejected,
    split(_issues, '␞') as _list
  from clean_procedures where _issues is not null
  union all select 'visits' as table_name, source, _batch, _file, _row, _item, _line, _primary, _rejected,
    split(_issues, '␞') as _list
  from clean_visits where _issues is not null) as r) as opened
