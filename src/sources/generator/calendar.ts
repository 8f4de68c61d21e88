// The fixed calendar of the synthetic hospital. Days are whole numbers since 1970-01-01; no clock is ever asked.

const MS_PER_DAY = 86_400_000;
export const DAYS_PER_YEAR = 365.25;

export function dayOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / MS_PER_DAY;
}

/** The first day on which anybody can visit. */
export const FIRST_DAY = dayOf('2021-01-01');
/** The last day of the record unless another is asked for. */
export const DEFAULT_UNTIL = '2025-12-31';
/** The last day that may be asked for. */
export const LAST_DAY = dayOf('2099-12-31');

const TEXTS_FROM = dayOf('1900-01-01');
const texts: readonly string[] = Array.from({ length: LAST_DAY - TEXTS_FROM + 1 }, (_, offset) =>
  new Date((TEXTS_FROM + offset) * MS_PER_DAY).toISOString().slice(0, 10),
);

/** The day as YYYY-MM-DD; days from 1900-01-01 to 2099-12-31. */
export function dayText(day: number): string {
  return texts[day - TEXTS_FROM] as string;
}

/** 1 in the middle of January, 0 in the middle of July; northern hemisphere. */
export function winter(day: number): number {
  return winterByDay[Math.floor(day % DAYS_PER_YEAR)] as number;
}

const winterByDay: readonly number[] = Array.from(
  { length: Math.ceil(DAYS_PER_YEAR) },
  (_, day) => 0.5 + 0.5 * Math.cos((2 * Math.PI * (day - 15)) / DAYS_PER_YEAR),
);
