// How values are written for people: numbers by the format of their metric, dates, spans of time.
import type { Metric } from '../src/catalog/metrics/metric.ts';

const decimals: Readonly<Record<Metric['format'], number>> = { '#,##0': 0, '#,##0.0': 1, '#,##0.00': 2 };

/** What is not known is written so; a number never stands in for it. */
export const unknown = '–';
/** The group of rows that have no value. */
export const missing = 'Missing';

export function metricText(value: number | null | undefined, format: Metric['format']): string {
  if (value === null || value === undefined) return unknown;
  const digits = decimals[format];
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

export const countText = (count: number): string => count.toLocaleString('en-US');

/** Units of the catalog as people write them. */
const units: Readonly<Record<string, string>> = { a: 'years', d: 'days', 'kg/m2': 'kg/m²' };
export const unitText = (unit: string | null): string => (unit === null ? '' : (units[unit] ?? unit));

/** A share of 0 to 1 in percent; below one, two digits that say something. */
export function percentText(share: number): string {
  const percent = 100 * share;
  if (percent > 0 && percent < 1) return `${percent.toPrecision(2)} %`;
  return `${percent.toLocaleString('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 })} %`;
}

const moment = { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' } as const;

export const momentText = (iso: string): string => new Date(iso).toLocaleString('en-GB', moment);

/** To the second, as lines of a log are read. */
export const secondText = (iso: string): string =>
  new Date(iso).toLocaleString('en-GB', { ...moment, second: '2-digit' });

/** A calendar date, YYYY-MM-DD, which no time zone may move. */
export const dateText = (date: string): string =>
  new Date(`${date}T00:00:00Z`).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });

export function spanText(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** `patient_summary` as a heading: Patient summary. */
export const headingText = (name: string): string => {
  const words = name.replaceAll(/[_-]+/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** The start of a run's id: its number, by which people tell runs apart. */
export const runNumber = (id: string): string => `#${Number.parseInt(id.slice(0, 6), 10)}`;
