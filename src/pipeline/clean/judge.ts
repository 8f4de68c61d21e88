// SQL that says what is wrong with a field's value: a reason of the catalog, or NULL.
import type { Field } from '../../catalog/field.js';
import type { Reason } from '../../catalog/reasons.js';
import type { Dialect } from '../../engine/dialect.js';
import { literal } from '../../engine/sql-text.js';
import type { Format } from './shape.js';
import { isHuge, isNumber } from './value.js';

export interface Columns {
  /** The present text. */
  readonly text: string;
  /** Its plain form. */
  readonly plain: string;
  /** The value read from it. */
  readonly value: string;
}

const reason = (code: Reason): string => literal(code);

/** @param landed The batch's landing date, YYYY-MM-DD: the future begins on the day after. */
export function judge(
  field: Field,
  { text, plain, value }: Columns,
  format: Format,
  landed: string,
  dialect: Dialect,
): string {
  const wrong: string[] = [];
  if (field.required) wrong.push(`when ${text} is null then ${reason('required_missing')}`);
  wrong.push(`when ${text} is null then null`);
  switch (field.type) {
    case 'integer':
      wrong.push(
        `when ${value} is null and ${isNumber(plain, field, dialect)} then ${reason('not_whole')}`,
        ...notRead(plain, value, dialect),
        ...outOfRange(field, value),
      );
      break;
    case 'decimal':
      wrong.push(...notRead(plain, value, dialect), ...outOfRange(field, value));
      break;
    case 'date':
      if (!format.dates) {
        const either = dialect.fullMatch(text, '[0-9]{1,2}[/-][0-9]{1,2}[/-][0-9]{4}');
        wrong.push(`when ${value} is null and ${either} then ${reason('date_order_unknown')}`);
      }
      wrong.push(`when ${value} is null then ${reason('not_a_date')}`);
      if (field.past) wrong.push(`when ${value} > date ${literal(landed)} then ${reason('in_future')}`);
      if (field.mostYearsAgo !== undefined) {
        wrong.push(
          `when ${value} < date ${literal(yearsBefore(landed, field.mostYearsAgo))} then ${reason('out_of_range')}`,
        );
      }
      break;
    case 'timestamp':
      wrong.push(`when ${value} is null then ${reason('not_a_time')}`);
      if (field.past) wrong.push(`when cast(${value} as date) > date ${literal(landed)} then ${reason('in_future')}`);
      break;
    case 'code':
      wrong.push(`when ${value} is null then ${reason('not_allowed')}`);
      break;
    case 'blood-pressure':
      wrong.push(
        `when ${value} is null then ${reason('not_blood_pressure')}`,
        `when ${systolic(value)} <= ${diastolic(value)} then ${reason('not_blood_pressure')}`,
        // The second is the lower one, so the bounds of both are those of each on one side.
        ...outOfRange(field, diastolic(value), systolic(value)),
      );
      break;
  }
  return wrong.length === 1 ? `cast(null as string)` : `case ${wrong.join(' ')} end`;
}

/** `2024-02-29` less a year is `2023-02-28`. */
function yearsBefore(date: string, years: number): string {
  const [year = '', month = '', day = ''] = date.split('-');
  const earlier = String(Number(year) - years).padStart(4, '0');
  return `${earlier}-${month}-${month === '02' && day === '29' ? '28' : day}`;
}

export const systolic = (value: string): string => `cast(split_part(${value}, '/', 1) as bigint)`;
export const diastolic = (value: string): string => `cast(split_part(${value}, '/', 2) as bigint)`;

const notRead = (plain: string, value: string, dialect: Dialect): string[] => [
  `when ${value} is null and ${isHuge(plain, dialect)} then ${reason('out_of_range')}`,
  `when ${value} is null then ${reason('not_a_number')}`,
];

/** `least` and `most`: what is compared with the lower and with the upper bound. */
function outOfRange({ min, max }: Field, least: string, most: string = least): string[] {
  const bounds = [min === undefined ? [] : [`${least} < ${min}`], max === undefined ? [] : [`${most} > ${max}`]].flat();
  return bounds.length === 0 ? [] : [`when ${bounds.join(' or ')} then ${reason('out_of_range')}`];
}
