// The three models, by name.
import type { SourceFacts } from './features/facts.js';
import type { ModelName, ModelPlan } from './plan.js';
import { planProgression } from './progression.js';
import { planReadmission } from './readmission.js';
import { planRisk } from './risk.js';

export const modelNames: readonly ModelName[] = ['readmission', 'risk', 'progression'];

const plans: Readonly<Record<ModelName, (facts: SourceFacts) => ModelPlan>> = {
  readmission: planReadmission,
  risk: planRisk,
  progression: planProgression,
};

/** @throws MODEL_NO_OUTCOME where the source cannot show what the model predicts. */
export const planOf = (name: ModelName, facts: SourceFacts): ModelPlan => plans[name](facts);
