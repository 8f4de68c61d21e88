// The algorithms that training knows, the simplest first.
import type { Algorithm } from './algorithm.js';
import { boosting } from './boosting.js';
import { forest } from './forest.js';
import { logistic } from './logistic.js';

export const algorithms: readonly Algorithm[] = [logistic, forest, boosting];
