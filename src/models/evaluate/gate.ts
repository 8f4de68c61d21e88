// Whether a model may be served: only if it is better than its baseline and its probabilities mean what they say.
import { type Static, Type } from 'typebox';
import type { BinaryEvaluation } from './binary.js';
import type { Estimate } from './estimate.js';
import type { ClassEvaluation } from './several-classes.js';

export const promotion = Type.Object({
  promoted: Type.Boolean(),
  baseline: Type.String({ description: 'The name of the one baseline that was declared for the model.' }),
  reason: Type.String({ description: 'For a reader who is a clinician.' }),
});
export type Promotion = Static<typeof promotion>;

/** Of the calibration slope: where it must lie, and where its whole 95 % interval must lie. */
const slopeBounds = { value: [0.8, 1.2], interval: [0.6, 1.4] } as const;

/**
 * Better: the whole 95 % interval of the difference (paired bootstrap by patient) is on the right side of 0, of AUROC for a
 * yes or no, of log loss for several classes.
 * @throws RangeError where the evaluation has no such baseline.
 */
export function gate(evaluation: BinaryEvaluation | ClassEvaluation, baseline: string): Promotion {
  const { merits, faults } =
    evaluation.kind === 'binary' ? ofBinary(evaluation, baseline) : ofClasses(evaluation, baseline);
  const reason = faults.length > 0 ? `Not for use: ${faults.join('; ')}.` : `For use: ${merits.join('; ')}.`;
  return { promoted: faults.length === 0, baseline, reason };
}

interface Findings {
  readonly merits: readonly string[];
  readonly faults: readonly string[];
}

/** The baseline that has the name. */
function named<One extends { readonly name: string }>(baselines: readonly One[], name: string): One {
  const found = baselines.find((one) => one.name === name);
  if (!found)
    throw new RangeError(`There is no baseline "${name}" among ${baselines.map((one) => one.name).join(', ')}.`);
  return found;
}

function ofBinary({ figures, baselines }: BinaryEvaluation, name: string): Findings {
  const { label, figures: simple, difference } = named(baselines, name);
  const against = `AUROC ${written(figures.auroc)} against ${written(simple.auroc)} of ${label}, difference ${ranged(difference.auroc)}`;
  const better = (difference.auroc?.low ?? -Infinity) > 0;
  const slope = judgedSlope(figures.slope);
  return {
    merits: [
      `it tells patients apart better than ${label} does (${against})`,
      `its probabilities can be taken as they are (${slope.text})`,
    ],
    faults: [
      ...(better ? [] : [`it is not certain to tell patients apart better than ${label} does (${against})`]),
      ...(slope.right ? [] : [`its probabilities do not mean what they say (${slope.text})`]),
    ],
  };
}

function judgedSlope(slope: Estimate | null): { readonly right: boolean; readonly text: string } {
  const text = `calibration slope ${ranged(slope)}; 1 is right`;
  if (slope === null || slope.low === null || slope.high === null) return { right: false, text };
  const { value, interval } = slopeBounds;
  const inside = slope.value >= value[0] && slope.value <= value[1];
  const certain = slope.low >= interval[0] && slope.high <= interval[1];
  if (inside && certain) return { right: true, text };
  const asked = inside
    ? `its interval must lie within ${interval.join(' to ')}, which takes more patients`
    : `it must lie within ${value.join(' to ')}: ${slope.value < 1 ? 'high risks come out too high and low ones too low' : 'risks come out too close to one another'}`;
  return { right: false, text: `${text}; ${asked}` };
}

function ofClasses({ figures, baselines }: ClassEvaluation, name: string): Findings {
  const { label, figures: simple, difference } = named(baselines, name);
  const against = `log loss ${written(figures.log_loss)} against ${written(simple.log_loss)}, difference ${ranged(difference.log_loss)}; lower is better`;
  const better = (difference.log_loss?.high ?? Infinity) < 0;
  const skill = `skill ${ranged(figures.skill)}; 0 is that of the shares of the classes`;
  return {
    merits: [
      `it predicts better than ${label} (${against})`,
      `it knows more than how frequent each class is (${skill})`,
    ],
    faults: [
      ...(better ? [] : [`it is not certain to predict better than ${label} (${against})`]),
      ...((figures.skill?.value ?? 0) > 0 ? [] : [`it knows no more than how frequent each class is (${skill})`]),
    ],
  };
}

const written = (estimate: Estimate | null): string => (estimate === null ? 'unknown' : estimate.value.toFixed(3));

function ranged(estimate: Estimate | null): string {
  if (estimate === null) return 'unknown';
  const { value, low, high } = estimate;
  if (low === null || high === null) return `${value.toFixed(3)} without an interval`;
  return `${value.toFixed(3)}, 95 % interval ${low.toFixed(3)} to ${high.toFixed(3)}`;
}
