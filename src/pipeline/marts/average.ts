// SQL for the mean of a group, the same on every engine.

/** The mean of the values that are there, to 2 decimal places, half away from zero; NULL where there are none. */
export function average(column: string): string {
  const sum = `cast(sum(cast(${column} as decimal(18,6))) as double)`;
  // Through six places first: the double of 2.675 lies below it, and engines differ on what to make of that.
  return `cast(round(cast(${sum} / nullif(count(${column}), 0) as decimal(18,6)), 2) as double)`;
}
