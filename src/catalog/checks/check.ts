// What a quality check is. Checks are values: the pipeline compiles them to SQL, the report and docs/checks.md list them.
import type { Reason } from '../reasons.js';

/**
 * The classes of Kahn et al. 2016, "A Harmonized Data Quality Assessment Terminology and Framework", eGEMs 4:1244, as the
 * OHDSI Data Quality Dashboard uses them (Blacketer et al. 2021, JAMIA 28:2251), with their subcategories.
 */
export type CheckClass = 'conformance' | 'completeness' | 'plausibility';
export type CheckCategory =
  | 'value' // conformance: a value is of the form that its field asks for
  | 'relational' // conformance: keys are unique, references are met
  | 'computational' // conformance: what a source counted agrees with what is counted again
  | 'completeness' // completeness
  | 'uniqueness' // plausibility: one thing stands once
  | 'atemporal' // plausibility: a value, or values beside each other, can be true
  | 'temporal'; // plausibility: an order or a course of events can be true

/** How much hangs on it: `critical` says that rows are lost or belong to nobody, `major` that figures are wrong by it. */
export type Severity = 'critical' | 'major' | 'minor';

/** The relations over which the pipeline can ask about rows; each has the columns of its table and some beside them. */
export type Relation =
  | 'patients'
  | 'visits'
  | 'visits in order'
  | 'prescriptions'
  | 'diagnoses'
  | 'procedures'
  | 'observations'
  | 'body mass index'
  | 'months';

/** Where a check looks, and for what. */
export type Look =
  /** Records that the reader refused for this reason, of all records. */
  | { readonly at: 'files'; readonly reason: Reason }
  /** Values that cleaning judged so, of the values given (of all rows, where missing is the flaw). */
  | { readonly at: 'cleaning'; readonly reasons: readonly Reason[] }
  /** Rows whose key another row of the same batch has, of all rows. */
  | { readonly at: 'duplicates' }
  /** Published rows that repeat the content of another under another id, of those that say what tells them apart. */
  | { readonly at: 'twins' }
  /** Published rows without a value, of those whose source gives the field; a value that was set missing is no missing one. */
  | { readonly at: 'absence' }
  /** Published rows for which `fails`, of those for which `applies`: SQL over a relation, `applies` over columns of its table. */
  | {
      readonly at: 'rows';
      readonly of: Relation;
      readonly applies: string;
      readonly fails: string | Form;
      /** SQL for the text that shows what is wrong. */
      readonly shows: string;
    };

/** The value is not wholly of this pattern (RE2 and Java common subset). */
export interface Form {
  readonly column: string;
  readonly pattern: string;
}

export interface Check {
  /** `visits.severity_score.range`: never changed once published. */
  readonly id: string;
  readonly class: CheckClass;
  readonly category: CheckCategory;
  readonly severity: Severity;
  /** null: records that never became rows of a table. */
  readonly table: string | null;
  readonly field: string | null;
  /** The largest share of failed rows with which it passes. */
  readonly threshold: number;
  readonly explanation: string;
  readonly look: Look;
}

const classes: Readonly<Record<CheckCategory, CheckClass>> = {
  value: 'conformance',
  relational: 'conformance',
  computational: 'conformance',
  completeness: 'completeness',
  uniqueness: 'plausibility',
  atemporal: 'plausibility',
  temporal: 'plausibility',
};

/** A check with the class of its category. */
export const check = (own: Omit<Check, 'class'>): Check => ({ ...own, class: classes[own.category] });
