// POST /api/ml/predict/risk-score: how likely an acute visit in the coming half year is, from 0 to 100.
import { predictionRoute } from '../../../../answer/prediction-route.js';
import { riskProperties } from '../../../../answer/prediction-schema.js';

export const riskScore = predictionRoute(
  'risk',
  'The risk of an acute visit in the coming 180 days, from 0 to 100',
  riskProperties,
);
