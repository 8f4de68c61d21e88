// Features of drugs: those of the year before, and those of the visit itself.
import { drugCategory } from '../tables/prescriptions/drug-category.js';
import type { Feature } from './feature.js';

/** Categories of drugs for long-standing illness; what is taken for a week says little a year later. */
const lasting = [
  'Antihypertensive',
  'Antidiabetic',
  'Anticoagulant',
  'Lipid-lowering',
  'Cardiac',
  'Diuretic',
  'Respiratory',
  'Psychotropic',
];

const changed = ['increased', 'decreased'];

export const drugFeatures: readonly Feature[] = [
  {
    name: 'prescriptions_365_days',
    label: 'Prescriptions in a year',
    type: 'number',
    definition: 'Prescriptions of the 365 days before.',
    known: 'before the visit',
    origin: { kind: 'sum', of: 'prescriptions', days: 365 },
    min: 0,
    max: 10_000,
    synonyms: [],
    only: 'dated',
  },
  ...(drugCategory.values ?? [])
    .filter(({ value }) => lasting.includes(value))
    .map(
      ({ value }): Feature => ({
        name: `${value.toLowerCase().replace('-', '_')}_365_days`,
        label: `${value} drugs in a year`,
        type: 'number',
        definition: `Prescriptions of the category ${value} in the 365 days before.`,
        known: 'before the visit',
        origin: { kind: 'sum', of: 'prescriptions', days: 365, category: value },
        min: 0,
        max: 10_000,
        synonyms: [],
        only: 'dated',
      }),
    ),
  {
    name: 'drugs_of_the_visit',
    label: 'Drugs of the visit',
    type: 'number',
    definition: 'Prescriptions of the visit.',
    known: 'end of the visit',
    origin: { kind: 'visit drugs' },
    min: 0,
    max: 1_000,
    synonyms: [],
  },
  {
    name: 'changed_doses',
    label: 'Changed doses',
    type: 'number',
    definition: 'Prescriptions of the visit whose dose was increased or decreased.',
    known: 'end of the visit',
    origin: { kind: 'visit drugs', dosage: changed },
    min: 0,
    max: 1_000,
    synonyms: [],
    only: 'undated',
  },
  ...['insulin', 'metformin'].map(
    (drug): Feature => ({
      name: drug,
      label: `${drug.charAt(0).toUpperCase()}${drug.slice(1)}`,
      type: 'category',
      definition: `Whether ${drug} was given in the visit, and how its dose was changed.`,
      known: 'end of the visit',
      origin: { kind: 'visit drug', drug },
      values: [
        { value: 'none', synonyms: ['no'] },
        { value: 'steady', synonyms: [] },
        { value: 'increased', synonyms: ['up'] },
        { value: 'decreased', synonyms: ['down'] },
      ],
      synonyms: [],
      only: 'undated',
    }),
  ),
];
