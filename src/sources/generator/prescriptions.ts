// What is prescribed at a visit: something for days against its cause, and for weeks against long-standing conditions.
import { conditions, countOf } from './conditions.js';
import { acuteDrugs, chronicDrugs, type Drug } from './drugs.js';
import type { Person } from './people.js';
import type { Random } from './random.js';
import type { Visit } from './visits.js';

export interface Prescription {
  readonly id: string;
  readonly visit: Visit;
  readonly drug: Drug;
  readonly dosage: string;
  readonly quantity: number;
  readonly days: number;
  /** Days since 1970: the day of the visit, for a stay the day of discharge. */
  readonly day: number;
  readonly refills: number;
}

/** How many long-term drugs a visit renews at most, by kind; and how often each of these is renewed. */
const renewals = {
  outpatient: { most: 2, chance: 0.46 },
  emergency: { most: 1, chance: 0.25 },
  inpatient: { most: 3, chance: 0.6 },
} as const;
const ACUTE_CHANCE = 0.85;

const courses: readonly number[] = [5, 7, 7, 10, 14];
const supplies: readonly number[] = [30, 30, 90];

/** Adds what the visit prescribes to `into`; nothing where the patient died or the stay has not ended. */
export function prescribe(random: Random, person: Person, visit: Visit, into: Prescription[]): void {
  const { type, cause, disposition, discharged } = visit;
  if (disposition === 'died' || (type === 'inpatient' && discharged === undefined)) return;
  const day = discharged ?? visit.day;
  const write = (drug: Drug, days: number, refills: number): void => {
    const id = `R${person.number}-${into.length + 1}`;
    const quantity = days * drug.unitsPerDay;
    into.push({ id, visit, drug, dosage: random.pick(drug.dosages), quantity, days, day, refills });
  };
  if (cause.treatment && random.chance(ACUTE_CHANCE))
    write(random.pick(acuteDrugs[cause.treatment]), random.pick(courses), 0);
  const mask = visit.conditions;
  const { most, chance } = renewals[type];
  const times = Math.min(most, countOf(mask));
  // start at a random condition and go round, so that no drug is written twice at one visit
  let index = random.between(0, conditions.length - 1);
  for (let renewed = 0; renewed < times; index = (index + 1) % conditions.length) {
    if (!(mask & (1 << index))) continue;
    renewed++;
    if (random.chance(chance))
      write(random.pick(chronicDrugs[index] as readonly Drug[]), random.pick(supplies), random.between(0, 5));
  }
}
