// An algorithm with its parameters, and what it makes of training rows.
import type { Dataset, Model } from '../learn/index.js';
import type { Algorithm, AlgorithmOptions } from './algorithm.js';
import { type Balance, balanced } from './balance.js';
import type { Parameters } from './ranges.js';

export interface Candidate {
  readonly algorithm: Algorithm;
  readonly parameters: Parameters;
}

export interface FitOptions extends AlgorithmOptions {
  /** What is done about rare outcomes; nothing where it is not given. */
  readonly balance?: Balance;
}

export async function fitted(
  { algorithm, parameters }: Candidate,
  rows: Dataset,
  { balance, ...options }: FitOptions,
): Promise<Model> {
  return algorithm.fit(balance ? balanced[balance](rows, options.seed) : rows, parameters, options);
}
