// The state of one patient's life while it is drawn: what has happened, what is arranged, when it ends.
import { DAYS_PER_YEAR, FIRST_DAY } from './calendar.js';
import type { Cause } from './causes.js';
import { Illness } from './illness.js';
import { REFERRAL_FACILITY } from './names.js';
import type { Person } from './people.js';
import { type Prescription, prescribe } from './prescriptions.js';
import type { Random } from './random.js';
import { type Disposition, drawVitals, type Visit } from './visits.js';

/** The window within which an unplanned stay after a live discharge counts as a readmission, in days. */
export const READMISSION_DAYS = 30;
/** The share of visits to the hospital nearest to home. */
const STAYS_LOCAL = 0.9;

/** An inpatient stay to come. */
export interface Appointment {
  readonly day: number;
  readonly planned: boolean;
  /** Undefined where it is drawn on the day. */
  readonly cause: Cause | undefined;
  readonly facility: string;
  /** It goes on with the stay before it, in another hospital. */
  readonly transferred: boolean;
}

/** The end of one episode (a chain of transfers counts once) with the patient alive. */
export interface Outcome {
  /** The last stay of the episode. */
  readonly visit: Visit;
  readonly discharged: number;
  readonly disposition: Disposition;
  readonly planned: boolean;
  readonly probability: number;
  readonly readmitted: boolean;
}

export class Life {
  readonly random: Random;
  readonly person: Person;
  /** The last day of the record. */
  readonly until: number;
  readonly enters: number;
  readonly illness: Illness;
  readonly visits: Visit[] = [];
  readonly prescriptions: Prescription[] = [];
  readonly outcomes: Outcome[] = [];
  /** The days of all inpatient admissions, in order. */
  readonly admissions: number[] = [];
  /** The day of death, which may lie after the record. */
  death: number;
  appointment: Appointment | undefined;
  /** The first day on which a planned stay may begin. */
  plannedFrom = 0;
  /** The last day on which nobody is admitted unplanned who was not drawn to be. */
  guardedUntil = 0;
  /** The episode that is going on, or the last one. */
  episode = { admitted: 0, planned: false, transfers: 0, earlierAdmissions: 0 };

  constructor(random: Random, person: Person, until: number) {
    this.random = random;
    this.person = person;
    this.until = until;
    this.enters = Math.max(person.registered, FIRST_DAY);
    this.illness = new Illness(random, person, this.enters);
    const yearlyHazard = Math.exp(-5.4 + 0.075 * (person.age - 60) + 0.6 * person.frailty);
    this.death = this.enters + 1 + Math.ceil(random.exponential(DAYS_PER_YEAR / yearlyHazard));
  }

  ageAt(day: number): number {
    return (day - this.person.born) / DAYS_PER_YEAR;
  }

  drawFacility(): string {
    return this.random.chance(STAYS_LOCAL) ? this.person.town.facility : REFERRAL_FACILITY;
  }

  /** The patient lives to see what is arranged. */
  arrange(appointment: Appointment): void {
    this.appointment = appointment;
    if (this.death <= appointment.day) this.death = appointment.day + this.random.between(1, READMISSION_DAYS);
  }

  /** Adds a visit with what is measured and prescribed at it. `severity` in tenths. */
  record(
    type: Visit['type'],
    day: number,
    discharged: number | undefined,
    cause: Cause,
    severity: number,
    admission: Visit['admission'],
    disposition: Visit['disposition'],
    facility: string,
  ): Visit {
    const { random, person, illness, visits, prescriptions } = this;
    const { conditions } = illness;
    const vitals = drawVitals(random, person, this.ageAt(day), conditions, severity / 10, illness.treatment, type);
    const id = `V${person.number}-${visits.length + 1}`;
    const visit = { id, day, discharged, type, admission, disposition, cause, severity, vitals, facility, conditions };
    visits.push(visit);
    const written = prescriptions.length;
    prescribe(random, person, visit, prescriptions);
    illness.treatment = prescriptions.length > written ? person.adherence : 0;
    return visit;
  }
}
