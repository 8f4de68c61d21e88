// One round of gradient boosting, run by every thread alike: gradients, a tree for each output, and what it adds to the scores.
import { barrier } from './barrier';
import { Boosting, leafAt, share } from './boosting';
import { gradients, softmax } from './gradients';
import { grow } from './grow';
import { NODE } from './layout';
import { leafOf } from './rows';

export function boostRound(at: usize, thread: u32): void {
  const task = changetype<Boosting>(at);
  const from = share(task.rows, thread, task.threads);
  const to = share(task.rows, thread + 1, task.threads);
  if (task.objective == 2) softmax(task, from, to);
  for (let k: u32 = 0; k < task.classes; k++) {
    if (!task.sampled) for (let i = from; i < to; i++) store<u32>(task.order + ((<usize>i) << 2), i);
    gradients(task, k, from, to, thread);
    grow(task, k, thread);
    score(task, k, thread);
    barrier(task.barrier, task.threads);
  }
}

/** Adds the new tree to the scores of all rows: those in the bag know their leaf, the others walk. */
function score(task: Boosting, k: u32, thread: u32): void {
  const nodes = task.nodes + <usize>k * task.maxLeaves * NODE;
  const values = task.values + (((<usize>k) * task.maxLeaves) << 3);
  const leaves = load<u32>(task.leafCount + ((<usize>k) << 2));
  const classes = <usize>task.classes;
  const bag = task.sampled ? task.inBag : task.rows;
  const from = share(bag, thread, task.threads);
  const to = share(bag, thread + 1, task.threads);
  for (let l: u32 = 0; l < leaves; l++) {
    const leaf = leafAt(task, l);
    const value = load<f64>(values + ((<usize>l) << 3));
    const end = min(to, leaf.begin + leaf.count);
    for (let i = max(from, leaf.begin); i < end; i++) {
      const row = <usize>load<u32>(task.order + ((<usize>i) << 2));
      const at = task.scores + ((row * classes + k) << 3);
      store<f64>(at, load<f64>(at) + value);
    }
  }
  const rest = task.rows - bag;
  const stop = bag + share(rest, thread + 1, task.threads);
  for (let i = bag + share(rest, thread, task.threads); i < stop; i++) {
    const row = <usize>load<u32>(task.order + ((<usize>i) << 2));
    walk(task, nodes, values, leaves, task.bins + row * task.stride, task.scores + ((row * classes + k) << 3));
  }
  const last = share(task.validationRows, thread + 1, task.threads);
  for (let row = <usize>share(task.validationRows, thread, task.threads); row < last; row++) {
    const at = task.validationScores + ((row * classes + k) << 3);
    walk(task, nodes, values, leaves, task.validationBins + row * task.stride, at);
  }
}

function walk(task: Boosting, nodes: usize, values: usize, leaves: u32, row: usize, at: usize): void {
  const leaf = leaves == 1 ? 0 : leafOf(nodes, task.features, row);
  store<f64>(at, load<f64>(at) + load<f64>(values + ((<usize>leaf) << 3)));
}
