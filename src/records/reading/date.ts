// Dates and times as people type them, in the forms that cleaning understands: local, without zone.
import type { Field } from '../../catalog/field.js';
import type { Reading } from './reading.js';

const forms: readonly RegExp[] = [
  /^(?<y>[0-9]{4})-(?<m>[0-9]{2})-(?<d>[0-9]{2})(?:[T ][0-9]{2}:[0-9]{2}.*)?$/,
  /^(?<y>[0-9]{4})[/](?<m>[0-9]{2})[/](?<d>[0-9]{2})$/,
  /^(?<y>[0-9]{4})(?<m>[0-9]{2})(?<d>[0-9]{2})$/,
  /^(?<d>[0-9]{1,2})[.](?<m>[0-9]{1,2})[.](?<y>[0-9]{4})$/,
];

const time =
  /^([0-9-]{10})[T ]((?:[01][0-9]|2[0-3]):[0-5][0-9])(?::([0-5][0-9])(?:[.][0-9]{1,9})?)?(?: ?(?:Z|[+-][0-9]{2}:?[0-9]{2}))?$/;

/** @param today YYYY-MM-DD */
export function readDate(field: Field, text: string, today: string): Reading {
  const parts = forms.map((form) => form.exec(text)?.groups).find((groups) => groups !== undefined);
  const { y = '', m = '', d = '' } = parts ?? {};
  const date = `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`;
  if (!parts || !isDay(date)) return { fault: 'It must be a day that exists, such as 2025-01-31.' };
  if (field.past && date > today) return { fault: `It may not lie after today, ${today}.` };
  const { mostYearsAgo } = field;
  if (mostYearsAgo !== undefined && date < yearsBefore(today, mostYearsAgo)) {
    return { fault: `It may not lie more than ${mostYearsAgo} years ago.` };
  }
  return { value: date };
}

export function readTime(field: Field, text: string, today: string): Reading {
  const [, date = '', minute = '', second = '00'] = time.exec(text) ?? [];
  if (!isDay(date)) return { fault: 'It must be a date with a time, such as 2025-01-31 13:45.' };
  if (field.past && date > today) return { fault: `It may not lie after today, ${today}.` };
  return { value: `${date} ${minute}:${second}` };
}

function isDay(date: string): boolean {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(date) || date < '0001') return false;
  const day = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(date);
}

/** As cleaning counts: a year before 2024-02-29 is 2023-02-28. */
function yearsBefore(date: string, years: number): string {
  const [year = '', month = '', day = ''] = date.split('-');
  const earlier = String(Number(year) - years).padStart(4, '0');
  return `${earlier}-${month}-${month === '02' && day === '29' ? '28' : day}`;
}
