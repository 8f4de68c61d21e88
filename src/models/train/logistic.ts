// Logistic regression with an L2 penalty: the simplest that is tried, and a baseline of whatever else is chosen.
import { logistic as fitLogistic } from '../learn/index.js';
import type { Algorithm } from './algorithm.js';

export const logistic: Algorithm = {
  name: 'logistic',
  label: 'Logistic regression',
  usual: { l2: 30 },
  ranges: { l2: { from: 0.01, to: 1000, scale: 'log' } },
  async fit(data, { l2 = 30 }, { signal }) {
    return (await fitLogistic(data, { l2, ...(signal && { signal }) })).model;
  },
};
