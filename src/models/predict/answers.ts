// Answers of a served model in the words of each model: what is said, why, and what to do about it.
import {
  progressionRecommendations,
  readmissionRecommendations,
  riskRecommendations,
} from '../../catalog/recommendations.js';
import { CarelakeError } from '../../errors.js';
import { type Capacity, categoryOf, percentileOf } from '../evaluate/capacity.js';
import type { Encoded } from '../features/serve.js';
import { laceOf } from '../train/lace-column.js';
import type { Contribution, Given, ProgressionAnswer, ReadmissionAnswer, RiskAnswer } from './answer.js';
import { type Explained, explainedRows } from './explain.js';
import type { ServedModel } from './served.js';

export function readmissionAnswers(served: ServedModel, given: Given): ReadmissionAnswer[] {
  const capacity = capacityOf(served);
  const scores = laceOf(served.serving.schema, given.columns);
  return answers(served, given, (explained, row) => {
    const probability = explained.probabilities[1] as number;
    const category = categoryOf(capacity, probability);
    const score = scores[row] as number;
    return {
      prediction: ({ high: 'HIGH_RISK', medium: 'MEDIUM_RISK', low: 'LOW_RISK' } as const)[category],
      probability,
      ...recommended(readmissionRecommendations[category]),
      baseline: Number.isNaN(score) ? null : { name: 'LACE', score },
    };
  });
}

export function riskAnswers(served: ServedModel, given: Given): RiskAnswer[] {
  const capacity = capacityOf(served);
  return answers(served, given, (explained) => {
    const probability = explained.probabilities[1] as number;
    const category = categoryOf(capacity, probability);
    return {
      risk_score: 100 * probability,
      category: ({ high: 'High Risk', medium: 'Moderate Risk', low: 'Low Risk' } as const)[category],
      percentile: percentileOf(capacity, probability),
      ...recommended(riskRecommendations[category]),
    };
  });
}

export function progressionAnswers(served: ServedModel, given: Given): ProgressionAnswer[] {
  return answers(served, given, ({ probabilities, explained }) => {
    const [improving, stable, worsening] = probabilities as [number, number, number];
    const own = (['improving', 'stable', 'worsening'] as const)[explained] as 'improving' | 'stable' | 'worsening';
    return {
      prediction: ({ improving: 'IMPROVING', stable: 'STABLE', worsening: 'WORSENING' } as const)[own],
      progression: ({ improving: 'Improving', stable: 'Stable', worsening: 'Worsening' } as const)[own],
      confidence: Math.max(...probabilities),
      probabilities: { improving, stable, worsening },
      ...recommended(progressionRecommendations[own]),
    };
  });
}

function answers<Own>(
  { name, version, model, card }: ServedModel,
  { columns, values, warnings, cases }: Given,
  own: (explained: Explained, row: number) => Own,
) {
  return explainedRows(model, card.calibration?.map ?? null, columns).map((explained, row) => ({
    ...own(explained, row),
    model: { name, version },
    case: cases?.[row] ?? null,
    explanation: explanationOf(explained, values[row] ?? {}),
    warnings: [
      ...(warnings[row] ?? []).map(({ field, message }) => ({ field, message })),
      ...missingOf(values[row] ?? {}),
    ],
  }));
}

/** What rounding leaves of features that say nothing. */
const negligible = 1e-12;

/** The features that speak for or against it, the strongest first; then where the model starts, and its calibration. */
function explanationOf(
  { contributions, base, calibration }: Explained,
  values: Encoded['values'][number],
): Contribution[] {
  const moving = contributions
    .filter(({ contribution }) => Math.abs(contribution) > negligible)
    .sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution))
    .map(({ feature, contribution }) => ({ feature, value: values[feature] ?? null, contribution }));
  return [
    ...moving,
    { feature: 'base', value: null, contribution: base },
    { feature: 'calibration', value: null, contribution: calibration },
  ];
}

/** One warning for all that is missing: the model takes that into account, and is the less certain. */
function missingOf(values: Encoded['values'][number]): { field: string; message: string }[] {
  const names = Object.keys(values);
  const missing = names.filter((name) => values[name] === null);
  if (missing.length === 0) return [];
  const message = `${missing.length} of the ${names.length} features of the model are missing.`;
  return [{ field: missing.join(', '), message }];
}

const recommended = ({ text, source }: { readonly text: string; readonly source: string }) => ({
  recommendation: text,
  recommendation_source: source,
});

function capacityOf({ name, version, card }: ServedModel): Capacity {
  if (card.capacity) return card.capacity;
  throw new CarelakeError('LAKE_DAMAGED', `The card of ${name} ${version} says nothing of its capacity.`);
}
