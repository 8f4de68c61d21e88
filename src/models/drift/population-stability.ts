// The population stability index: how far the shares of bins have moved.

/** A bin that nobody is in counts as this share: its logarithm has to exist. */
const least = 1e-4;

/**
 * Σ (now − then) × ln(now / then), 0 where nothing has moved. The rule of thumb, from credit scoring (Siddiqi 2006, Credit Risk
 * Scorecards, ch. 12): below 0.1 no change, 0.1 to 0.25 some, above 0.25 a shift that asks for a look.
 */
export function populationStability(then: readonly number[], now: readonly number[]): number {
  return then.reduce((sum, share, bin) => {
    const [before, after] = [Math.max(share, least), Math.max(now[bin] ?? 0, least)];
    return sum + (after - before) * Math.log(after / before);
  }, 0);
}
