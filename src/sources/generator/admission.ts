// One inpatient stay in a life, and what its end leads to: transfer, death, or a draw of readmission.
//
// The 30 days after a live discharge belong to the draw: nobody comes back unplanned without having been drawn, so the
// outcome that the rows show is the outcome that was drawn.
import { winter } from './calendar.js';
import { drawCause } from './causes.js';
import { CANCER } from './conditions.js';
import { type Appointment, type Life, READMISSION_DAYS } from './life.js';
import { REFERRAL_FACILITY, SECOND_REFERRAL_FACILITY } from './names.js';
import { readmissionProbability } from './readmission.js';
import { drawDisposition, drawLength } from './stays.js';
import type { Disposition, Visit } from './visits.js';

/** So that a next stay is never taken for the second half of the one before. */
const SOONEST_NEXT_STAY = 2;
/** The share of transfers that leave for a hospital whose records are not here. */
const LEAVES_NETWORK = 0.1;
/** The share of discharges after which a planned stay is arranged; chemotherapy comes in cycles. */
const PLANNED_FOLLOW_UP = 0.03;
const NEXT_CYCLE = 0.45;
const SAME_CAUSE = 0.5;
/** Unplanned admissions that come on referral instead of through the emergency department. */
const REFERRED = 0.25;

/** Returns the day of discharge, which may lie after the record: the stay is then written without its end. */
export function stay(life: Life, { day, planned, cause: arranged, facility, transferred }: Appointment): number {
  const { random, person, illness } = life;
  life.appointment = undefined;
  const age = life.ageAt(day);
  const kind = planned ? 'planned' : 'acute';
  const cause = arranged ?? drawCause(random, kind, age, illness.conditions, winter(day));
  const tenths = illness.observe(random, day, cause);
  const severity = tenths / 10;
  if (transferred) life.episode.transfers++;
  else life.episode = { admitted: day, planned, transfers: 0, earlierAdmissions: admissionsInYearBefore(life, day) };
  life.admissions.push(day);
  const hospital = { facility, transfersBefore: life.episode.transfers };
  let discharged = day + drawLength(random, severity, planned);
  let disposition = drawDisposition(random, person, age, severity, planned, hospital);
  if (discharged >= life.death) {
    discharged = life.death;
    disposition = 'died';
  }
  const admission = planned ? 'elective' : transferred || random.chance(REFERRED) ? 'urgent' : 'emergency';
  if (discharged > life.until) {
    life.record('inpatient', day, undefined, cause, tenths, admission, undefined, facility);
  } else {
    const visit = life.record('inpatient', day, discharged, cause, tenths, admission, disposition, facility);
    discharge(life, visit, discharged, disposition);
  }
  return discharged;
}

function admissionsInYearBefore({ admissions }: Life, day: number): number {
  let count = 0;
  for (let index = admissions.length - 1; index >= 0; index--) {
    if ((admissions[index] as number) < day - 365) break;
    count++;
  }
  return count;
}

function discharge(life: Life, visit: Visit, discharged: number, disposition: Disposition): void {
  const { random } = life;
  life.guardedUntil = discharged + READMISSION_DAYS;
  life.plannedFrom = discharged + SOONEST_NEXT_STAY;
  if (disposition === 'died') {
    life.death = discharged;
  } else if (disposition === 'hospice') {
    const { planned } = life.episode;
    life.outcomes.push({ visit, discharged, disposition, planned, probability: 0, readmitted: false });
    life.death = Math.min(life.death, discharged + random.between(1, 60));
    life.guardedUntil = life.death;
    life.plannedFrom = life.death;
  } else if (disposition === 'transfer') {
    if (random.chance(LEAVES_NETWORK)) return;
    const facility = visit.facility === REFERRAL_FACILITY ? SECOND_REFERRAL_FACILITY : REFERRAL_FACILITY;
    const day = discharged + random.between(0, 1);
    life.arrange({ day, planned: false, cause: visit.cause, facility, transferred: true });
  } else {
    drawReadmission(life, visit, discharged, disposition);
  }
}

function drawReadmission(life: Life, visit: Visit, discharged: number, disposition: Disposition): void {
  const { random, person, episode } = life;
  const { planned } = episode;
  const exact = readmissionProbability({
    age: life.ageAt(discharged),
    frailty: person.frailty,
    deprivation: person.deprivation,
    smoking: person.smoker === 'Current',
    conditions: visit.conditions,
    days: discharged - episode.admitted,
    severity: visit.severity / 10,
    earlierAdmissions: episode.earlierAdmissions,
    planned,
    againstAdvice: disposition === 'left against advice',
  });
  const probability = Math.round(exact * 1e6) / 1e6;
  const readmitted = random.chance(probability);
  life.outcomes.push({ visit, discharged, disposition, planned, probability, readmitted });
  const { facility } = visit;
  const cycle = planned && (visit.conditions & CANCER) !== 0;
  if (readmitted) {
    const day = discharged + random.between(SOONEST_NEXT_STAY, READMISSION_DAYS);
    const cause = !planned && random.chance(SAME_CAUSE) ? visit.cause : undefined;
    life.arrange({ day, planned: false, cause, facility, transferred: false });
  } else if (random.chance(cycle ? NEXT_CYCLE : PLANNED_FOLLOW_UP)) {
    const day = discharged + random.between(14, 40);
    life.arrange({ day, planned: true, cause: cycle ? visit.cause : undefined, facility, transferred: false });
  }
}
