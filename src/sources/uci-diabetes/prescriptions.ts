// prescriptions: one row for every diabetes drug that an encounter states was given (Steady, Up or Down).
import { literal } from '../../engine/sql-text.js';
import type { RawTable, Reading } from '../source.js';
import { described, type Supply, selected } from '../supplied.js';
import { drugs, landed } from './columns.js';
import { atPosition, isPresent, itemAt, positionsWhere, trimmed } from './expressions.js';

/**
 * The file says whether the dose changed, not the dose: that is what `dosage` holds (steady, increased, decreased; any
 * other word as it is written). `_item` is the position of the drug's column among the drug columns.
 */
export function prescriptionsReading(encounters: RawTable): Reading {
  const columns = drugs.map((drug) => landed(encounters, drug));
  const encounter = landed(encounters, 'encounter_id');
  const given = positionsWhere(columns.map((column) => `${isPresent(column)} and lower(${trimmed(column)}) <> 'no'`));
  const drug = atPosition('_position', drugs.map(literal));
  const change = atPosition('_position', columns);
  const origin = drugs.join(', ');
  const supplies: Supply[] = [
    { field: 'prescription_id', origin: 'encounter_id', sql: `${trimmed(encounter)} || ':' || ${drug}` },
    { field: 'visit_id', origin: 'encounter_id', sql: encounter },
    { field: 'patient_id', origin: 'patient_nbr', sql: landed(encounters, 'patient_nbr') },
    { field: 'drug_name', origin, sql: drug },
    { field: 'drug_category', origin, sql: `'Antidiabetic'` },
    {
      field: 'dosage',
      origin,
      sql: `case lower(${trimmed(change)})
    when 'steady' then 'steady' when 'up' then 'increased' when 'down' then 'decreased' else ${change} end`,
    },
  ];
  return {
    table: 'prescriptions',
    rawTable: encounters,
    primary: false,
    ...described(supplies),
    also: [],
    decimalComma: false,
    sql: (dialect) => `select _file, _row, _line, _lines, ${itemAt('_position')} as _item,
${selected(supplies)}
from ${dialect.explode('raw', dialect.split(given, ','), '_position')} as given
where _position <> ''`,
  };
}
