// Whether a model is asked about other patients than those that it learned from, feature by feature.

import { catalogFeature, type FeatureSchema } from '../features/schema.js';
import { encodeValues } from '../features/serve.js';
import { populationStability } from './population-stability.js';
import { countsIn, type Distribution } from './reference.js';

export interface FeatureDrift {
  readonly feature: string;
  readonly label: string;
  /** The population stability index: below 0.1 nothing has moved, above 0.25 somebody should look. */
  readonly psi: number;
  readonly missing_in_training: number;
  readonly missing_now: number;
}

/** Inputs that are encoded at once. */
const atOnce = 1000;

/** Of the inputs of questions, as they were kept; those that were not kept are left out. The most moved first. */
export async function inputDrift(
  { schema, inputs: then }: { readonly schema: FeatureSchema; readonly inputs: readonly Distribution[] },
  asked: AsyncIterable<{ readonly inputs: Readonly<Record<string, unknown>> | null }>,
): Promise<{ questions: number; features: FeatureDrift[] }> {
  const counts = then.map(({ shares }) => shares.map(() => 0));
  let questions = 0;
  let some: Readonly<Record<string, unknown>>[] = [];
  const count = (): void => {
    const { columns } = encodeValues(schema, some);
    for (const [at, bins] of then.entries()) {
      const own = countsIn(bins, columns[at]?.values ?? new Float64Array(some.length).fill(Number.NaN));
      counts[at] = (counts[at] ?? []).map((before, bin) => before + (own[bin] ?? 0));
    }
    questions += some.length;
    some = [];
  };
  for await (const { inputs } of asked) {
    if (inputs) some.push(inputs);
    if (some.length === atOnce) count();
  }
  if (some.length > 0) count();
  if (questions === 0) return { questions, features: [] };
  const features = then.map(({ name, shares }, at) => {
    const now = (counts[at] ?? []).map((own) => own / questions);
    return {
      feature: name,
      label: catalogFeature(name)?.label ?? name,
      psi: populationStability(shares, now),
      missing_in_training: shares.at(-1) ?? 0,
      missing_now: now.at(-1) ?? 0,
    };
  });
  return { questions, features: features.sort((a, b) => b.psi - a.psi) };
}
