// visits: one row for every record of encounters.csv, with what was measured at it.
import type { RawTable, Reading } from '../source.js';
import { described, type Supply, selected } from '../supplied.js';
import { visitMeasurements, visitPressures } from './measurements.js';
import { day, everyPart, landed, namesById, partsOf, place, trimmed } from './relation.js';

/**
 * The main diagnosis is the encounter's reason. A visit ends in death where it is the patient's last inpatient or emergency
 * encounter and the day of death lies within it; otherwise the export does not say how a visit ended. Names of organization
 * and payer stand for their ids, which are handed on where the files of names lack them.
 */
export function visitsReading(encounters: RawTable, rawTables: readonly RawTable[]): Reading {
  const column = (name: string) => landed(encounters, name);
  const c = (name: string) => `r.${column(name)}`;
  const all = partsOf(rawTables, 'encounters');
  const organizations = partsOf(rawTables, 'organizations');
  const providers = partsOf(rawTables, 'providers');
  const payers = partsOf(rawTables, 'payers');
  const observations = partsOf(rawTables, 'observations');
  const patients = partsOf(rawTables, 'patients');
  const visitId = trimmed(c('Id'));
  const patientId = trimmed(c('PATIENT'));
  const ofVisit = (alias: string) => `${alias}.visit_id = ${visitId} and ${alias}.patient_id = ${patientId}`;
  const started = day(trimmed(c('START')));
  const stopped = `coalesce(nullif(${day(trimmed(c('STOP')))}, ''), d.died_on)`;
  const named = (parts: readonly RawTable[], alias: string, id: string) =>
    parts.length > 0 ? `coalesce(${alias}.name, ${id})` : id;
  const observed = (field: string, sql: string): Supply => ({ field, origin: 'VALUE of observations.csv', sql });
  const supplies: Supply[] = [
    { field: 'visit_id', origin: 'Id', sql: c('Id') },
    { field: 'patient_id', origin: 'PATIENT', sql: c('PATIENT') },
    { field: 'visit_date', origin: 'START', sql: c('START') },
    { field: 'discharge_date', origin: 'STOP', sql: c('STOP') },
    { field: 'admitted_at', origin: 'START', sql: withTime(c('START')) },
    { field: 'discharged_at', origin: 'STOP', sql: withTime(c('STOP')) },
    { field: 'visit_type', origin: 'ENCOUNTERCLASS', sql: c('ENCOUNTERCLASS') },
    {
      field: 'diagnosis_system',
      origin: 'REASONCODE',
      sql: `case when ${trimmed(c('REASONCODE'))} <> '' then 'snomed' end`,
    },
    { field: 'diagnosis_code', origin: 'REASONCODE', sql: c('REASONCODE') },
    { field: 'diagnosis_description', origin: 'REASONDESCRIPTION', sql: c('REASONDESCRIPTION') },
    { field: 'facility', origin: 'ORGANIZATION', sql: named(organizations, 'o', c('ORGANIZATION')) },
    { field: 'payer', origin: 'PAYER', sql: named(payers, 'y', c('PAYER')) },
    ...(providers.length > 0 ? [{ field: 'specialty', origin: 'PROVIDER', sql: 's.name' }] : []),
    ...(patients.length > 0
      ? [
          {
            field: 'discharge_disposition',
            origin: 'DEATHDATE of patients.csv',
            sql: `case when d.died_on between ${started} and ${stopped} then 'died' end`,
          },
        ]
      : []),
    ...(observations.length > 0
      ? [
          observed('blood_pressure', 'b.blood_pressure'),
          observed('glucose_level', 'm.glucose_level'),
          observed('heart_rate', 'm.heart_rate'),
          observed('a1c_result', 'm.a1c_result'),
        ]
      : []),
  ];
  const names = (parts: readonly RawTable[], alias: string, name: string, id: string) =>
    parts.length > 0
      ? [`left join (\n${namesById(parts, name)}\n) as ${alias} on ${alias}.id = ${trimmed(c(id))}`]
      : [];
  return {
    table: 'visits',
    rawTable: encounters,
    primary: true,
    ...described(supplies),
    also: [
      ...organizations,
      ...providers,
      ...payers,
      ...observations,
      ...(patients.length > 0 ? [...patients, ...all] : []),
    ],
    decimalComma: false,
    sql: (dialect) =>
      [
        `select r._file, r._row, r._line, r._lines, cast(0 as bigint) as _item,\n${selected(supplies)}\nfrom raw as r`,
        ...names(organizations, 'o', 'NAME', 'ORGANIZATION'),
        ...names(payers, 'y', 'NAME', 'PAYER'),
        ...names(providers, 's', 'SPECIALITY', 'PROVIDER'),
        ...(patients.length > 0 ? [`left join (\n${lastStays(all, patients)}\n) as d on ${ofVisit('d')}`] : []),
        ...(observations.length > 0
          ? [
              `left join (\n${visitMeasurements(observations, dialect)}\n) as m on ${ofVisit('m')}`,
              `left join (\n${visitPressures(observations, dialect)}\n) as b on ${ofVisit('b')}`,
            ]
          : []),
      ].join('\n'),
  };
}

/** A time of day is handed on only where there is one: a date alone is no fault. */
export function withTime(text: string): string {
  return `case when length(${trimmed(text)}) > 10 then ${text} end`;
}

/** SELECT giving `visit_id` and `patient_id` of the last inpatient or emergency encounter of who died, and `died_on`. */
function lastStays(encounters: readonly RawTable[], patients: readonly RawTable[]): string {
  return `select l.visit_id, l.patient_id, p.died_on
from (
  select "PATIENT" as patient_id, max_by("Id", ${place('"START"')}) as visit_id
  from (
  ${everyPart(encounters, ['Id', 'PATIENT', 'START', 'ENCOUNTERCLASS'])}
  ) as stays
  where lower("ENCOUNTERCLASS") in ('inpatient', 'emergency')
  group by "PATIENT"
) as l
join (
  select "Id" as patient_id, max(${day('"DEATHDATE"')}) as died_on
  from (
  ${everyPart(patients, ['Id', 'DEATHDATE'])}
  ) as dead
  where "DEATHDATE" <> ''
  group by "Id"
) as p on p.patient_id = l.patient_id`;
}
