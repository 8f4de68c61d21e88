// The features of the models, in the order in which people meet them.
import { comorbidityFeatures } from './features/comorbidity.js';
import { drugFeatures } from './features/drugs.js';
import type { Feature } from './features/feature.js';
import { historyFeatures } from './features/history.js';
import { patientFeatures } from './features/patients.js';
import { visitFeatures } from './features/visits.js';

export const features: readonly Feature[] = [
  ...patientFeatures,
  ...visitFeatures,
  ...historyFeatures,
  ...comorbidityFeatures,
  ...drugFeatures,
];
