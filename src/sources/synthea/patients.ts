// patients: one row for every record of patients.csv, with the last BMI and smoking status and the last insurance.
import { syntheaPayers } from '../../catalog/codes/synthea-payers.js';
import { literal } from '../../engine/sql-text.js';
import type { RawTable, Reading } from '../source.js';
import { described, type Supply, selected } from '../supplied.js';
import { patientMeasurements } from './measurements.js';
import { everyPart, landed, landedIfAny, partsOf, place, trimmed } from './relation.js';

/**
 * Insurance is what pays for the patient's last encounter by its start. The export does not say when a patient was
 * registered, so there is no registration date and no age at it.
 */
export function patientsReading(patients: RawTable, rawTables: readonly RawTable[]): Reading {
  const c = (column: string) => `r.${landed(patients, column)}`;
  const observations = partsOf(rawTables, 'observations');
  const encounters = partsOf(rawTables, 'encounters');
  const payers = partsOf(rawTables, 'payers');
  const isMeasured = observations.length > 0;
  const isInsured = encounters.length > 0 && payers.length > 0;
  const middle = landedIfAny(patients, 'MIDDLE');
  const names = [c('FIRST'), patients.columns.includes('MIDDLE') ? `r.${middle}` : middle, c('LAST')];
  const supplies: Supply[] = [
    { field: 'patient_id', origin: 'Id', sql: c('Id') },
    { field: 'name', origin: 'FIRST, MIDDLE, LAST', sql: joined(names, ' ') },
    { field: 'birth_date', origin: 'BIRTHDATE', sql: c('BIRTHDATE') },
    { field: 'death_date', origin: 'DEATHDATE', sql: c('DEATHDATE') },
    { field: 'gender', origin: 'GENDER', sql: c('GENDER') },
    { field: 'race', origin: 'RACE', sql: c('RACE') },
    { field: 'location', origin: 'CITY, STATE', sql: joined([c('CITY'), c('STATE')], ', ') },
    ...(isMeasured
      ? [
          { field: 'bmi', origin: 'VALUE of observations.csv', sql: 'm.bmi' },
          { field: 'smoker_status', origin: 'VALUE of observations.csv', sql: 'm.smoker_status' },
        ]
      : []),
    ...(isInsured ? [{ field: 'insurance_type', origin: 'PAYER of encounters.csv', sql: 'i.insurance_type' }] : []),
  ];
  const id = trimmed(c('Id'));
  return {
    table: 'patients',
    rawTable: patients,
    primary: true,
    ...described(supplies),
    also: [...(isMeasured ? observations : []), ...(isInsured ? [...encounters, ...payers] : [])],
    decimalComma: false,
    sql: (dialect) => `select r._file, r._row, r._line, r._lines, cast(0 as bigint) as _item,
${selected(supplies)}
from raw as r${isMeasured ? `\nleft join (\n${patientMeasurements(observations, dialect)}\n) as m on m.patient_id = ${id}` : ''}${
      isInsured ? `\nleft join (\n${insurances(encounters, payers)}\n) as i on i.patient_id = ${id}` : ''
    }`,
  };
}

/** Those of the texts that are there, in one. */
function joined(texts: readonly string[], separator: string): string {
  return `concat_ws(${literal(separator)}, ${texts.map((text) => `nullif(${trimmed(text)}, '')`).join(', ')})`;
}

/** SELECT giving `patient_id` and `insurance_type`; a payer that the list lacks is handed on by its name. */
function insurances(encounters: readonly RawTable[], payers: readonly RawTable[]): string {
  const cases = syntheaPayers.codes.map(
    ({ name, value }) => `when ${literal(name.toLowerCase())} then ${literal(value)}`,
  );
  const ownership = `coalesce(nullif("OWNERSHIP", ''), "NAME")`;
  return `select e.patient_id, p.insurance_type
from (
  select "PATIENT" as patient_id, max_by("PAYER", ${place('"START"')}) as payer
  from (
  ${everyPart(encounters, ['PATIENT', 'START', 'PAYER'])}
  ) as paid
  where "PAYER" <> ''
  group by "PATIENT"
) as e
join (
  select "Id" as id, max(case lower(${ownership}) ${cases.join(' ')} else ${ownership} end) as insurance_type
  from (
  ${everyPart(payers, ['Id', 'NAME', 'OWNERSHIP'])}
  ) as paying
  group by "Id"
) as p on p.id = e.payer`;
}
