// A random forest.
import { forest as growForest } from '../learn/index.js';
import type { Algorithm } from './algorithm.js';

export const forest: Algorithm = {
  name: 'forest',
  label: 'Random forest',
  usual: { trees: 200, minDataInLeaf: 20, featuresPerSplit: 8 },
  ranges: {
    trees: { from: 100, to: 400, scale: 'log', whole: true },
    minDataInLeaf: { from: 5, to: 100, scale: 'log', whole: true },
    featuresPerSplit: { from: 4, to: 20, scale: 'log', whole: true },
  },
  async fit(data, { trees = 200, minDataInLeaf = 20, featuresPerSplit = 8 }, { seed, threads, signal }) {
    const most = Math.min(featuresPerSplit, data.columns.length);
    const options = { trees, minDataInLeaf, featuresPerSplit: most, seed, threads };
    return (await growForest(data, { ...options, ...(signal && { signal }) })).model;
  },
};
