// What a model is for one source: its cases, its label, its features and the baseline that it has to beat.
import type { Feature, HistoryFact } from '../catalog/features/feature.js';
import type { SourceFacts } from './features/facts.js';
import type { Rows } from './features/rows.js';

export type ModelName = 'readmission' | 'risk' | 'progression';

export interface Label {
  readonly name: string;
  readonly definition: string;
  /** Days after the moment in which the outcome is looked for; null where the source does not tell days. */
  readonly days: number | null;
}

export interface Baseline {
  readonly kind: 'lace' | 'prevalence by admission type' | 'acute visits' | 'class shares by severity';
  readonly definition: string;
  /** Where an item is not quite that of its source. */
  readonly approximate?: readonly string[];
  /** The features that it is worked out from. */
  readonly features: readonly string[];
}

/** To learn from: the cases whose outcome is known. To predict for: every patient's latest, without a label. */
export type Purpose = 'learn' | 'predict';

export interface ModelPlan {
  readonly model: ModelName;
  readonly source: string;
  readonly facts: SourceFacts;
  readonly task: 'binary' | 'multiclass';
  /** What the numbers of the label mean, from 0. */
  readonly classes: readonly string[];
  readonly label: Label;
  /** What a row is, and when it is looked at. */
  readonly moment: string;
  readonly baseline: Baseline;
  /** The class of those whose state stays as it is, to be carried forward; absent where there is none. */
  readonly unchanged?: string;
  readonly features: readonly Feature[];
  /**
   * A SELECT of the cases, one row each, with the columns of `caseColumns`, `patient_id` and `t`. Where `current_number` is
   * NULL, the visit of the case is the latest that has ended before `t`.
   */
  readonly cases: (rows: Rows, purpose: Purpose) => string;
  /** The same for index dates of one's choice, YYYY-MM-DD, where a case is a date and nothing that happened. */
  readonly casesOn?: (rows: Rows, dates: readonly string[]) => string;
  /** The label is 1 where there is any of this in so many days from the moment on; else the cases bring it along. */
  readonly outcome?: { readonly of: HistoryFact; readonly days: number };
}
