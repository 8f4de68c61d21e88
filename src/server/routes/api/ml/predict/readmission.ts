// POST /api/ml/predict/readmission: how likely a readmission within 30 days is, why, and what to do.
import { predictionRoute } from '../../../../answer/prediction-route.js';
import { readmissionProperties } from '../../../../answer/prediction-schema.js';

export const readmission = predictionRoute(
  'readmission',
  'The probability of a readmission within 30 days after a discharge',
  readmissionProperties,
);
