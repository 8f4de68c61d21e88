// Calibration of several classes by one number: the softmax of slope × log-odds, with the slope of the least log loss (Guo et al.
// 2017, ICML, PMLR 70:1321, whose temperature is 1 / slope). Below 1 probabilities were too extreme; the order of classes stays.
import { softmax } from '../learn/index.js';
import type { ClassCalibrationMap } from './map.js';

const mostRounds = 50;
/** Beyond these, the classes are as good as equal, or as good as certain. */
const bounds = [0.01, 100] as const;

/** The log loss is convex in the slope: by Newton's method, in steps of at most a factor of two. */
export function temperature(
  margin: Float64Array,
  outcome: Uint8Array,
  classes: number,
): ClassCalibrationMap & { kind: 'temperature' } {
  let slope = 1;
  for (let round = 0; round < mostRounds; round++) {
    const { first, second } = derivatives(margin, outcome, classes, slope);
    if (!(second > 0)) break;
    const next = Math.min(2 * slope, Math.max(slope / 2, slope - first / second));
    const within = Math.min(bounds[1], Math.max(bounds[0], next));
    if (Math.abs(within - slope) < 1e-10 * slope) break;
    slope = within;
  }
  return { kind: 'temperature', slope };
}

/** Of the summed log loss by the slope: Σ (mean of the log-odds − that of what happened), Σ their variance. */
function derivatives(margin: Float64Array, outcome: Uint8Array, classes: number, slope: number) {
  const probability = softmax(
    margin.map((value) => slope * value),
    classes,
  );
  let [first, second] = [0, 0];
  for (const [row, happened] of outcome.entries()) {
    let [mean, square] = [0, 0];
    for (let number = row * classes; number < (row + 1) * classes; number++) {
      const [share, value] = [probability[number] as number, margin[number] as number];
      mean += share * value;
      square += share * value * value;
    }
    first += mean - (margin[row * classes + happened] as number);
    second += square - mean * mean;
  }
  return { first, second };
}

/** The log-odds that the probabilities are the softmax of. */
export const scaledMargins = (map: ClassCalibrationMap, margin: Float64Array): Float64Array =>
  map.kind === 'none' ? margin : margin.map((value) => map.slope * value);

/** Row-major, as the margins. */
export const calibratedClasses = (map: ClassCalibrationMap, margin: Float64Array, classes: number): Float64Array =>
  softmax(scaledMargins(map, margin), classes);
