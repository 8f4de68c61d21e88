// Features of the person, as registered.
import type { Feature } from './feature.js';
import { ofPatient, ofVisit } from './from-field.js';

export const patientFeatures: readonly Feature[] = [
  ofVisit('age', {
    label: 'Age',
    known: 'start of the visit',
    definition: 'Completed years at the visit; before an index date, at the latest visit.',
    origin: { kind: 'first visit', column: 'age_at_visit' },
  }),
  ofPatient('gender', { label: 'Gender' }),
  ofPatient('bmi', { label: 'Body mass index' }),
  ofPatient('smoker_status', { label: 'Smoking status' }),
  ofPatient('alcohol_use', { label: 'Alcohol use' }),
  ofPatient('physical_activity_level', { label: 'Physical activity' }),
  ofPatient('insurance_type', { label: 'Insurance' }),
  {
    name: 'number_of_chronic_conditions',
    label: 'Chronic conditions',
    type: 'number',
    definition: 'How many long-standing conditions the registration lists.',
    known: 'registration',
    origin: { kind: 'patient list', column: 'chronic_conditions' },
    min: 0,
    max: 100,
    synonyms: ['chronic condition count', 'num chronic conditions'],
  },
];
