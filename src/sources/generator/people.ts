// Who the synthetic patients are: latent traits first, then what a registration desk would write down.
// The distributions are illustrative.
import { DAYS_PER_YEAR, dayOf, FIRST_DAY } from './calendar.js';
import { drawConditions, type Exposure } from './comorbidity.js';
import { familyNames, givenNames, type Town, towns } from './names.js';
import type { Random } from './random.js';

export interface Person extends Exposure {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly gender: 'Male' | 'Female' | 'Other';
  readonly race: string;
  readonly town: Town;
  /** Days since 1970. */
  readonly born: number;
  readonly registered: number;
  /** Age in years at registration or on the first day of the calendar, whichever is later. */
  readonly age: number;
  /** Latent: mean near 0, standard deviation near 1; rises with age, deprivation and chance. */
  readonly frailty: number;
  /** Latent: uniform from 0 to 1. */
  readonly deprivation: number;
  /** Latent: the share of prescribed medicine that is taken, 0.2 to 1. */
  readonly adherence: number;
  /** kg/m2, one decimal. */
  readonly bmi: number;
  readonly alcohol: 'None' | 'Moderate' | 'Heavy';
  readonly activity: 'Sedentary' | 'Low' | 'Moderate' | 'High';
  readonly insurance: 'Private' | 'Government' | 'None';
  /** Conditions known at registration, as a bit mask. */
  readonly conditions: number;
}

/** Upper ages of bands and the share of people up to each: those who use a hospital are older than the population. */
const ageBands: readonly (readonly [upTo: number, share: number])[] = [
  [18, 0.1],
  [35, 0.25],
  [50, 0.42],
  [65, 0.65],
  [80, 0.89],
  [97, 1],
];

/** The rest is written Other. */
const races: readonly (readonly [name: string, upTo: number])[] = [
  ['White', 0.6],
  ['Black', 0.75],
  ['Hispanic', 0.89],
  ['Asian', 0.96],
];

const EARLIEST_REGISTRATION = dayOf('2008-01-01');
/** Of all patients, how many were registered before the calendar begins. */
const KNOWN_BEFORE = 0.7;
/** Nobody is registered in the last days of the record, so that everybody can be followed for a while. */
const LAST_REGISTRATION_BEFORE_END = 60;

function drawAge(random: Random): number {
  const share = random.uniform();
  let from = 0;
  let below = 0;
  for (const [upTo, cumulated] of ageBands) {
    if (share < cumulated) return from + ((upTo - from) * (share - below)) / (cumulated - below);
    from = upTo;
    below = cumulated;
  }
  return from;
}

function drawRace(random: Random): string {
  const share = random.uniform();
  for (const [name, upTo] of races) if (share < upTo) return name;
  return 'Other';
}

function drawSmoker(random: Random, age: number, deprivation: number): Person['smoker'] {
  if (age < 16) return 'Never';
  const share = random.uniform();
  const current = 0.08 + 0.2 * deprivation - (age > 65 ? 0.06 : 0);
  if (share < current) return 'Current';
  return share < current + 0.12 + 0.002 * age ? 'Former' : 'Never';
}

function drawInsurance(random: Random, age: number, deprivation: number): Person['insurance'] {
  if (age >= 65) return random.uniform() < 0.9 ? 'Government' : 'Private';
  const share = random.uniform();
  if (share < 0.02 + 0.14 * deprivation) return 'None';
  return share < 0.1 + 0.55 * deprivation ? 'Government' : 'Private';
}

/** The person with this number (from 1). `until` is the last day of the record. */
export function drawPerson(random: Random, number: number, until: number): Person {
  const registered =
    random.uniform() < KNOWN_BEFORE
      ? random.between(EARLIEST_REGISTRATION, FIRST_DAY - 1)
      : random.between(FIRST_DAY, Math.max(FIRST_DAY, until - LAST_REGISTRATION_BEFORE_END));
  const age = drawAge(random);
  const enters = Math.max(registered, FIRST_DAY);
  // a child who enters the calendar at three cannot have been registered ten years before
  const born = enters - Math.floor(age * DAYS_PER_YEAR);
  const deprivation = random.uniform();
  const frailty = 0.8 * random.normal() + 0.018 * (age - 52) + 0.8 * (deprivation - 0.5);
  const female = random.uniform() < 0.52;
  const smoker = drawSmoker(random, age, deprivation);
  const grown = Math.min(1, age / 20);
  const bmi =
    Math.round(10 * (16.5 + grown * (10 + 3 * (deprivation - 0.5)) + (2 + 2.6 * grown) * random.normal())) / 10;
  const exposure = { age, female, frailty, deprivation, smoker, bmi: Math.max(bmi, 12.5) };
  const vigour = random.normal() - 0.7 * frailty;
  const habit = random.uniform();
  const place = (deprivation + 0.12 * random.normal()) * towns.length;
  return {
    // spelled out: copying by spread costs a quarter of the whole generation
    age,
    female,
    frailty,
    deprivation,
    smoker,
    bmi: exposure.bmi,
    id: `P${number}`,
    number,
    name: `${random.pick(female ? givenNames.Female : givenNames.Male)} ${random.pick(familyNames)}`,
    gender: random.uniform() < 0.004 ? 'Other' : female ? 'Female' : 'Male',
    race: drawRace(random),
    town: towns[Math.max(0, Math.min(towns.length - 1, Math.floor(place)))] as Town,
    born,
    registered: Math.max(registered, born),
    adherence: 0.2 + 0.8 * random.uniform(),
    alcohol: age < 16 || habit < 0.35 ? 'None' : habit < 0.93 ? 'Moderate' : 'Heavy',
    activity: vigour < -1 ? 'Sedentary' : vigour < 0 ? 'Low' : vigour < 1 ? 'Moderate' : 'High',
    insurance: drawInsurance(random, age, deprivation),
    conditions: drawConditions(random, exposure),
  };
}
