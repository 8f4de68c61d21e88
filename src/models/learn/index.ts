// The learner's door: data in, a model out. README.md describes it.
export { boost } from './boost.js';
export { type Column, type Dataset, dataset, type Task } from './dataset.js';
export { decode } from './decode.js';
export { forest } from './forest.js';
export { lightgbmText } from './lightgbm.js';
export { type LogisticOptions, logistic } from './logistic.js';
export { softmax } from './loss.js';
export type { Feature, Model } from './model.js';
export type { BoostOptions, ForestOptions } from './options.js';
export { permutationImportance } from './permutation.js';
