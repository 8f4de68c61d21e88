// SQL expressions over the texts of a record that several readings use.

export function trimmed(text: string): string {
  return `trim(both ' ' from ${text})`;
}

/** Whether a text is a value: the file writes `?` for none. */
export function isPresent(text: string): string {
  return `${trimmed(`coalesce(${text}, '')`)} not in ('', '?')`;
}

/** `[70-80)` → `75`, the midpoint of the band in years. Any other text is handed on, for the clean step to judge. */
export function bandMidpoint(band: string): string {
  const text = trimmed(band);
  const low = `try_cast(split_part(substr(${text}, 2), '-', 1) as bigint)`;
  const high = `try_cast(replace(split_part(${text}, '-', 2), ')', '') as bigint)`;
  const isBand = `regexp_extract(${text}, '^.[0-9]{1,3}-[0-9]{1,3}.$', 0) = ${text} and ${text} like '[%)'`;
  return `case when ${isBand} then cast(cast(floor((${low} + ${high}) / 2) as bigint) as string) else ${band} end`;
}

/**
 * The 1-based positions of the conditions that hold, as a text to be split at `,`: `2,18,`. The parts that hold nothing
 * are empty. Only positions are joined and split, never values, which could hold the separator.
 */
export function positionsWhere(conditions: readonly string[]): string {
  return conditions.map((condition, at) => `case when ${condition} then '${at + 1},' else '' end`).join(' || ');
}

/** The expression that stands at a position that `positionsWhere` gave. */
export function atPosition(position: string, expressions: readonly string[]): string {
  return `case ${position} ${expressions.map((expression, at) => `when '${at + 1}' then ${expression}`).join(' ')} end`;
}

/** A position as `_item`. An engine may compute it before the empty parts are dropped, so it must not fail on them. */
export function itemAt(position: string): string {
  return `cast(nullif(${position}, '') as bigint)`;
}
