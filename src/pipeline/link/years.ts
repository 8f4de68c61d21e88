// SQL for a person's age.
/** Completed years from one date to another; negative where `to` lies before `from`. */
export function yearsBetween(from: string, to: string): string {
  const part = (field: string, date: string) => `cast(extract(${field} from ${date}) as bigint)`;
  const dayOfYear = (date: string) => `(${part('month', date)} * 100 + ${part('day', date)})`;
  return `(${part('year', to)} - ${part('year', from)} - case when ${dayOfYear(to)} < ${dayOfYear(from)} then 1 else 0 end)`;
}
