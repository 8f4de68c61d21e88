// Periods of the calendar as whole numbers, so that the one before is one less.
import type { Period } from '../../catalog/metrics/dimension.js';

/** How many of them are a year. */
const inYear: Readonly<Record<Period, number>> = { month: 12, quarter: 4, year: 1 };

const forms: Readonly<Record<Period, RegExp>> = {
  month: /^([0-9]{4})-(0[1-9]|1[0-2])$/,
  quarter: /^([0-9]{4})-Q([1-4])$/,
  year: /^([0-9]{4})$/,
};

export const periodForms: Readonly<Record<Period, string>> = { month: '2024-03', quarter: '2024-Q1', year: '2024' };

export const monthsOf = (period: Period): number => 12 / inYear[period];

/** `2024-03` → 24290; undefined where the text is no such period. */
export function periodNumber(period: Period, text: string): number | undefined {
  const found = forms[period].exec(text);
  return found ? Number(found[1]) * inYear[period] + Number(found[2] ?? 1) - 1 : undefined;
}

export function periodText(period: Period, number: number): string {
  const year = String(Math.floor(number / inYear[period])).padStart(4, '0');
  const place = (number % inYear[period]) + 1;
  if (period === 'year') return year;
  return period === 'quarter' ? `${year}-Q${place}` : `${year}-${String(place).padStart(2, '0')}`;
}

/** SQL of the number of the period in which a date lies. */
export function periodSql(period: Period, date: string): string {
  const part = (field: string) => `cast(extract(${field} from ${date}) as bigint)`;
  if (period === 'year') return part('year');
  if (period === 'month') return `(${part('year')} * 12 + ${part('month')} - 1)`;
  return `(${part('year')} * 4 + cast(floor((${part('month')} - 1) / 3) as bigint))`;
}
