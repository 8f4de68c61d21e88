select r._file, r._row, r._line, r._lines, cast(0 as bigint) as _item,
  r.c0 as patient_id,
  concat_ws(' ', nullif(trim(both ' ' from coalesce(r.c7, '')), ''), nullif(trim(both ' ' from coalesce(cast(null as string), '')), ''), nullif(trim(both ' ' from coalesce(r.c8, '')), '')) as name,
  r.c1 as birth_date,
  r.c2 as death_date,
  r.c14 as gender,
  r.c12 as race,
  concat_ws(', ', nullif(trim(both ' ' from coalesce(r.c17, '')), ''), nullif(trim(both ' ' from coalesce(r.c18, '')), '')) as location,
  m.bmi as bmi,
  m.smoker_status as smoker_status,
  i.insurance_type as insurance_type
from raw as r
left join (
select patient_id,
  max_by(amount, case when code in ('39156-5') and amount is not null then place end) as bmi,
  max_by(case lower(amount) when '266919005' then 'Never' when 'never smoker' then 'Never' when 'never smoked tobacco (finding)' then 'Never' when '8517006' then 'Former' when 'former smoker' then 'Former' when 'ex-smoker (finding)' then 'Former' when '449868002' then 'Current' when 'current every day smoker' then 'Current' when 'smokes tobacco daily (finding)' then 'Current' when '428041000124106' then 'Current' when 'current some day smoker' then 'Current' when 'occasional tobacco smoker (finding)' then 'Current' when '428071000124103' then 'Current' when 'current heavy tobacco smoker' then 'Current' when '428061000124105' then 'Current' when 'current light tobacco smoker' then 'Current' when '77176002' then 'Current' when 'smoker, current status unknown' then 'Current' when 'smoker (finding)' then 'Current' when '266927001' then null when 'unknown if ever smoked' then null when 'tobacco smoking consumption unknown (finding)' then null else amount end, case when code in ('72166-2') and case lower(amount) when '266919005' then 'Never' when 'never smoker' then 'Never' when 'never smoked tobacco (finding)' then 'Never' when '8517006' then 'Former' when 'former smoker' then 'Former' when 'ex-smoker (finding)' then 'Former' when '449868002' then 'Current' when 'current every day smoker' then 'Current' when 'smokes tobacco daily (finding)' then 'Current' when '428041000124106' then 'Current' when 'current some day smoker' then 'Current' when 'occasional tobacco smoker (finding)' then 'Current' when '428071000124103' then 'Current' when 'current heavy tobacco smoker' then 'Current' when '428061000124105' then 'Current' when 'current light tobacco smoker' then 'Current' when '77176002' then 'Current' when 'smoker, current status unknown' then 'Current' when 'smoker (finding)' then 'Current' when '266927001' then null when 'unknown if ever smoked' then null when 'tobacco smoking consumption unknown (finding)' then null else amount end is not null then place end) as smoker_status
from (
select visit_id, patient_id, code, taken_at, place, amount,
  case when (regexp_extract(amount, '^([0-9]{1,9}[.][0-9]{1,6})$', 0) = amount and amount <> '') then cast(cast(floor(try_cast(amount as decimal(18,6)) + 0.5) as bigint) as string) else amount end as whole
from (
  select "ENCOUNTER" as visit_id, "PATIENT" as patient_id, "CODE" as code, substr(replace("DATE", 'T', ' ') || ' 00:00:00', 1, 19) as taken_at,
    substr(replace("DATE", 'T', ' ') || ' 00:00:00', 1, 19) || ' ' || _file || ' ' || lpad(cast(_row as string), 20, '0') as place,
    case when "CODE" in ('39156-5') and lower("UNITS") not in ('', 'kg/m2') then "VALUE" || ' ' || "UNITS" when "CODE" in ('72166-2') and lower("UNITS") not in ('', '{nominal}') then "VALUE" || ' ' || "UNITS" else "VALUE" end as amount
  from (
  select _file, _row, case when lower(trim(both ' ' from coalesce(c0, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c0, '')) end as "DATE", case when lower(trim(both ' ' from coalesce(c1, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c1, '')) end as "PATIENT", case when lower(trim(both ' ' from coalesce(c2, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c2, '')) end as "ENCOUNTER", case when lower(trim(both ' ' from coalesce(c4, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c4, '')) end as "CODE", case when lower(trim(both ' ' from coalesce(c6, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c6, '')) end as "VALUE", case when lower(trim(both ' ' from coalesce(c7, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c7, '')) end as "UNITS"
  from observations_0
  ) as observed
  where "CODE" in ('39156-5', '72166-2') and "VALUE" <> '' and "PATIENT" <> ''
) as measured
) as stated
group by patient_id
) as m on m.patient_id = trim(both ' ' from coalesce(r.c0, ''))
left join (
select e.patient_id, p.insurance_type
from (
  select "PATIENT" as patient_id, max_by("PAYER", substr(replace("START", 'T', ' ') || ' 00:00:00', 1, 19) || ' ' || _file || ' ' || lpad(cast(_row as string), 20, '0')) as payer
  from (
  select _file, _row, case when lower(trim(both ' ' from coalesce(c3, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c3, '')) end as "PATIENT", case when lower(trim(both ' ' from coalesce(c1, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c1, '')) end as "START", case when lower(trim(both ' ' from coalesce(c6, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c6, '')) end as "PAYER"
  from encounters_0
  ) as paid
  where "PAYER" <> ''
  group by "PATIENT"
) as e
join (
  select "Id" as id, max(case lower(coalesce(nullif("OWNERSHIP", ''), "NAME")) when 'government' then 'Government' when 'medicare' then 'Government' when 'medicaid' then 'Government' when 'dual eligible' then 'Government' when 'private' then 'Private' when 'humana' then 'Private' when 'blue cross blue shield' then 'Private' when 'unitedhealthcare' then 'Private' when 'aetna' then 'Private' when 'cigna health' then 'Private' when 'anthem' then 'Private' when 'no_insurance' then 'None' else coalesce(nullif("OWNERSHIP", ''), "NAME") end) as insurance_type
  from (
  select _file, _row, case when lower(trim(both ' ' from coalesce(c0, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c0, '')) end as "Id", case when lower(trim(both ' ' from coalesce(c1, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c1, '')) end as "NAME", case when lower(trim(both ' ' from coalesce(cast(null as string), ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(cast(null as string), '')) end as "OWNERSHIP"
  from payers_0
  ) as paying
  group by "Id"
) as p on p.id = e.payer
) as i on i.patient_id = trim(both ' ' from coalesce(r.c0, ''))
