// prescriptions: one row for every record of medications.csv.
import { drugIngredients } from '../../catalog/codes/drug-ingredients.js';
import { literal } from '../../engine/sql-text.js';
import type { RawTable, Reading } from '../source.js';
import { described, type Supply, selected } from '../supplied.js';
import { landed, time, trimmed } from './relation.js';

/**
 * The file has no id: it is made of encounter (else patient), drug and start, and from the second on of the number of those
 * that share all three, by their stop (none is the last), as where one is ended and ordered anew at once. Records alike in
 * all of it and in their reason are duplicates.
 */
export function prescriptionsReading(medications: RawTable): Reading {
  const c = (column: string) => landed(medications, column);
  const whose = `coalesce(nullif(${trimmed(c('ENCOUNTER'))}, ''), ${trimmed(c('PATIENT'))})`;
  const base = `${whose} || ':' || ${trimmed(c('CODE'))} || ':' || ${trimmed(c('START'))}`;
  const stop = `coalesce(nullif(${time(trimmed(c('STOP')))}, ' 00:00:00'), '~')`;
  const order = [stop, trimmed(c('REASONCODE')), trimmed(c('DESCRIPTION'))].join(', ');
  const supplies: Supply[] = [
    {
      field: 'prescription_id',
      origin: 'ENCOUNTER, CODE, START, STOP',
      sql: `_base || case when _nth > 1 then ':' || cast(_nth as string) else '' end`,
    },
    { field: 'visit_id', origin: 'ENCOUNTER', sql: c('ENCOUNTER') },
    { field: 'patient_id', origin: 'PATIENT', sql: c('PATIENT') },
    { field: 'drug_name', origin: 'DESCRIPTION', sql: c('DESCRIPTION') },
    { field: 'drug_code', origin: 'CODE', sql: c('CODE') },
    { field: 'drug_category', origin: 'DESCRIPTION', sql: categoryOf('_words') },
    { field: 'prescribed_date', origin: 'START', sql: c('START') },
  ];
  return {
    table: 'prescriptions',
    rawTable: medications,
    primary: true,
    ...described(supplies),
    also: [],
    decimalComma: false,
    sql: (dialect) => `select _file, _row, _line, _lines, cast(0 as bigint) as _item,
${selected(supplies)}
from (
  select *, ${base} as _base, dense_rank() over (partition by ${base} order by ${order}) as _nth,
    ' ' || ${dialect.replaceAll(`lower(${trimmed(c('DESCRIPTION'))})`, '[^a-z0-9]+', ' ')} || ' ' as _words
  from raw
) as numbered`,
  };
}

function categoryOf(words: string): string {
  const cases = drugIngredients.entries.map(
    ({ ingredient, category }) => `when instr(${words}, ${literal(` ${ingredient} `)}) > 0 then ${literal(category)}`,
  );
  return `case ${cases.join(' ')} end`;
}
