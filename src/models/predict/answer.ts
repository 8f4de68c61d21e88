// The shapes of a question to a model and of its answers.
import type { Warning } from '../features/request.js';
import type { Encoded } from '../features/serve.js';

export interface Given extends Encoded {
  /** For each row. */
  readonly warnings: readonly (readonly Warning[])[];
  /** What of a known patient each row is; where not given, only fields were. */
  readonly cases?: readonly (Case | null)[];
}

/** A stay, a visit or a date, as the model's table names it. */
interface Case {
  readonly id: string;
  /** YYYY-MM-DD; null where the source has no dates. */
  readonly index_date: string | null;
}

export interface Contribution {
  readonly feature: string;
  /** As the model saw it; null where it was missing, and of `base` and `calibration`. */
  readonly value: number | string | null;
  /** In log-odds; of several classes in the margin of the class that is predicted. They sum to it. */
  readonly contribution: number;
}

/** What every answer has. */
export interface Answer {
  readonly recommendation: string;
  readonly recommendation_source: string;
  readonly model: { readonly name: string; readonly version: string };
  /** What of a known patient it is about, and is compared with later; null where only fields were given. */
  readonly case: Case | null;
  readonly explanation: readonly Contribution[];
  readonly warnings: readonly { readonly field: string; readonly message: string }[];
}

export interface ReadmissionAnswer extends Answer {
  readonly prediction: 'HIGH_RISK' | 'MEDIUM_RISK' | 'LOW_RISK';
  readonly probability: number;
  readonly baseline: { readonly name: string; readonly score: number } | null;
}

export interface RiskAnswer extends Answer {
  /** 100 × the calibrated probability. */
  readonly risk_score: number;
  readonly category: 'Low Risk' | 'Moderate Risk' | 'High Risk';
  /** How many of 100 of the training population have a lower probability. */
  readonly percentile: number;
}

export interface ProgressionAnswer extends Answer {
  readonly prediction: 'IMPROVING' | 'STABLE' | 'WORSENING';
  readonly progression: 'Improving' | 'Stable' | 'Worsening';
  readonly confidence: number;
  readonly probabilities: Readonly<Record<'improving' | 'stable' | 'worsening', number>>;
}
