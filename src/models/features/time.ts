// The order in which facts of a patient become known: a number `t` that the histories are looked up by.
//
// Where visits have dates, a day has two places: what begins on day d is at 2 d, and what ends on it at 2 d − 1, so that a
// stay that begins where another ended knows of it. An index date is at 2 d − 1 too, and sees the days before it alone.
// Where visits have an order and no dates, visit n begins and ends at 2 n.

/** Days since the beginning of year 1. */
export const dayOf = (date: string): string => `cast(${date} - date '0001-01-01' as int)`;

export const startOfDay = (date: string): string => `2 * ${dayOf(date)}`;
export const indexDate = (date: string): string => `2 * ${dayOf(date)} - 1`;

/** A visit or stay from `start` to `end`; one that ends where it began is over with its day. */
export const endOf = (start: string, end: string): string =>
  `case when ${end} > ${start} then 2 * ${dayOf(end)} - 1 else 2 * ${dayOf(start)} end`;

/** When a visit ended: its discharge; else the days that the source gives it; else the day of the visit. */
export const visitEnd = `case
    when discharge_date > visit_date then discharge_date
    when discharge_date is null and length_of_stay >= 1 then visit_date + cast(floor(length_of_stay) as int)
    else visit_date
  end`;

export const placeInOrder = (number: string): string => `2 * cast(${number} as int)`;
