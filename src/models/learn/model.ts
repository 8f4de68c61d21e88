// What a trained model can be asked.
import type { Column, Task } from './dataset.js';

export interface Feature {
  readonly name: string;
  readonly kind: 'number' | 'category';
}

interface Importance {
  readonly name: string;
  /** Trees: the fall of the training loss by this feature's splits, summed. Logistic: |coefficient| for one standard deviation. */
  readonly gain: number;
  readonly splits: number;
}

/**
 * Columns are found by name, in any order. A category that was not there in training is treated as missing.
 * Every question throws LEARN_COLUMNS where a column is not there, of another kind or length.
 */
export interface Model {
  readonly kind: 'boosting' | 'forest' | 'logistic';
  readonly task: Task;
  readonly classes: number;
  readonly features: readonly Feature[];
  /** Numbers in an answer: the number of classes where there are several, else 1. */
  readonly outputs: number;
  /** rows × outputs, on the scale on which contributions add up: log-odds (a softmax's input), of a forest the probability; or the value. */
  margins(columns: readonly Column[]): Float64Array;
  /** Of class 1 (binary), or rows × classes. @throws LEARN_TASK of a regression. */
  probabilities(columns: readonly Column[]): Float64Array;
  /** rows × outputs × (features + 1): each feature's part of the margin, the base last; together they are the margin. */
  contributions(columns: readonly Column[]): Float64Array;
  /** In the order of the features. */
  importance(): readonly Importance[];
  /** Bytes that `decode` reads. */
  encode(): Uint8Array;
}
