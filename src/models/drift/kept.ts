// Predictions as they were kept: what is read of them, and what they were about.
import { setImmediate as turnOfOthers } from 'node:timers/promises';
import type { ModelName } from '../plan.js';
import type { PredictedCase } from './follow.js';

/** What is read of a prediction as it was kept. */
export interface KeptPrediction {
  readonly id: string;
  readonly version: string;
  readonly patient: string | null;
  readonly inputs: Readonly<Record<string, unknown>> | null;
  readonly result: Readonly<Record<string, unknown>>;
  readonly outcome: { readonly value: string | number | null } | null;
}

export interface NewOutcome {
  readonly prediction: string;
  /** 1 or 0, or the class, as the model's label is; null where it cannot be known any more. */
  readonly value: string | number | null;
  readonly run: string;
  readonly at: string;
}

/** Where predictions are kept. */
export interface KeptPredictions {
  read(query: {
    readonly model: ModelName;
    readonly version?: string;
    readonly from?: string;
    readonly matured?: boolean;
    readonly known?: boolean;
  }): AsyncIterable<KeptPrediction>;
  /** Returns how many are new. */
  mature(outcomes: readonly NewOutcome[]): Promise<number>;
}

/** What the answer says that it is about; undefined of fields alone. */
export function caseOf({ patient, result }: Pick<KeptPrediction, 'patient' | 'result'>): PredictedCase | undefined {
  const { case: about } = result as { case?: { id?: unknown; index_date?: unknown } | null };
  if (patient === null || !about || typeof about.id !== 'string') return undefined;
  const { id, index_date: date } = about;
  if (date !== null && !(typeof date === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(date))) return undefined;
  return { id, patient, indexDate: date };
}

/** How many are read before whoever else waits for the event loop has a turn. */
const atOnce = 100;

/** The same, however many there are, without holding up others: reading them is the work of one process. */
export async function* inTurns<Item>(items: AsyncIterable<Item>): AsyncGenerator<Item> {
  let read = 0;
  for await (const item of items) {
    yield item;
    read += 1;
    if (read % atOnce === 0) await turnOfOthers();
  }
}
