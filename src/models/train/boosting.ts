// Gradient boosted trees.
import { boost } from '../learn/index.js';
import type { Algorithm } from './algorithm.js';

/**
 * `travel` is learning rate × trees: how far the model may move from its start. Drawn by itself, so that a low learning rate
 * comes with many trees.
 */
export const boosting: Algorithm = {
  name: 'boosting',
  label: 'Gradient boosting',
  usual: {
    travel: 12,
    learningRate: 0.05,
    maxLeaves: 31,
    minDataInLeaf: 100,
    rowSampling: 0.8,
    columnSampling: 0.5,
    l2: 10,
    catSmooth: 50,
  },
  ranges: {
    travel: { from: 4, to: 20, scale: 'log' },
    learningRate: { from: 0.02, to: 0.1, scale: 'log' },
    maxLeaves: { from: 4, to: 64, scale: 'log', whole: true },
    minDataInLeaf: { from: 20, to: 400, scale: 'log', whole: true },
    rowSampling: { from: 0.6, to: 1, scale: 'linear' },
    columnSampling: { from: 0.3, to: 1, scale: 'linear' },
    l2: { from: 0.1, to: 50, scale: 'log' },
    catSmooth: { from: 5, to: 200, scale: 'log' },
  },
  async fit(data, { travel = 12, ...parameters }, { seed, threads, signal }) {
    const trees = Math.max(1, Math.round(travel / (parameters.learningRate ?? 0.05)));
    return (await boost(data, { ...parameters, trees, seed, threads, ...(signal && { signal }) })).model;
  },
};
