// The one way to say that a source cannot show what a model predicts.
import { CarelakeError } from '../errors.js';
import type { ModelName } from './plan.js';

export function refuse(model: ModelName, source: string, why: string): CarelakeError {
  return new CarelakeError('MODEL_NO_OUTCOME', `No ${model} model for the source ${source}: ${why}.`);
}
