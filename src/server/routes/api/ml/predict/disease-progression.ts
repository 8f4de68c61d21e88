// POST /api/ml/predict/disease-progression: whether the severity at the next visit will be lower, about the same or higher.
import { predictionRoute } from '../../../../answer/prediction-route.js';
import { progressionProperties } from '../../../../answer/prediction-schema.js';

export const diseaseProgression = predictionRoute(
  'progression',
  'The severity at the next visit against the present one',
  progressionProperties,
);
