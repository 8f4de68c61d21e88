// Of several candidates the simplest that is as good as the best, as far as the folds can tell: the rule of one standard
// error (Breiman, Friedman, Olshen, Stone 1984, Classification and Regression Trees, 3.4.3).

interface Candidate {
  /** One for each fold, lower is better; the same folds for every candidate. */
  readonly losses: readonly number[];
}

/**
 * @param candidates From the simplest to the most complex, at least one.
 * @returns The first whose loss exceeds the least by no more than one standard error of that difference over the folds. The
 *   difference is taken within folds, so that what makes one fold harder than another does not count.
 */
export function simplestWithinOneStandardError<Kind extends Candidate>(candidates: readonly Kind[]): Kind {
  const best = candidates.reduce((least, one) => (mean(one.losses) < mean(least.losses) ? one : least));
  const asGood = candidates.find(({ losses }) => {
    const apart = losses.map((loss, fold) => loss - (best.losses[fold] as number));
    return mean(apart) <= standardError(apart);
  });
  return asGood ?? best;
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Of the mean of the values; 0 of fewer than two. */
export function standardError(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const middle = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}
