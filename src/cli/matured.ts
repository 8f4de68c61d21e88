// After a run: what became of predictions that were given before.
import type { App } from '../app.js';
import { CarelakeError } from '../errors.js';
import type { Output } from './output.js';

/** The run is published by now, and stays so where its outcomes cannot be kept; `models drift` tries again. */
export async function maturedBy(app: App, output: Output): Promise<number> {
  try {
    return await app.matureOutcomes();
  } catch (error) {
    if (!(error instanceof CarelakeError)) throw error;
    output.note(`Predictions were not compared with what happened. ${error.code}: ${error.message}`);
    return 0;
  }
}
