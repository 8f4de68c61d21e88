// What the work list holds: one document for every patient and reason to see to them, with who does it and what became of it.
import { createHash } from 'node:crypto';
import type { CollectionDefinition } from '../../records/documents.js';

/** Why a patient is there: what a model said of them, or what a person writes in the note. */
export const reasons = ['readmission', 'risk', 'progression', 'other'] as const;
export type Reason = (typeof reasons)[number];

export const states = ['open', 'done', 'dismissed'] as const;
export type State = (typeof states)[number];

/** What a model said, as far as it is of use to whoever works through the list. */
export interface Said {
  /** `HIGH_RISK`, `High Risk`, `WORSENING`. */
  readonly prediction: string;
  /** Of the outcome that the model predicts; of several classes that of the one that is predicted. */
  readonly probability: number;
  readonly recommendation: string;
  readonly recommendation_source: string;
  readonly model: { readonly name: string; readonly version: string };
  readonly case: { readonly id: string; readonly index_date: string | null } | null;
  /** The run that the model looked at. */
  readonly run: string;
}

/** One thing that somebody did with an item. */
export interface Step {
  readonly at: string;
  readonly by: string;
  readonly state: State;
  readonly assigned_to: string | null;
  readonly note: string | null;
}

export interface Item {
  readonly patient_id: string;
  readonly reason: Reason;
  readonly state: State;
  /** YYYY-MM-DD. */
  readonly due: string | null;
  readonly assigned_to: string | null;
  readonly note: string | null;
  readonly said: Said | null;
  readonly created_at: string;
  readonly created_by: string;
  readonly changed_at: string;
  readonly changed_by: string;
  /** The newest ones, the last one last. */
  readonly steps: readonly Step[];
  readonly [field: string]: unknown;
}

export const worklistCollection: CollectionDefinition<Item> = {
  name: 'worklist',
  indexed: ['state', 'patient_id'],
};

/** A patient is there once for each reason, whoever adds them at once. No address of an item names a patient. */
export const itemId = (reason: Reason, patient: string): string =>
  createHash('sha256')
    .update(JSON.stringify([reason, patient]))
    .digest('hex')
    .slice(0, 24);

const mostSteps = 50;

/** What is to be another, and who does it when. */
export interface Change extends Partial<Pick<Item, 'state' | 'due' | 'assigned_to' | 'note' | 'said'>> {
  readonly by: string;
  readonly at: string;
}

export function changed(item: Item, { by, at, ...to }: Change): Item {
  const next = { ...item, ...to, changed_at: at, changed_by: by };
  return { ...next, steps: [...item.steps, stepOf(next)].slice(-mostSteps) };
}

export function fresh(patient_id: string, reason: Reason, { by, at, ...to }: Change): Item {
  const given = { state: 'open', due: null, assigned_to: null, note: null, said: null, ...to } as const;
  const item = { patient_id, reason, ...given, created_at: at, created_by: by, changed_at: at, changed_by: by };
  return { ...item, steps: [stepOf({ ...item, steps: [] })] };
}

const stepOf = ({ changed_at: at, changed_by: by, state, assigned_to, note }: Item): Step => ({
  ...{ at, by, state, assigned_to, note },
});
