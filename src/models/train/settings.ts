// What may be said of a training, in the same words on the command line, over HTTP and to the process that trains.
import { type Static, Type } from 'typebox';
import { algorithms } from './algorithms.js';
import { balances } from './balance.js';

const names = algorithms.map(({ name }) => name);

export const bounds = { trials: [1, 200], folds: [2, 20] } as const;

/** As `carelake train` has usually done. */
export const usualTraining = { algorithm: names, trials: 6, folds: 5, seed: 1 };

export const trainingSettings = Type.Object({
  source: Type.Optional(
    Type.String({
      description: 'Learn from this source; else from the one with the most visits that shows the outcome.',
    }),
  ),
  algorithm: Type.Array(Type.Enum([...names]), {
    minItems: 1,
    description: 'Fit only these.',
    default: names,
  }),
  trials: Type.Integer({
    minimum: bounds.trials[0],
    maximum: bounds.trials[1],
    default: usualTraining.trials,
    description: 'Sets of parameters tried for each algorithm.',
  }),
  folds: Type.Integer({
    minimum: bounds.folds[0],
    maximum: bounds.folds[1],
    default: usualTraining.folds,
    description: 'Into how many parts the patients are divided.',
  }),
  seed: Type.Integer({
    minimum: 0,
    maximum: Number.MAX_SAFE_INTEGER,
    default: usualTraining.seed,
    description: 'The same seed, data and settings give the same model.',
  }),
  balance: Type.Optional(
    Type.Enum([...balances], { description: 'Make rare outcomes count more; the card shows what it does.' }),
  ),
  most: Type.Optional(
    Type.Integer({ minimum: 1, description: 'Learn from no more cases, of patients chosen at random.' }),
  ),
});
export type TrainingSettings = Static<typeof trainingSettings>;

/** The algorithms in the order of the house, whatever the order in which they were named. */
export function trainingOptions({ source, algorithm, trials, folds, seed, balance, most }: TrainingSettings) {
  return {
    algorithms: names.filter((name) => algorithm.includes(name)),
    trials,
    folds,
    seed,
    ...(balance && { balance }),
    ...(most !== undefined && { most }),
    ...(source !== undefined && { source }),
  };
}
