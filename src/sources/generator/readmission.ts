// The true probability that a live discharge is followed by an unplanned stay within 30 days.
//
// Non-linear by design, so that a learner of interactions can do better than a linear model: a U in age, a short stay
// that matters only to the sick, a long one that matters only to the well, two diseases that are worse together, and
// earlier admissions whose effect saturates. The coefficients are illustrative; the intercept is set for a rate of
// about 14 %. The README beside the truth prints this formula from `readmissionFormula`.
import { COPD, countOf, DEPRESSION, HEART_FAILURE, KIDNEY_DISEASE, logistic } from './conditions.js';

export interface Discharge {
  readonly age: number;
  readonly frailty: number;
  readonly deprivation: number;
  readonly smoking: boolean;
  /** Bit mask of the conditions at discharge. */
  readonly conditions: number;
  /** Days from the first admission of the episode to its last discharge. */
  readonly days: number;
  /** Severity of the last stay, 0 to 10. */
  readonly severity: number;
  /** Inpatient admissions in the 365 days before this episode. */
  readonly earlierAdmissions: number;
  readonly planned: boolean;
  readonly againstAdvice: boolean;
}

const INTERCEPT = -4.15;
/** A short stay, and a long one, in days. */
const SHORT = 2;
const LONG = 8;
/** From how many conditions somebody counts as sick here. */
const SICK = 3;

export function readmissionProbability(discharge: Discharge): number {
  const mask = discharge.conditions;
  const count = countOf(mask);
  const fromFifty = (discharge.age - 50) / 30;
  let logit = INTERCEPT;
  logit += 0.4 * discharge.frailty;
  logit += 0.75 * Math.min(2, fromFifty * fromFifty);
  logit += 1.3 * (1 - Math.exp(-0.8 * discharge.earlierAdmissions));
  logit += 0.1 * (discharge.severity - 5);
  if (discharge.days <= SHORT && count >= SICK) logit += 1.1 + 0.3 * Math.max(0, discharge.frailty);
  if (discharge.days >= LONG && count < SICK) logit += 0.9;
  if (mask & HEART_FAILURE && mask & KIDNEY_DISEASE) logit += 1.1;
  else if (mask & (HEART_FAILURE | KIDNEY_DISEASE)) logit += 0.2;
  if (mask & COPD && discharge.smoking) logit += 0.7;
  if (mask & DEPRESSION && discharge.deprivation > 0.6) logit += 0.7;
  if (discharge.planned) logit -= 0.8;
  if (discharge.againstAdvice) logit += 0.8;
  return logistic(logit);
}

/** The formula above as text, term by term. */
export const readmissionFormula: readonly string[] = [
  `log-odds = ${INTERCEPT}`,
  '+ 0.4 × frailty',
  '+ 0.75 × min(2, ((age − 50) / 30)²), age in years at discharge',
  '+ 1.3 × (1 − exp(−0.8 × inpatient admissions in the 365 days before the episode))',
  '+ 0.1 × (severity_score of the last stay − 5)',
  `+ 1.1 + 0.3 × max(0, frailty), where the episode took at most ${SHORT} days and there are at least ${SICK} conditions`,
  `+ 0.9, where the episode took at least ${LONG} days and there are fewer than ${SICK} conditions`,
  '+ 1.1 with heart failure and chronic kidney disease together, + 0.2 with one of them',
  '+ 0.7 with COPD in a current smoker',
  '+ 0.7 with depression where deprivation > 0.6',
  '− 0.8 after a planned stay',
  '+ 0.8 after leaving against advice (such a discharge is no index)',
];
