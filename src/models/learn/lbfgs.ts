// L-BFGS: a minimum of a smooth function from its gradients, remembering the last few steps (Nocedal and Wright 2006, 7.2).

/** The value at a place; writes the gradient into its second argument. */
type Smooth = (at: Float64Array, gradient: Float64Array) => number;

interface Limits {
  readonly maxIterations: number;
  readonly tolerance: number;
  readonly signal: AbortSignal | undefined;
}

const MEMORY = 10;

export async function minimise(f: Smooth, start: Float64Array, { maxIterations, tolerance, signal }: Limits) {
  let at = start;
  let gradient = new Float64Array(at.length);
  let value = f(at, gradient);
  const steps: { s: Float64Array; y: Float64Array; rho: number }[] = [];
  let iterations = 0;
  while (largest(gradient) > tolerance && iterations < maxIterations) {
    signal?.throwIfAborted();
    // Lets an abort, and whatever else waits, come through.
    await new Promise((resume) => setImmediate(resume));
    const direction = towards(gradient, steps);
    const slope = dot(direction, gradient);
    const next = new Float64Array(at.length);
    const nextGradient = new Float64Array(at.length);
    let step = steps.length === 0 ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
    let nextValue = Number.NaN;
    for (let halved = 0; halved < 40; halved++, step /= 2) {
      for (let i = 0; i < next.length; i++) next[i] = at[i]! + step * direction[i]!;
      nextValue = f(next, nextGradient);
      if (nextValue <= value + 1e-4 * step * slope) break;
      nextValue = Number.NaN;
    }
    // No step downhill can be told from rounding any more.
    if (Number.isNaN(nextValue)) break;
    const s = next.map((v, i) => v - at[i]!);
    const y = nextGradient.map((v, i) => v - gradient[i]!);
    const curvature = dot(s, y);
    if (curvature > 1e-14 * dot(y, y)) {
      steps.push({ s, y, rho: 1 / curvature });
      if (steps.length > MEMORY) steps.shift();
    }
    at = next;
    gradient = nextGradient;
    value = nextValue;
    iterations += 1;
  }
  const gradientNorm = largest(gradient);
  return { at, converged: gradientNorm <= tolerance, iterations, gradientNorm };
}

function towards(gradient: Float64Array, steps: readonly { s: Float64Array; y: Float64Array; rho: number }[]) {
  const q = gradient.map((g) => -g);
  const alphas: number[] = [];
  for (const { s, y, rho } of steps.toReversed()) {
    const alpha = rho * dot(s, q);
    alphas.push(alpha);
    add(q, y, -alpha);
  }
  const last = steps.at(-1);
  if (last) {
    const scale = 1 / (last.rho * dot(last.y, last.y));
    for (let i = 0; i < q.length; i++) q[i]! *= scale;
  }
  for (const { s, y, rho } of steps) add(q, s, alphas.pop()! - rho * dot(y, q));
  return q;
}

function add(to: Float64Array, what: Float64Array, times: number): void {
  for (let i = 0; i < to.length; i++) to[i]! += times * what[i]!;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

const largest = (values: Float64Array): number => values.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
