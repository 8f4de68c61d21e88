// What acting on a prediction is worth: Vickers and Elkin 2006, Med Decis Making 26:565.
// net benefit = true positives / n − false positives / n × threshold / (1 − threshold), in true positives per row.
import { type Static, Type } from 'typebox';

export const decisionPoint = Type.Object({
  threshold: Type.Number({ description: 'Who has at least this probability is treated.' }),
  net_benefit: Type.Number({ description: 'Of the prediction; of treating nobody it is 0.' }),
  treat_all: Type.Number({ description: 'Net benefit of treating everybody.' }),
});
export type DecisionPoint = Static<typeof decisionPoint>;

const steps = 100;
const last = 50;

/** At thresholds from 0.01 to 0.50. */
export function decisionCurve(outcome: Uint8Array, probability: Float64Array): DecisionPoint[] {
  const rows = outcome.length;
  // By the number of the highest threshold that the probability reaches.
  const events = new Float64Array(last + 1);
  const others = new Float64Array(last + 1);
  let all = 0;
  for (let row = 0; row < rows; row++) {
    const reached = highestReached(probability[row] as number);
    const counts = outcome[row] === 1 ? events : others;
    counts[reached] = (counts[reached] as number) + 1;
    all += outcome[row] as number;
  }
  const curve: DecisionPoint[] = [];
  let [hits, alarms] = [0, 0];
  for (let step = last; step > 0; step--) {
    hits += events[step] as number;
    alarms += others[step] as number;
    const threshold = step / steps;
    const price = threshold / (1 - threshold);
    curve.push({
      threshold,
      net_benefit: (hits - alarms * price) / rows,
      treat_all: (all - (rows - all) * price) / rows,
    });
  }
  return curve.reverse();
}

function highestReached(probability: number): number {
  let step = Math.min(last, Math.floor(probability * steps) + 1);
  while (step > 0 && step / steps > probability) step--;
  return step;
}
