// An engine as one request may use it: statements wait for their turn and end with the request.
import type { ColumnBatch, Engine, Job } from '../../engine/engine.js';
import { CarelakeError, isCoded } from '../../errors.js';
import type { Ending } from './ending.js';
import type { Turns } from './turns.js';

/**
 * What `query` throws beside what the engine does: SERVER_BUSY where too many wait, and for a statement that `ending` ended
 * the coded error that is its reason, such as ANSWER_TIMEOUT.
 */
export function bounded(engine: Engine, turns: Turns, ending: Pick<Ending, 'signal'>): Engine {
  return { ...engine, query: (job) => query(engine, turns, ending.signal(), job) };
}

async function* query(engine: Engine, turns: Turns, signal: AbortSignal, job: Job): AsyncGenerator<ColumnBatch> {
  const done = await turns.take(signal);
  try {
    yield* engine.query({ ...job, signal });
  } catch (error) {
    const ended = isCoded(error, 'ENGINE_CANCELLED') && signal.reason instanceof CarelakeError;
    throw ended ? signal.reason : error;
  } finally {
    done();
  }
}
