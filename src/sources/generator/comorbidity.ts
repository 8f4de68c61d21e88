// Which long-standing conditions a person has, and which begin later: each makes others more likely.
import { bitOf, type Condition, conditions, logistic } from './conditions.js';
import type { Random } from './random.js';

const givenBits: readonly (readonly (readonly [bit: number, logit: number])[])[] = conditions.map(({ given = {} }) =>
  Object.entries(given).map(([name, logit]) => [bitOf(name), logit] as const),
);

export interface Exposure {
  readonly age: number;
  readonly female: boolean;
  readonly frailty: number;
  readonly deprivation: number;
  readonly smoker: 'Never' | 'Former' | 'Current';
  readonly bmi: number;
}

/** Log-odds that somebody with these traits, and the conditions of `mask` so far, has condition number `index`. */
function logitOf(index: number, exposure: Exposure, mask: number): number {
  const condition = conditions[index] as Condition;
  if (exposure.age < 18 && !condition.inChildren) return Number.NEGATIVE_INFINITY;
  let logit = condition.base + condition.perDecade * ((exposure.age - 60) / 10) + condition.frailty * exposure.frailty;
  if (exposure.female) logit += condition.female ?? 0;
  logit += (condition.deprivation ?? 0) * (exposure.deprivation - 0.5);
  if (exposure.smoker === 'Current') logit += condition.currentSmoker ?? 0;
  else if (exposure.smoker === 'Former') logit += condition.formerSmoker ?? 0;
  logit += (condition.bmi ?? 0) * (exposure.bmi - 25);
  for (const [bit, effect] of givenBits[index] as (typeof givenBits)[number]) if (mask & bit) logit += effect;
  return logit;
}

/** The conditions of a person, as a bit mask. Each may depend on those before it. */
export function drawConditions(random: Random, exposure: Exposure): number {
  let mask = 0;
  for (let index = 0; index < conditions.length; index++) {
    if (random.uniform() < logistic(logitOf(index, exposure, mask))) mask |= 1 << index;
  }
  return mask;
}

/**
 * What may begin in the time since the last visit: at most one condition, found by trying one at random. A yearly
 * incidence of a fifteenth of the odds keeps prevalence by age roughly where `drawConditions` puts it.
 */
export function drawOnset(random: Random, exposure: Exposure, mask: number, years: number): number {
  const index = random.between(0, conditions.length - 1);
  if (mask & (1 << index)) return mask;
  const odds = Math.exp(logitOf(index, exposure, mask));
  return random.uniform() < (Math.min(1, odds) * years * conditions.length) / 15 ? mask | (1 << index) : mask;
}
