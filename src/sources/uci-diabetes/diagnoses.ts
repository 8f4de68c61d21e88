// diagnoses: one row for every diagnosis that an encounter states, at most three, ranked as the file ranks them.
import type { RawTable, Reading } from '../source.js';
import { described, type Supply, selected } from '../supplied.js';
import { diagnosisColumns, landed } from './columns.js';
import { atPosition, isPresent, itemAt, positionsWhere } from './expressions.js';

/** `_item` is the rank. */
export function diagnosesReading(encounters: RawTable): Reading {
  const codes = diagnosisColumns.map((column) => landed(encounters, column));
  const stated = positionsWhere(codes.map(isPresent));
  const origin = diagnosisColumns.join(', ');
  const supplies: Supply[] = [
    { field: 'visit_id', origin: 'encounter_id', sql: landed(encounters, 'encounter_id') },
    { field: 'patient_id', origin: 'patient_nbr', sql: landed(encounters, 'patient_nbr') },
    { field: 'diagnosis_system', origin, sql: `'icd-9-cm'` },
    { field: 'diagnosis_code', origin, sql: atPosition('_position', codes) },
    { field: 'rank', origin, sql: '_position' },
  ];
  return {
    table: 'diagnoses',
    rawTable: encounters,
    primary: false,
    ...described(supplies),
    also: [],
    decimalComma: false,
    sql: (dialect) => `select _file, _row, _line, _lines, ${itemAt('_position')} as _item,
${selected(supplies)}
from ${dialect.explode('raw', dialect.split(stated, ','), '_position')} as stated
where _position <> ''`,
  };
}
