// What an algorithm is to training: how simple it is, where its parameters are drawn from, and how it is fitted.
import type { Dataset, Model } from '../learn/index.js';
import type { Parameters, Ranges } from './ranges.js';

export interface AlgorithmOptions {
  readonly seed: number;
  readonly threads: number;
  readonly signal?: AbortSignal;
}

export interface Algorithm {
  readonly name: 'logistic' | 'forest' | 'boosting';
  readonly label: string;
  /** What is tried first. */
  readonly usual: Parameters;
  readonly ranges: Ranges;
  fit(data: Dataset, parameters: Parameters, options: AlgorithmOptions): Promise<Model>;
}
