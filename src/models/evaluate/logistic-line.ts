// Logistic regression on one number: log-odds = intercept + slope × x, or with the slope held at 1. By Newton's method
// with halved steps; standard errors robust and by patient (sandwich: Liang and Zeger 1986, Biometrika 73:13).

interface Point {
  readonly x: Float64Array;
  /** Outcomes, or targets between 0 and 1. */
  readonly target: Float64Array | Uint8Array;
}

export interface Line {
  readonly intercept: number;
  readonly slope: number;
}

const mostRounds = 60;
const mostHalvings = 30;
/** Newton's method is done when a step promises less of mean log-likelihood than this; the step is still taken. */
const enough = 1e-14;

/** log(1 + e^z) without overflow. */
const softplus = (z: number): number => (z > 0 ? z + Math.log1p(Math.exp(-z)) : Math.log1p(Math.exp(z)));

function logLikelihood({ x, target }: Point, { intercept, slope }: Line): number {
  let sum = 0;
  for (let row = 0; row < x.length; row++) {
    const z = intercept + slope * (x[row] as number);
    sum += (target[row] as number) * z - softplus(z);
  }
  return sum / x.length;
}

interface Slopes {
  readonly score: readonly [number, number];
  /** Information: of the intercept, of both, of the slope. */
  readonly information: readonly [number, number, number];
}

function slopesAt({ x, target }: Point, { intercept, slope }: Line): Slopes {
  let [forIntercept, forSlope, ii, is, ss] = [0, 0, 0, 0, 0];
  for (let row = 0; row < x.length; row++) {
    const value = x[row] as number;
    const mean = 1 / (1 + Math.exp(-intercept - slope * value));
    const rest = (target[row] as number) - mean;
    const weight = mean * (1 - mean);
    forIntercept += rest;
    forSlope += rest * value;
    ii += weight;
    is += weight * value;
    ss += weight * value * value;
  }
  return { score: [forIntercept, forSlope], information: [ii, is, ss] };
}

/**
 * The line of greatest likelihood.
 * @param fixedSlope The slope is 1 and only the intercept is sought: x is an offset.
 * @returns Undefined where there is none: x has one value only, all targets are equal, or x parts them without overlap.
 */
export function logisticLine(points: Point, fixedSlope = false): Line | undefined {
  if (!exists(points, fixedSlope)) return undefined;
  const rows = points.x.length;
  let line: Line = { intercept: 0, slope: fixedSlope ? 1 : 0 };
  let reached = logLikelihood(points, line);
  for (let round = 0; round < mostRounds; round++) {
    const step = newtonStep(slopesAt(points, line), fixedSlope);
    if (!step) return undefined;
    if (step.gain / rows < enough) return moved(line, step, 1);
    let share = 1;
    let next = moved(line, step, share);
    let likelihood = logLikelihood(points, next);
    for (let halving = 0; !(likelihood >= reached) && halving < mostHalvings; halving++) {
      share /= 2;
      next = moved(line, step, share);
      likelihood = logLikelihood(points, next);
    }
    if (!(likelihood >= reached)) return line; // as near as floating point comes
    [line, reached] = [next, likelihood];
  }
  return undefined;
}

/**
 * Whether the likelihood has its greatest value at a finite line: outcomes and their absence must overlap along x (Albert
 * and Anderson 1984, Biometrika 71:1), or, for the intercept alone, both be there.
 */
function exists({ x, target }: Point, fixedSlope: boolean): boolean {
  let [lowEvent, highEvent, lowOther, highOther] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let row = 0; row < x.length; row++) {
    const [value, share] = [x[row] as number, target[row] as number];
    if (share > 0) [lowEvent, highEvent] = [Math.min(lowEvent, value), Math.max(highEvent, value)];
    if (share < 1) [lowOther, highOther] = [Math.min(lowOther, value), Math.max(highOther, value)];
  }
  if (fixedSlope) return lowEvent <= highEvent && lowOther <= highOther;
  return lowEvent < highOther && lowOther < highEvent;
}

interface Step extends Line {
  /** How much of log-likelihood the step promises. */
  readonly gain: number;
}

const moved = (line: Line, step: Step, share: number): Line => ({
  intercept: line.intercept + share * step.intercept,
  slope: line.slope + share * step.slope,
});

function newtonStep({ score, information: [ii, is, ss] }: Slopes, fixedSlope: boolean): Step | undefined {
  if (fixedSlope) {
    if (!(ii > 0)) return undefined;
    return { intercept: score[0] / ii, slope: 0, gain: score[0] ** 2 / ii };
  }
  const determinant = ii * ss - is * is;
  if (!(determinant > 1e-12 * ii * ss)) return undefined;
  const intercept = (ss * score[0] - is * score[1]) / determinant;
  const slope = (ii * score[1] - is * score[0]) / determinant;
  return { intercept, slope, gain: intercept * score[0] + slope * score[1] };
}

/**
 * Standard errors of a line that was found, robust and by patient, with the correction G / (G − 1) × (n − 1) / (n − k) for
 * G patients, n rows and k parameters. Undefined below two patients.
 */
export function standardErrors(points: Point, line: Line, patient: Int32Array, fixedSlope = false): Line | undefined {
  const { x, target } = points;
  const patients = 1 + patient.reduce((most, number) => Math.max(most, number), -1);
  const [first, second] = [new Float64Array(patients), new Float64Array(patients)];
  const seen = new Uint8Array(patients);
  for (let row = 0; row < x.length; row++) {
    const who = patient[row] as number;
    const value = x[row] as number;
    const rest = (target[row] as number) - 1 / (1 + Math.exp(-line.intercept - line.slope * value));
    first[who] = (first[who] as number) + rest;
    second[who] = (second[who] as number) + rest * value;
    seen[who] = 1;
  }
  let [aa, ab, bb] = [0, 0, 0];
  for (let who = 0; who < patients; who++) {
    const [a, b] = [first[who] as number, second[who] as number];
    aa += a * a;
    ab += a * b;
    bb += b * b;
  }
  const groups = seen.reduce((sum, one) => sum + one, 0);
  if (groups < 2) return undefined;
  const parameters = fixedSlope ? 1 : 2;
  const correction = (groups / (groups - 1)) * ((x.length - 1) / (x.length - parameters));
  const [ii, is, ss] = slopesAt(points, line).information;
  if (fixedSlope) return { intercept: Math.sqrt(correction * aa) / ii, slope: 0 };
  const determinant = ii * ss - is * is;
  const [p, q, r] = [ss / determinant, -is / determinant, ii / determinant];
  return {
    intercept: Math.sqrt(correction * (p * p * aa + 2 * p * q * ab + q * q * bb)),
    slope: Math.sqrt(correction * (q * q * aa + 2 * q * r * ab + r * r * bb)),
  };
}
