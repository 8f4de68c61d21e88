// What one visit is, and what is measured at it.
import type { Cause } from './causes.js';
import { COPD, DIABETES, HEART_FAILURE, HYPERTENSION } from './conditions.js';
import type { Person } from './people.js';
import type { Random } from './random.js';

export type Disposition = 'home' | 'facility' | 'hospice' | 'died' | 'left against advice' | 'transfer';

export interface Visit {
  readonly id: string;
  /** Days since 1970. */
  readonly day: number;
  /** Undefined for an outpatient visit, and for a stay that has not ended on the last day of the record. */
  readonly discharged: number | undefined;
  readonly type: 'inpatient' | 'emergency' | 'outpatient';
  readonly admission: 'emergency' | 'urgent' | 'elective' | undefined;
  readonly disposition: Disposition | undefined;
  readonly cause: Cause;
  /** Tenths, 0 to 100. */
  readonly severity: number;
  readonly vitals: Vitals;
  readonly facility: string;
  /** The conditions known at this visit, as a bit mask. */
  readonly conditions: number;
}

/** What was measured; an outpatient is not always. */
export interface Vitals {
  /** mmHg, systolic / diastolic. */
  readonly bloodPressure: string | undefined;
  /** mg/dL. */
  readonly glucose: number | undefined;
  /** Beats a minute. */
  readonly heartRate: number | undefined;
}

/** How many outpatients have pressure and pulse taken, and how many glucose. */
const EXAMINED = 0.6;
const TESTED = 0.4;

function within(low: number, value: number, high: number): number {
  return Math.round(Math.max(low, Math.min(high, value)));
}

/**
 * What is measured. Severity (0 to 10) speeds the heart and raises glucose; treatment (0 to 1, the share of medicine
 * that is taken) lowers pressure in hypertension and glucose in diabetes. Normal values and effects are illustrative.
 */
export function drawVitals(
  random: Random,
  person: Person,
  age: number,
  mask: number,
  severity: number,
  treatment: number,
  type: Visit['type'],
): Vitals {
  const examined = type !== 'outpatient' || random.chance(EXAMINED);
  const tested = type !== 'outpatient' || random.chance(TESTED);
  return {
    bloodPressure: examined ? drawPressure(random, person.bmi, age, mask, treatment) : undefined,
    glucose: tested ? drawGlucose(random, mask, severity, treatment) : undefined,
    heartRate: examined ? drawHeartRate(random, age, mask, severity) : undefined,
  };
}

function drawPressure(random: Random, bmi: number, age: number, mask: number, treatment: number): string {
  const normal = age < 18 ? 92 + 1.3 * age : 108 + 0.3 * (age - 18);
  const hypertensive = mask & HYPERTENSION ? 16 * (1 - 0.6 * treatment) : 0;
  const failing = mask & HEART_FAILURE ? -6 : 0;
  const systolic = within(75, normal + hypertensive + failing + 0.4 * (bmi - 25) + 9 * random.normal(), 230);
  const diastolic = within(40, 22 + 0.44 * systolic + 5 * random.normal(), systolic - 15);
  return `${systolic}/${diastolic}`;
}

function drawGlucose(random: Random, mask: number, severity: number, treatment: number): number {
  const diabetic = mask & DIABETES ? 62 * (1 - 0.5 * treatment) : 0;
  const spread = mask & DIABETES ? 28 : 7;
  return within(48, 90 + diabetic + 1.8 * severity + spread * random.normal(), 480);
}

function drawHeartRate(random: Random, age: number, mask: number, severity: number): number {
  const resting = age < 12 ? 100 - 2 * age : 72;
  return within(42, resting + 2.4 * severity + (mask & COPD ? 4 : 0) + 7 * random.normal(), 175);
}
