// How a served version did on patients whom it was asked about, once it is known what happened to them.
import { type Static, Type } from 'typebox';
import { numberOrNull } from '../evaluate/estimate.js';
import type { ModelPlan } from '../plan.js';
import type { Serving } from '../predict/served.js';
import { calibrationOf, classOutcome, enoughForRatio, enoughForSlope } from './calibration.js';
import { isOver } from './follow.js';
import { caseOf, type KeptPrediction } from './kept.js';

export const maturedOutcomes = Type.Object({
  cases: Type.Integer({ description: 'Whose outcome is known, each once, by the first prediction about it.' }),
  classes: Type.Array(classOutcome, { description: 'Of a yes or no, the yes alone.' }),
  brier: Type.Union([numberOrNull], {
    description: 'Mean squared distance of the probabilities from what happened, summed over several classes.',
  }),
  left_out: Type.Object({
    repeated: Type.Integer({ description: 'Predictions about a case that was asked about before.' }),
    learned_from: Type.Integer({
      description: 'Cases whose outcome was known when the version was trained: it may have learned from them.',
    }),
    never_known: Type.Integer({ description: 'Cases whose outcome cannot be known any more.' }),
  }),
  waiting: Type.Integer({ description: 'Predictions about known patients whose outcome is not known yet.' }),
  said: Type.Array(Type.String(), { description: 'What these figures cannot say, and why.' }),
});
export type MaturedOutcomes = Static<typeof maturedOutcomes>;

/** @param plan Of the facts that the version was trained on. @param kept Of this version, about known patients. */
export async function outcomeDrift(
  plan: ModelPlan,
  { facts }: Pick<Serving, 'facts'>,
  kept: AsyncIterable<KeptPrediction>,
): Promise<MaturedOutcomes> {
  const left = { repeated: 0, learned_from: 0, never_known: 0 };
  let waiting = 0;
  const seen = new Set<string>();
  const patients = new Map<string, number>();
  const [outcome, probability, patient]: [number[], number[][], number[]] = [[], [], []];
  for await (const one of kept) {
    const about = caseOf(one);
    if (!one.outcome || !about) waiting++;
    else if (seen.has(about.id)) left.repeated++;
    else {
      seen.add(about.id);
      const happened = classOf(plan, one.outcome.value);
      const predicted = probabilitiesOf(plan, one.result);
      // A day of the horizon early, where a model counts the day itself: what may have been learned from is left out.
      if (isOver(plan, about.indexDate, dayAfter(facts.dataEnd))) left.learned_from++;
      else if (happened === null || !predicted) left.never_known++;
      else {
        outcome.push(happened);
        probability.push(predicted);
        patient.push(patients.get(about.patient) ?? patients.set(about.patient, patients.size).size - 1);
      }
    }
  }
  const shown = plan.task === 'binary' ? [1] : plan.classes.map((_, number) => number);
  const classes = shown.map((number) => ({
    name: plan.classes[number] ?? '',
    ...calibrationOf(
      outcome.map((one) => (one === number ? 1 : 0)),
      probability.map((own) => own[number] ?? 0),
      patient,
    ),
  }));
  const squares = outcome.map((happened, row) =>
    shown.reduce((sum, number) => sum + ((probability[row]?.[number] ?? 0) - (happened === number ? 1 : 0)) ** 2, 0),
  );
  return {
    cases: outcome.length,
    classes,
    brier: outcome.length < enoughForRatio ? null : squares.reduce((sum, one) => sum + one, 0) / outcome.length,
    left_out: left,
    waiting,
    said: saidOf(plan, classes, outcome.length),
  };
}

function saidOf({ facts, label }: ModelPlan, classes: readonly Static<typeof classOutcome>[], cases: number): string[] {
  if (!facts.dated) {
    return ['The source has no dates: what happened was known when the version was trained, and tells nothing new.'];
  }
  if (cases === 0)
    return [
      `No outcome is known yet of a prediction about what came after the training: ${label.days} days must pass.`,
    ];
  return [
    ...classes
      .filter(({ ratio }) => !ratio)
      .map(({ name }) => `Too few for a ratio: "${name}" needs ${enoughForRatio} cases with it and without it.`),
    ...classes
      .filter(({ ratio, slope }) => ratio && !slope)
      .map(({ name }) => `Too few for a slope: "${name}" needs ${enoughForSlope} cases with it and without it.`),
  ];
}

function classOf({ task, classes }: ModelPlan, value: string | number | null): number | null {
  if (value === null || task === 'binary') return value as number | null;
  const number = classes.indexOf(String(value));
  return number < 0 ? null : number;
}

/** As it was answered; undefined where the answer does not say. */
function probabilitiesOf(
  { model, classes }: ModelPlan,
  result: Readonly<Record<string, unknown>>,
): number[] | undefined {
  const several = result.probabilities as Readonly<Record<string, number>> | undefined;
  if (model === 'progression') return several && classes.map((name) => several[name] ?? 0);
  const yes = model === 'risk' ? (result.risk_score as number) / 100 : (result.probability as number);
  return Number.isFinite(yes) ? [1 - yes, yes] : undefined;
}

const dayAfter = (date: string | null): string | null =>
  date && new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10);
