// Hyper-parameters: where each is drawn from, and the draw itself. The ranges stand on the model's card.

/** Whole numbers where `whole` says so; drawn evenly, or evenly in the logarithm. */
export interface Range {
  readonly from: number;
  readonly to: number;
  readonly scale: 'linear' | 'log';
  readonly whole?: true;
}

export type Ranges = Readonly<Record<string, Range>>;
export type Parameters = Readonly<Record<string, number>>;

/** One draw of each, in the order of their names in `ranges`. @param random A number in [0, 1). */
export function drawn(ranges: Ranges, random: () => number): Parameters {
  return Object.fromEntries(Object.entries(ranges).map(([name, range]) => [name, from(range, random())]));
}

function from({ from, to, scale, whole }: Range, random: number): number {
  const value = scale === 'log' ? from * (to / from) ** random : from + (to - from) * random;
  // Three significant digits are more than a loss can tell apart, and can be read.
  return whole ? Math.round(value) : Number(value.toPrecision(3));
}
