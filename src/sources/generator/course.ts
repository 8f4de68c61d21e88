// One patient's course through time: visits in order until the record or the life ends.
//
// Between visits time passes exponentially, faster with frailty and each condition. What has been arranged (a transfer,
// a readmission that was drawn, the next cycle of chemotherapy) comes on its day, everything else by chance.

import { stay } from './admission.js';
import { DAYS_PER_YEAR, winter } from './calendar.js';
import { drawCause } from './causes.js';
import { countOf } from './conditions.js';
import { Life, type Outcome } from './life.js';
import type { Person } from './people.js';
import type { Prescription } from './prescriptions.js';
import type { Random } from './random.js';
import type { Visit } from './visits.js';

export interface Course {
  readonly person: Person;
  readonly visits: readonly Visit[];
  readonly prescriptions: readonly Prescription[];
  readonly outcomes: readonly Outcome[];
  /** The day of death, where it lies within the record. */
  readonly died: number | undefined;
}

/** Visits in a year of somebody of frailty 0 without conditions. */
const VISITS_PER_YEAR = 0.76;
/** What visits are, where nothing is arranged; the rest are outpatient visits. Each condition adds to the first. */
const shares = { acute: 0.1, acutePerCondition: 0.025, planned: 0.05, emergency: 0.17 } as const;
/** Of the acute stays in mid-winter, how many there are in mid-summer. */
const SUMMER = 0.75;
const LEAVES_EMERGENCY_EARLY = 0.02;

/** Draws one patient's course up to the last day of the record. */
export function drawCourse(random: Random, person: Person, until: number): Course {
  const life = new Life(random, person, until);
  let next = drawNext(life, life.enters);
  for (;;) {
    const { appointment } = life;
    const due = appointment !== undefined && appointment.day <= next ? appointment : undefined;
    const day = due ? due.day : next;
    if (day > until || day >= life.death) break;
    const busyUntil = due ? stay(life, due) : visitByChance(life, day);
    if (busyUntil > until || busyUntil >= life.death) break;
    if (busyUntil >= next) next = drawNext(life, busyUntil);
  }
  const died = life.death <= until ? life.death : undefined;
  return { person, visits: life.visits, prescriptions: life.prescriptions, outcomes: life.outcomes, died };
}

function drawNext({ random, person, illness }: Life, after: number): number {
  const yearly = VISITS_PER_YEAR * Math.exp(0.32 * person.frailty + 0.2 * countOf(illness.conditions));
  return after + 1 + Math.floor(random.exponential(DAYS_PER_YEAR / yearly));
}

/** A visit that nothing before it has arranged, if any. Returns the last day that it takes. */
function visitByChance(life: Life, day: number): number {
  const { random } = life;
  const share = random.uniform();
  const acute = shares.acute + shares.acutePerCondition * countOf(life.illness.conditions);
  const planned = acute + shares.planned;
  if (share < acute) {
    if (random.uniform() > SUMMER + (1 - SUMMER) * winter(day)) return day;
    // in the guarded days an emergency that was not drawn as a readmission is treated and sent home
    return day <= life.guardedUntil ? attendEmergency(life, day) : admit(life, day, false);
  }
  if (share < planned) {
    const free = life.appointment === undefined && day >= life.plannedFrom;
    return free ? admit(life, day, true) : attendClinic(life, day);
  }
  return share < planned + shares.emergency ? attendEmergency(life, day) : attendClinic(life, day);
}

function admit(life: Life, day: number, planned: boolean): number {
  return stay(life, { day, planned, cause: undefined, facility: life.drawFacility(), transferred: false });
}

function attendEmergency(life: Life, day: number): number {
  const { random, illness } = life;
  const cause = drawCause(random, 'emergency', life.ageAt(day), illness.conditions, winter(day));
  const severity = illness.observe(random, day, cause);
  const disposition = random.chance(LEAVES_EMERGENCY_EARLY) ? 'left against advice' : 'home';
  life.record('emergency', day, day, cause, severity, 'emergency', disposition, life.drawFacility());
  return day;
}

function attendClinic(life: Life, day: number): number {
  const { random, illness } = life;
  const cause = drawCause(random, 'outpatient', life.ageAt(day), illness.conditions, winter(day));
  const severity = illness.observe(random, day, cause);
  life.record('outpatient', day, undefined, cause, severity, undefined, undefined, life.drawFacility());
  return day;
}
