// Days on which people work: Monday to Friday. Which days are holidays, no file here says.

/** @param from YYYY-MM-DD; a day that is not counted itself. */
export function businessDaysAfter(from: string, days: number): string {
  const date = new Date(`${from}T00:00:00Z`);
  for (let left = days; left > 0; ) {
    date.setUTCDate(date.getUTCDate() + 1);
    if (date.getUTCDay() % 6 !== 0) left -= 1;
  }
  return date.toISOString().slice(0, 10);
}
