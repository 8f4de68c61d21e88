// Rows in the order of their score, with those of equal score told together: everything that ranks is built on it.

/** Row numbers by ascending score. Rows of equal score stay in the order of their numbers. */
export function rankOrder(score: Float64Array): Uint32Array {
  const order = Uint32Array.from(score, (_, row) => row);
  return order.sort((a, b) => (score[a] as number) - (score[b] as number) || a - b);
}

/** Calls `group(start, end)` for each run of equal scores, from the highest score to the lowest; `end` is not included. */
export function fromTheTop(
  score: Float64Array,
  order: Uint32Array,
  group: (start: number, end: number, score: number) => void,
): void {
  let end = order.length;
  while (end > 0) {
    const value = score[order[end - 1] as number] as number;
    let start = end - 1;
    while (start > 0 && score[order[start - 1] as number] === value) start--;
    group(start, end, value);
    end = start;
  }
}
