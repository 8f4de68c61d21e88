// The bounds that turn a number into a class: half-open, from `from` up to but not including `below`.

export interface Band {
  readonly label: string;
  /** null: from anywhere below. */
  readonly from: number | null;
  /** null: without an end. */
  readonly below: number | null;
}

const ages: readonly Band[] = [
  { label: '0-17', from: 0, below: 18 },
  { label: '18-34', from: 18, below: 35 },
  { label: '35-49', from: 35, below: 50 },
  { label: '50-64', from: 50, below: 65 },
  { label: '65+', from: 65, below: null },
];

const bodyMass: readonly Band[] = [
  { label: 'Underweight', from: null, below: 18.5 },
  { label: 'Normal', from: 18.5, below: 25 },
  { label: 'Overweight', from: 25, below: 30 },
  { label: 'Obese', from: 30, below: null },
];

const severities: readonly Band[] = [
  { label: 'Low', from: null, below: 4 },
  { label: 'Medium', from: 4, below: 7 },
  { label: 'High', from: 7, below: null },
];

/** Age in completed years. */
export const ageGroups = {
  name: 'Age groups',
  source: 'Carelake; 18 is legal majority, 65 the age of Medicare eligibility (42 U.S.C. 426).',
  bands: ages,
} as const;

/** Body mass index in kg/m2, adults only: below `adultsFrom` years the class depends on age and sex and is left out. */
export const bmiCategories = {
  name: 'Body mass index categories',
  source:
    'WHO Technical Report Series 894 (2000): Obesity, preventing and managing the global epidemic. ' +
    'Ages 5-19 have their own reference: de Onis et al. 2007, Bull World Health Organ 85:660.',
  bands: bodyMass,
  adultsFrom: 20,
} as const;

/** Severity score from 0 to 10. */
export const severityLevels = {
  name: 'Severity levels',
  source: 'Carelake; thirds of the scale in whole points.',
  bands: severities,
} as const;
