select r._file, r._row, r._line, r._lines, cast(0 as bigint) as _item,
  r.c0 as visit_id,
  r.c3 as patient_id,
  r.c1 as visit_date,
  r.c2 as discharge_date,
  case when length(trim(both ' ' from coalesce(r.c1, ''))) > 10 then r.c1 end as admitted_at,
  case when length(trim(both ' ' from coalesce(r.c2, ''))) > 10 then r.c2 end as discharged_at,
  r.c7 as visit_type,
  case when trim(both ' ' from coalesce(r.c13, '')) <> '' then 'snomed' end as diagnosis_system,
  r.c13 as diagnosis_code,
  r.c14 as diagnosis_description,
  coalesce(o.name, r.c4) as facility,
  coalesce(y.name, r.c6) as payer,
  s.name as specialty,
  case when d.died_on between substr(trim(both ' ' from coalesce(r.c1, '')), 1, 10) and coalesce(nullif(substr(trim(both ' ' from coalesce(r.c2, '')), 1, 10), ''), d.died_on) then 'died' end as discharge_disposition,
  b.blood_pressure as blood_pressure,
  m.glucose_level as glucose_level,
  m.heart_rate as heart_rate,
  m.a1c_result as a1c_result
from raw as r
left join (
select "Id" as id, max_by("NAME", _file || ' ' || lpad(cast(_row as string), 20, '0')) as name
from (
  select _file, _row, case when lower(trim(both ' ' from coalesce(c0, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c0, '')) end as "Id", case when lower(trim(both ' ' from coalesce(c1, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c1, '')) end as "NAME"
  from organizations_0
) as named
where "Id" <> '' and "NAME" <> ''
group by "Id"
) as o on o.id = trim(both ' ' from coalesce(r.c4, ''))
left join (
select "Id" as id, max_by("NAME", _file || ' ' || lpad(cast(_row as string), 20, '0')) as name
from (
  select _file, _row, case when lower(trim(both ' ' from coalesce(c0, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c0, '')) end as "Id", case when lower(trim(both ' ' from coalesce(c1, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c1, '')) end as "NAME"
  from payers_0
) as named
where "Id" <> '' and "NAME" <> ''
group by "Id"
) as y on y.id = trim(both ' ' from coalesce(r.c6, ''))
left join (
select "Id" as id, max_by("SPECIALITY", _file || ' ' || lpad(cast(_row as string), 20, '0')) as name
from (
  select _file, _row, case when lower(trim(both ' ' from coalesce(c0, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c0, '')) end as "Id", case when lower(trim(both ' ' from coalesce(c4, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c4, '')) end as "SPECIALITY"
  from providers_0
) as named
where "Id" <> '' and "SPECIALITY" <> ''
group by "Id"
) as s on s.id = trim(both ' ' from coalesce(r.c5, ''))
left join (
select l.visit_id, l.patient_id, p.died_on
from (
  select "PATIENT" as patient_id, max_by("Id", substr(replace("START", 'T', ' ') || ' 00:00:00', 1, 19) || ' ' || _file || ' ' || lpad(cast(_row as string), 20, '0')) as visit_id
  from (
  select _file, _row, case when lower(trim(both ' ' from coalesce(c0, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c0, '')) end as "Id", case when lower(trim(both ' ' from coalesce(c3, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c3, '')) end as "PATIENT", case when lower(trim(both ' ' from coalesce(c1, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c1, '')) end as "START", case when lower(trim(both ' ' from coalesce(c7, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c7, '')) end as "ENCOUNTERCLASS"
  from encounters_0
  ) as stays
  where lower("ENCOUNTERCLASS") in ('inpatient', 'emergency')
  group by "PATIENT"
) as l
join (
  select "Id" as patient_id, max(substr("DEATHDATE", 1, 10)) as died_on
  from (
  select _file, _row, case when lower(trim(both ' ' from coalesce(c0, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c0, '')) end as "Id", case when lower(trim(both ' ' from coalesce(c2, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c2, '')) end as "DEATHDATE"
  from patients_0
  ) as dead
  where "DEATHDATE" <> ''
  group by "Id"
) as p on p.patient_id = l.patient_id
) as d on d.visit_id = trim(both ' ' from coalesce(r.c0, '')) and d.patient_id = trim(both ' ' from coalesce(r.c3, ''))
left join (
select visit_id, patient_id,
  max_by(amount, case when code in ('2339-0', '2345-7') and amount is not null then place end) as glucose_level,
  max_by(whole, case when code in ('8867-4') and whole is not null then place end) as heart_rate,
  max_by(amount, case when code in ('4548-4') and amount is not null then place end) as a1c_result
from (
select visit_id, patient_id, code, taken_at, place, amount,
  case when regexp_full_match(amount, '[0-9]{1,9}[.][0-9]{1,6}') then cast(cast(floor(try_cast(amount as decimal(18,6)) + 0.5) as bigint) as string) else amount end as whole
from (
  select "ENCOUNTER" as visit_id, "PATIENT" as patient_id, "CODE" as code, substr(replace("DATE", 'T', ' ') || ' 00:00:00', 1, 19) as taken_at,
    substr(replace("DATE", 'T', ' ') || ' 00:00:00', 1, 19) || ' ' || _file || ' ' || lpad(cast(_row as string), 20, '0') as place,
    case when "CODE" in ('2339-0', '2345-7') and lower("UNITS") not in ('', 'mg/dl') then "VALUE" || ' ' || "UNITS" when "CODE" in ('8867-4') and lower("UNITS") not in ('', '/min', '{beats}/min') then "VALUE" || ' ' || "UNITS" when "CODE" in ('4548-4') and lower("UNITS") not in ('', '%') then "VALUE" || ' ' || "UNITS" else "VALUE" end as amount
  from (
  select _file, _row, case when lower(trim(both ' ' from coalesce(c0, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c0, '')) end as "DATE", case when lower(trim(both ' ' from coalesce(c1, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c1, '')) end as "PATIENT", case when lower(trim(both ' ' from coalesce(c2, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c2, '')) end as "ENCOUNTER", case when lower(trim(both ' ' from coalesce(c4, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c4, '')) end as "CODE", case when lower(trim(both ' ' from coalesce(c6, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c6, '')) end as "VALUE", case when lower(trim(both ' ' from coalesce(c7, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c7, '')) end as "UNITS"
  from observations_0
  ) as observed
  where "CODE" in ('2339-0', '2345-7', '8867-4', '4548-4') and "VALUE" <> '' and "PATIENT" <> ''
) as measured
) as stated
where visit_id <> ''
group by visit_id, patient_id
) as m on m.visit_id = trim(both ' ' from coalesce(r.c0, '')) and m.patient_id = trim(both ' ' from coalesce(r.c3, ''))
left join (
select visit_id, patient_id, max_by(systolic || '/' || diastolic, taken_at) as blood_pressure
from (
  select visit_id, patient_id, taken_at,
    max_by(whole, case when code in ('8480-6') and whole is not null then place end) as systolic,
    max_by(whole, case when code in ('8462-4') and whole is not null then place end) as diastolic
  from (
select visit_id, patient_id, code, taken_at, place, amount,
  case when regexp_full_match(amount, '[0-9]{1,9}[.][0-9]{1,6}') then cast(cast(floor(try_cast(amount as decimal(18,6)) + 0.5) as bigint) as string) else amount end as whole
from (
  select "ENCOUNTER" as visit_id, "PATIENT" as patient_id, "CODE" as code, substr(replace("DATE", 'T', ' ') || ' 00:00:00', 1, 19) as taken_at,
    substr(replace("DATE", 'T', ' ') || ' 00:00:00', 1, 19) || ' ' || _file || ' ' || lpad(cast(_row as string), 20, '0') as place,
    case when "CODE" in ('8480-6') and lower("UNITS") not in ('', 'mm[hg]', 'mmhg') then "VALUE" || ' ' || "UNITS" when "CODE" in ('8462-4') and lower("UNITS") not in ('', 'mm[hg]', 'mmhg') then "VALUE" || ' ' || "UNITS" else "VALUE" end as amount
  from (
  select _file, _row, case when lower(trim(both ' ' from coalesce(c0, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c0, '')) end as "DATE", case when lower(trim(both ' ' from coalesce(c1, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c1, '')) end as "PATIENT", case when lower(trim(both ' ' from coalesce(c2, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c2, '')) end as "ENCOUNTER", case when lower(trim(both ' ' from coalesce(c4, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c4, '')) end as "CODE", case when lower(trim(both ' ' from coalesce(c6, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c6, '')) end as "VALUE", case when lower(trim(both ' ' from coalesce(c7, ''))) in ('na', 'n/a', '#n/a', 'null', 'none', 'nil', '?', 'nan', 'nat', '-', '--', '.') then '' else trim(both ' ' from coalesce(c7, '')) end as "UNITS"
  from observations_0
  ) as observed
  where "CODE" in ('8480-6', '8462-4') and "VALUE" <> '' and "PATIENT" <> ''
) as measured
  ) as stated
  where visit_id <> ''
  group by visit_id, patient_id, taken_at
) as pairs
where systolic is not null and diastolic is not null
group by visit_id, patient_id
) as b on b.visit_id = trim(both ' ' from coalesce(r.c0, '')) and b.patient_id = trim(both ' ' from coalesce(r.c3, ''))
