// SQL that reads a value in its plain form as the column type of its field; NULL where it cannot be read.
import type { Field } from '../../catalog/field.js';
import type { Dialect } from '../../engine/dialect.js';
import { literal } from '../../engine/sql-text.js';

/** A number as people and programs write it: `65`, `65.0`, `.5`, `5.`, with up to twelve digits before the point. */
const number = '[+-]?0*([0-9]{1,12}[.]?[0-9]*|[.][0-9]+)';
/** `6.5e1`. */
const withPower = `${number}[eE][+-]?[0-9]{1,3}`;
/** Any of these, however large it is. */
const anyNumber = '[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?';

/** The SQL type of a field's column, in the words that both engines know. */
export function columnType(field: Field): string {
  switch (field.type) {
    case 'integer':
      return 'bigint';
    case 'decimal':
      return 'double';
    case 'date':
      return 'date';
    case 'timestamp':
      return 'timestamp';
    default:
      return 'string';
  }
}

export function readValue(text: string, field: Field, dialect: Dialect): string {
  switch (field.type) {
    case 'integer': {
      const decimal = decimalOf(text, field, 6, dialect);
      const whole = `case when ${dialect.fullMatch(text, '[+-]?[0-9]{1,18}')} then null else ${decimal} end`;
      return `coalesce(try_cast(case when ${dialect.fullMatch(text, '[+-]?[0-9]{1,18}')} then ${text} end as bigint), cast(case when floor(${whole}) = ${whole} then ${whole} end as bigint))`;
    }
    case 'decimal':
      return `cast(${decimalOf(text, field, field.scale ?? 6, dialect)} as double)`;
    case 'date':
      return `try_cast(${fromYearOne(text)} as date)`;
    case 'timestamp':
      return `try_cast(${fromYearOne(text)} as timestamp)`;
    case 'code':
      return codeOf(text, field);
    case 'list':
      return dialect.split(`nullif(trim(both ';' from ${dialect.replaceAll(text, '[ ;|]*[;|][ ;|]*', ';')}), '')`, ';');
    case 'blood-pressure':
      return `case when ${dialect.fullMatch(text, '[1-9][0-9]{1,2}/[1-9][0-9]{1,2}')} then ${text}
    when ${dialect.fullMatch(text, '[0-9]{2,3} ?/ ?[0-9]{2,3}( ?mm ?[Hh][Gg])?')} then cast(cast(trim(both ' ' from split_part(${text}, '/', 1)) as bigint) as string) || '/' || cast(cast(${diastolic(text)} as bigint) as string) end`;
    case 'text':
      return text;
  }
}

/** Whether a text that is no integer is a number all the same: `65.5` is, `high` is not. */
export function isNumber(text: string, field: Field, dialect: Dialect): string {
  return `(${decimalOf(text, field, 6, dialect)}) is not null`;
}

/** Whether a text that could not be read is a number beyond all bounds: `1e400`. */
export const isHuge = (text: string, dialect: Dialect): string => dialect.fullMatch(text, anyNumber);

/** The engines write the year 0 differently, and nobody was born in it. */
const fromYearOne = (text: string): string => `case when ${text} >= '0001' then ${text} end`;

function diastolic(text: string): string {
  return `regexp_extract(split_part(${text}, '/', 2), '[0-9]+', 0)`;
}

/**
 * A DECIMAL(18, scale), half away from zero, from a number alone or with the field's own or a foreign unit. A power of ten is
 * read by way of a double, because DuckDB 1.5.6 casts `7.771E-70` to DECIMAL as 0.01, below 10^9, where six places of a double
 * are exact. A number with a unit is read to six places too, in a type in which no factor overflows.
 */
function decimalOf(text: string, field: Field, scale: number, dialect: Dialect): string {
  const type = `decimal(18,${scale})`;
  const bare = `regexp_extract(${text}, ${literal(`^${number}`)}, 0)`;
  const unitOf = `lower(trim(both ' ' from substr(${text}, length(${bare}) + 1)))`;
  const units = [...(field.unit ? [{ unit: field.unit, factor: 1 }] : []), ...(field.foreignUnits ?? [])];
  const withUnit = units.map(({ unit, factor }) => {
    const own = literal(unit.toLowerCase());
    return `when lower(${text}) like ${literal(`%${unit.toLowerCase()}`)} and ${unitOf} = ${own} then try_cast(try_cast(${bare} as decimal(24,6)) * cast(${factor} as decimal(10,4)) as ${type})`;
  });
  return [
    'case',
    `when ${dialect.fullMatch(text, number)} then try_cast(${text} as ${type})`,
    `when ${dialect.fullMatch(text, withPower)} then try_cast(try_cast(try_cast(${text} as double) as decimal(15,6)) as ${type})`,
    ...withUnit,
    'end',
  ].join(' ');
}

/**
 * The allowed value that a text means, by itself or by a synonym, whatever its case. The values themselves stand first:
 * most files write nothing else.
 */
function codeOf(text: string, { values = [] }: Field): string {
  const meanings = new Map(values.map(({ value }) => [value.toLowerCase(), value]));
  for (const { value, synonyms } of values) {
    for (const word of synonyms) meanings.set(word.toLowerCase(), value);
  }
  const branches = [...meanings].map(([word, value]) => `when ${literal(word)} then ${literal(value)}`);
  // No value would be compared with every word before it is known to be none.
  return `case when ${text} is not null then case lower(${text}) ${branches.join(' ')} end end`;
}
