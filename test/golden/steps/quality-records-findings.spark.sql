select cast(null as string) as check_id, '' as source, cast(null as string) as key, cast(null as string) as value,
  cast(null as bigint) as _batch, cast(null as string) as _file, cast(null as bigint) as _row, cast(null as bigint) as _line, false as used where 1 = 0
