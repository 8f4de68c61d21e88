// How ill one patient is over time: conditions that begin, and a severity that evolves.
//
// Severity is autoregressive: it falls back by 40 % from visit to visit towards a level that frailty and conditions set.
// The level drifts upward with the years in the frail. Treatment since the last visit lowers severity in proportion to
// adherence; the cause of a visit adds to what is observed at it, not to what is carried on.
import { DAYS_PER_YEAR } from './calendar.js';
import type { Cause } from './causes.js';
import { drawOnset } from './comorbidity.js';
import { countOf } from './conditions.js';
import type { Person } from './people.js';
import type { Random } from './random.js';

const PERSISTENCE = 0.6;
const TREATMENT_EFFECT = 0.9;
const SHOCK = 0.7;
const DRIFT_PER_YEAR = 0.12;

/** Where somebody's severity settles without treatment. */
export function severityLevel(frailty: number, conditions: number): number {
  return 2 + 0.55 * frailty + 0.3 * countOf(conditions);
}

export class Illness {
  /** Bit mask of the conditions known now. */
  conditions: number;
  /** The share of prescribed medicine taken since the last visit; 0 where nothing was prescribed. */
  treatment = 0;
  #severity: number;
  #seen: number;
  readonly #from: number;
  readonly #person: Person;

  constructor(random: Random, person: Person, from: number) {
    this.#person = person;
    this.#from = from;
    this.#seen = from;
    this.conditions = person.conditions;
    this.#severity = severityLevel(person.frailty, person.conditions) + random.normal();
  }

  /** What is observed at a visit for this cause: tenths, 0 to 100. */
  observe(random: Random, day: number, cause: Cause): number {
    const { frailty } = this.#person;
    this.conditions = drawOnset(random, this.#person, this.conditions, (day - this.#seen) / DAYS_PER_YEAR);
    this.#seen = day;
    const drift = (DRIFT_PER_YEAR * Math.max(0, frailty) * (day - this.#from)) / DAYS_PER_YEAR;
    const level = severityLevel(frailty, this.conditions) + drift;
    const carried = level + PERSISTENCE * (this.#severity - level);
    this.#severity = carried - TREATMENT_EFFECT * this.treatment + SHOCK * random.normal();
    return Math.max(0, Math.min(100, Math.round(10 * (this.#severity + cause.severity))));
  }
}
