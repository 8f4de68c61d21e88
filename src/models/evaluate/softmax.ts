// From log-odds of several classes to their probabilities.

/** Row-major softmax of rows × classes log-odds. */
export function softmax(logOdds: Float64Array, classes: number): Float64Array {
  const out = new Float64Array(logOdds.length);
  for (let from = 0; from < logOdds.length; from += classes) {
    const own = logOdds.subarray(from, from + classes);
    const most = own.reduce((a, b) => Math.max(a, b));
    const parts = own.map((value) => Math.exp(value - most));
    const sum = parts.reduce((a, b) => a + b);
    out.set(
      parts.map((part) => part / sum),
      from,
    );
  }
  return out;
}
