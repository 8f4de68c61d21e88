// SQL for a mean that is the same to the last digit on every engine.

/**
 * The mean of the values that there are, rounded to two places, half away from zero for values ≥ 0; NULL where there is
 * none. In whole numbers up to the last division: engines differ in how they add doubles and round ties.
 * @param column Values ≥ 0 with at most four places; exact for sums below 4 × 10^9.
 */
export function meanOf(column: string): string {
  const sum = `cast(sum(cast(${column} as decimal(18,4))) * 10000 as bigint)`;
  const count = `count(${column})`;
  return `cast(floor((200 * ${sum} + 10000 * ${count}) / nullif(cast(20000 * ${count} as double), 0)) as double) / 100`;
}
