// What is asked of all three models about many patients, as another thread can be told of it.
import type { CarelakeError, ErrorCode, Fault } from '../../errors.js';
import type { KnownCase } from '../../models/features/serve.js';
import type { ModelName } from '../../models/plan.js';

/** A coded error as another thread can be told of it. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly message: string;
  readonly faults: readonly Fault[];
}

/** Of one patient: fields, or what the published run knows for each model. */
export type Asked =
  | { readonly fields: unknown }
  | { readonly patient: string; readonly known: Readonly<Record<ModelName, KnownCase | Refusal>> }
  | Refusal;

export interface BatchOrder {
  /** The version of each model that answers, or why none does. */
  readonly versions: Readonly<Record<ModelName, string | Refusal>>;
  readonly asked: readonly Asked[];
}

export interface Batch {
  /** The answers as the elements of a JSON list, without its brackets. */
  answer(order: BatchOrder): Promise<Uint8Array>;
}

export const refusalOf = ({ code, message, faults }: CarelakeError): Refusal => ({ code, message, faults });
