// Whether a version still fits: the inputs that it is asked about beside those of its training, and its predictions beside
// what happened.
import { type Static, Type } from 'typebox';
import type { Lake } from '../../lake/lake.js';
import type { ModelName } from '../plan.js';
import { planOf } from '../plans.js';
import { openVersion, requireServed } from '../predict/served.js';
import { inputDrift } from './inputs.js';
import { inTurns, type KeptPredictions } from './kept.js';
import { maturedOutcomes, outcomeDrift } from './outcomes.js';

export const drift = Type.Object({
  model: Type.String(),
  version: Type.String(),
  questions: Type.Integer({ description: 'Those that were kept with what was asked.' }),
  features: Type.Array(
    Type.Object({
      feature: Type.String(),
      label: Type.String(),
      psi: Type.Number({
        description: 'Population stability index: below 0.1 nothing has moved, above 0.25 somebody should look.',
      }),
      missing_in_training: Type.Number(),
      missing_now: Type.Number(),
    }),
    { description: 'The most moved first.' },
  ),
  outcomes: maturedOutcomes,
});
export type Drift = Static<typeof drift>;

/**
 * @param version The served one where not given. @param from Questions from this day on, YYYY-MM-DD.
 * @throws MODEL_NOT_SERVED, MODEL_UNKNOWN
 */
export async function driftOf(
  lake: Lake,
  kept: KeptPredictions,
  model: ModelName,
  { version: wanted, from }: { readonly version?: string | undefined; readonly from?: string | undefined },
): Promise<Drift> {
  const { version, serving } = await openVersion(lake, model, wanted ?? (await requireServed(lake, model)).version);
  const query = { model, version, ...(from !== undefined && { from }) };
  return {
    model,
    version,
    ...(await inputDrift(serving, inTurns(kept.read(query)))),
    outcomes: await outcomeDrift(planOf(model, serving.facts), serving, inTurns(kept.read({ ...query, known: true }))),
  };
}
