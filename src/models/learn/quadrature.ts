// Gauss–Legendre quadrature on [0, 1]: with n points, the integral of a polynomial up to degree 2n − 1 is exact.

export interface Quadrature {
  readonly points: Float64Array;
  readonly weights: Float64Array;
}

const rules = new Map<number, Quadrature>();

/** The points are the roots of the Legendre polynomial of degree n, by Newton's method (Davis and Rabinowitz 1984, 2.7). */
export function quadrature(n: number): Quadrature {
  const known = rules.get(n);
  if (known) return known;
  const points = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 0;
    for (let step = Number.POSITIVE_INFINITY, turns = 0; Math.abs(step) > 1e-15 && turns < 100; turns++) {
      let before = 1;
      let value = x;
      for (let k = 2; k <= n; k++) [before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k];
      slope = (n * (x * value - before)) / (x * x - 1);
      step = value / slope;
      x -= step;
    }
    points[i] = (1 + x) / 2;
    weights[i] = 1 / ((1 - x * x) * slope * slope);
  }
  rules.set(n, { points, weights });
  return { points, weights };
}
