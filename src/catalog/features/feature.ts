// What a feature is: one fact about a patient that a model may look at, and from which moment on it is known.
import type { AllowedValue } from '../field.js';

/** What the history of a patient is made of; `models/features/history.ts` says where each is found. */
export type HistoryFact =
  | 'visits'
  | 'emergency visits'
  | 'outpatient visits'
  | 'acute visits'
  | 'stays'
  | 'readmissions'
  | 'late readmissions'
  | 'days in hospital'
  | 'prescriptions'
  | 'severity scores';

/** Where a feature is found. The moment decides which rows of the patient's past are there to be found. */
export type Origin =
  /** A column of the patient, where they were registered by the moment. */
  | { readonly kind: 'patient'; readonly column: string }
  /** How many elements a list of the patient has. */
  | { readonly kind: 'patient list'; readonly column: string }
  /** A column of the visit of the moment, or of the latest that has ended before it. */
  | { readonly kind: 'visit'; readonly column: string }
  /** A column of the visit with which the stay of the moment began. */
  | { readonly kind: 'first visit'; readonly column: string }
  /** A column of the visit before that of the moment. Only without dates: there it has ended, whatever its length. */
  | { readonly kind: 'visit before'; readonly column: string }
  /** Days of the stay of the moment, or of the visit. */
  | { readonly kind: 'length of stay' }
  /** How much of it there was before the stay or visit of the moment began, in so many days or ever. */
  | { readonly kind: 'sum'; readonly of: HistoryFact; readonly days?: number; readonly category?: string }
  /** The mean of it in so many days before. */
  | { readonly kind: 'mean'; readonly of: 'severity scores'; readonly days: number }
  /** Days since the last of it. */
  | { readonly kind: 'days since'; readonly last: 'visit' | 'discharge' }
  /** The last severity score that is known, or how much it differs from the one before. */
  | { readonly kind: 'severity'; readonly what: 'last' | 'change' }
  /** Whether a diagnosis of a Charlson group is known. */
  | { readonly kind: 'comorbidity'; readonly group: string }
  /** The sum of the weights of the groups that are known. */
  | { readonly kind: 'comorbidity score'; readonly weights: 'charlson' | 'lace' }
  /** The chapter of the diagnosis of this rank. */
  | { readonly kind: 'diagnosis'; readonly rank: number; readonly column: 'disease' | 'category' }
  /** How many drugs were prescribed in the visit, all of them or those whose dose was changed. */
  | { readonly kind: 'visit drugs'; readonly dosage?: readonly string[] }
  /** The dosage of one drug in the visit, `none` where it was not prescribed. */
  | { readonly kind: 'visit drug'; readonly drug: string };

/** From when on a feature is known. */
export type Known = 'registration' | 'start of the visit' | 'end of the visit' | 'before the visit';

export interface Feature {
  readonly name: string;
  readonly label: string;
  /** A number; or a category, of `values` or, where there are none, of the values that stand in the training data. */
  readonly type: 'number' | 'category';
  readonly definition: string;
  readonly known: Known;
  readonly origin: Origin;
  /** UCUM-like, as in the tables. */
  readonly unit?: string;
  /** Inclusive bounds of a number; beyond them no value is possible. */
  readonly min?: number;
  readonly max?: number;
  readonly values?: readonly AllowedValue[];
  /** Other names in a request. Only letters and digits matter, whatever their case. */
  readonly synonyms: readonly string[];
  /** Where a clinical definition comes from. */
  readonly source?: string;
  /** It is there only in a source whose visits have dates, or only in one whose visits have none. */
  readonly only?: 'dated' | 'undated';
}
