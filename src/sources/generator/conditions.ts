// The long-standing conditions: how common each is, and what makes it more likely. A set of them is one bit mask.
//
// Every number is illustrative: chosen so that prevalence and its rise with age look like those of a western adult
// population, not estimated from data. Codes are WHO ICD-10.

/** Log-odds of having the condition at 60 years, and what is added to them. */
export interface Condition {
  readonly name: string;
  readonly code: string;
  readonly description: string;
  readonly base: number;
  readonly perDecade: number;
  readonly frailty: number;
  /** May begin before 18. */
  readonly inChildren?: true;
  readonly female?: number;
  readonly deprivation?: number;
  readonly currentSmoker?: number;
  readonly formerSmoker?: number;
  /** For each kg/m2 above 25. */
  readonly bmi?: number;
  /** Conditions earlier in the list that make this one more likely. */
  readonly given?: Readonly<Record<string, number>>;
}

export const conditions: readonly Condition[] = [
  {
    name: 'hypertension',
    code: 'I10',
    description: 'Hypertension',
    base: -0.35,
    perDecade: 0.55,
    frailty: 0.3,
    deprivation: 0.4,
    bmi: 0.07,
  },
  {
    name: 'diabetes',
    code: 'E11.9',
    description: 'Type 2 diabetes',
    base: -2,
    perDecade: 0.35,
    frailty: 0.35,
    deprivation: 0.6,
    bmi: 0.09,
    given: { hypertension: 0.6 },
  },
  {
    name: 'ischaemic heart disease',
    code: 'I25.9',
    description: 'Ischaemic heart disease',
    base: -2.6,
    perDecade: 0.5,
    frailty: 0.35,
    female: -0.5,
    currentSmoker: 0.6,
    formerSmoker: 0.3,
    given: { hypertension: 0.5, diabetes: 0.5 },
  },
  {
    name: 'atrial fibrillation',
    code: 'I48.0',
    description: 'Atrial fibrillation',
    base: -3.4,
    perDecade: 0.7,
    frailty: 0.3,
    female: -0.3,
    given: { hypertension: 0.5 },
  },
  {
    name: 'heart failure',
    code: 'I50.9',
    description: '"Heart failure, unspecified"',
    base: -4,
    perDecade: 0.5,
    frailty: 0.6,
    given: { 'ischaemic heart disease': 1.3, 'atrial fibrillation': 0.9, hypertension: 0.5, diabetes: 0.4 },
  },
  {
    name: 'chronic kidney disease',
    code: 'N18.9',
    description: 'Chronic kidney disease',
    base: -3.2,
    perDecade: 0.5,
    frailty: 0.5,
    given: { diabetes: 0.9, hypertension: 0.6, 'heart failure': 0.9 },
  },
  {
    name: 'COPD',
    code: 'J44.9',
    description: '"COPD, unspecified"',
    base: -3.4,
    perDecade: 0.4,
    frailty: 0.4,
    deprivation: 0.6,
    currentSmoker: 1.7,
    formerSmoker: 1,
  },
  {
    name: 'asthma',
    code: 'J45.9',
    description: 'Asthma',
    base: -2.6,
    perDecade: -0.1,
    frailty: 0.1,
    inChildren: true,
    female: 0.3,
    deprivation: 0.3,
  },
  {
    name: 'depression',
    code: 'F32.9',
    description: 'Depression',
    base: -2.2,
    perDecade: -0.05,
    frailty: 0.4,
    female: 0.5,
    deprivation: 0.8,
  },
  {
    name: 'cancer',
    code: 'C18.9',
    description: 'Colon cancer',
    base: -3.4,
    perDecade: 0.45,
    frailty: 0.3,
    currentSmoker: 0.4,
  },
  { name: 'dementia', code: 'F03', description: 'Dementia', base: -5.6, perDecade: 1.2, frailty: 0.5 },
  {
    name: 'osteoarthritis',
    code: 'M17.9',
    description: 'Osteoarthritis',
    base: -1.7,
    perDecade: 0.45,
    frailty: 0.2,
    female: 0.3,
    bmi: 0.05,
  },
];

/** The bit of a condition. */
export function bitOf(name: string): number {
  const index = conditions.findIndex((condition) => condition.name === name);
  if (index < 0) throw new RangeError(`no condition is named ${name}`);
  return 1 << index;
}

export const DIABETES = bitOf('diabetes');
export const HYPERTENSION = bitOf('hypertension');
export const HEART_FAILURE = bitOf('heart failure');
export const KIDNEY_DISEASE = bitOf('chronic kidney disease');
export const COPD = bitOf('COPD');
export const DEPRESSION = bitOf('depression');
export const CANCER = bitOf('cancer');
export const DEMENTIA = bitOf('dementia');

/** How many bits of a mask are set. */
export function countOf(mask: number): number {
  let count = 0;
  for (let rest = mask; rest; rest &= rest - 1) count++;
  return count;
}

const nameLists = new Map<number, string>();

/** The names of the conditions of a mask, separated by `;`. */
export function namesOf(mask: number): string {
  let names = nameLists.get(mask);
  if (names === undefined) {
    names = conditions
      .filter((_, index) => mask & (1 << index))
      .map(({ name }) => name)
      .join(';');
    nameLists.set(mask, names);
  }
  return names;
}

export function logistic(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}
