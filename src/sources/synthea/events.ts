// diagnoses, procedures and observations: one row for every record of conditions.csv, procedures.csv, observations.csv.
import type { RawTable, Reading } from '../source.js';
import { described, type Supply, selected } from '../supplied.js';
import { landed, landedIfAny, time, trimmed } from './relation.js';
import { withTime } from './visits.js';

export function diagnosesReading(conditions: RawTable): Reading {
  const c = (column: string) => landed(conditions, column);
  return reading('diagnoses', conditions, [
    ...links(conditions),
    { field: 'diagnosis_system', origin: 'SYSTEM', sql: systemOf(conditions) },
    { field: 'diagnosis_code', origin: 'CODE', sql: c('CODE') },
    { field: 'diagnosis_description', origin: 'DESCRIPTION', sql: c('DESCRIPTION') },
  ]);
}

/**
 * `rank` is the place of the procedure among those of its visit by its start, since the same may be done several times on
 * one day; records alike in all of it share one, and are duplicates.
 */
export function proceduresReading(procedures: RawTable): Reading {
  const c = (column: string) => landed(procedures, column);
  const whose = [c('PATIENT'), c('ENCOUNTER')].map(trimmed).join(', ');
  const order = [time(trimmed(c('START'))), ...[c('CODE'), c('DESCRIPTION'), c('STOP')].map(trimmed)].join(', ');
  return reading('procedures', procedures, [
    ...links(procedures),
    {
      field: 'rank',
      origin: 'START',
      sql: `cast(dense_rank() over (partition by ${whose} order by ${order}) as string)`,
    },
    { field: 'procedure_system', origin: 'SYSTEM', sql: systemOf(procedures) },
    { field: 'procedure_code', origin: 'CODE', sql: c('CODE') },
    { field: 'procedure_description', origin: 'DESCRIPTION', sql: c('DESCRIPTION') },
    { field: 'procedure_date', origin: 'START', sql: c('START') },
  ]);
}

export function observationsReading(observations: RawTable): Reading {
  const c = (column: string) => landed(observations, column);
  return reading('observations', observations, [
    ...links(observations),
    { field: 'observation_code', origin: 'CODE', sql: c('CODE') },
    { field: 'observation_description', origin: 'DESCRIPTION', sql: c('DESCRIPTION') },
    { field: 'value', origin: 'VALUE', sql: c('VALUE') },
    { field: 'unit', origin: 'UNITS', sql: c('UNITS') },
    { field: 'observation_date', origin: 'DATE', sql: c('DATE') },
    { field: 'observed_at', origin: 'DATE', sql: withTime(c('DATE')) },
  ]);
}

function links(table: RawTable): Supply[] {
  return [
    { field: 'visit_id', origin: 'ENCOUNTER', sql: landed(table, 'ENCOUNTER') },
    { field: 'patient_id', origin: 'PATIENT', sql: landed(table, 'PATIENT') },
  ];
}

/** Releases that do not write SYSTEM code everything in SNOMED CT. */
function systemOf(table: RawTable): string {
  return `coalesce(nullif(${trimmed(landedIfAny(table, 'SYSTEM'))}, ''), 'snomed')`;
}

function reading(table: string, rawTable: RawTable, supplies: readonly Supply[]): Reading {
  return {
    table,
    rawTable,
    primary: true,
    ...described(supplies),
    also: [],
    decimalComma: false,
    sql: () => `select _file, _row, _line, _lines, cast(0 as bigint) as _item,
${selected(supplies)}
from raw`,
  };
}
