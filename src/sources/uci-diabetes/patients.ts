// patients: one row for every patient_nbr, made from all encounters of the patient.
import type { RawTable, Reading } from '../source.js';
import { described, type Supply, selected } from '../supplied.js';
import { landed, type NeededColumn } from './columns.js';
import { bandMidpoint, isPresent, trimmed } from './expressions.js';

/**
 * The rule where encounters of a patient differ: race and gender are those of the latest encounter (highest
 * encounter_id) that states one, where `?` and `Unknown/Invalid` state none; age, which has to be the age at
 * registration, is that of the earliest. The row's record is that of the latest encounter. `conflicts` counts the
 * patients whose encounters state more than one race or gender.
 */
export function patientsReading(encounters: RawTable): Reading {
  const c = (column: NeededColumn) => landed(encounters, column);
  const supplies: Supply[] = [
    { field: 'patient_id', origin: 'patient_nbr', sql: 'patient_id' },
    { field: 'age', origin: 'age', sql: `min_by(age, case when age is not null then place end)` },
    { field: 'gender', origin: 'gender', sql: latest('gender') },
    { field: 'race', origin: 'race', sql: latest('race') },
  ];
  const seen = `select _file, _row, _line, _lines, ${trimmed(c('patient_nbr'))} as patient_id,
  ${place(c('encounter_id'))} as place,
  case when ${isPresent(c('age'))} then ${bandMidpoint(c('age'))} end as age,
  ${stated(c('gender'))} as gender, ${c('gender')} as gender_text,
  ${stated(c('race'))} as race, ${c('race')} as race_text
from raw
where ${isPresent(c('patient_nbr'))} and ${isPresent(c('encounter_id'))}`;
  return {
    table: 'patients',
    rawTable: encounters,
    primary: false,
    aggregate: true,
    ...described(supplies),
    also: [],
    decimalComma: false,
    sql: () => `select max_by(_file, place) as _file, max_by(_row, place) as _row, max_by(_line, place) as _line,
  max_by(_lines, place) as _lines, cast(0 as bigint) as _item,
${selected(supplies)}
from (
${seen}
) as seen
group by patient_id`,
    conflicts: () => `with stated as (
select min(gender) < max(gender) as gender, min(race) < max(race) as race
from (
${seen}
) as seen
group by patient_id
)
select 'gender' as field, count(case when gender then 1 end) as conflicts from stated
union all
select 'race' as field, count(case when race then 1 end) as conflicts from stated`,
  };
}

/** Orders encounters as numbers of up to 20 digits, then as the winner among equal keys is chosen: file, row. */
function place(encounter: string): string {
  return `lpad(${trimmed(encounter)}, 20, '0') || ' ' || _file || ' ' || lpad(cast(_row as string), 20, '0')`;
}

function stated(text: string): string {
  return `case when ${isPresent(text)} and lower(${trimmed(text)}) <> 'unknown/invalid' then ${trimmed(text)} end`;
}

/** Where no encounter states a value, what was written instead, for the clean step to judge. */
function latest(field: string): string {
  return `coalesce(max_by(${field}, case when ${field} is not null then place end), max(${field}_text))`;
}
