// Random forests (Breiman 2001): trees on rows drawn with replacement, each split among a few columns drawn anew.
import { findBinnings, writeBins } from './binning.js';
import type { Dataset } from './dataset.js';
import { type Area, forestJob } from './kernel/forest-job.js';
import { Memory } from './kernel/memory.js';
import { Threads } from './kernel/threads.js';
import { meanError } from './loss.js';
import type { Model } from './model.js';
import { type ForestOptions, forestSettings } from './options.js';
import { treeModel } from './tree-model.js';
import { concatenate, type Trees } from './trees.js';

interface Grown {
  readonly model: Model;
  /** What the trees that did not see a row say of it. */
  readonly outOfBag: {
    /** rows × outputs: probability (of class 1, or of each class) or value; NaN where every tree saw the row. */
    readonly values: Float64Array;
    /** Log loss, or mean squared error, over the rows that have one; NaN without bootstrap. */
    readonly loss: number;
  };
}

/** @throws LEARN_OPTION an option is out of its range. */
export async function forest(data: Dataset, options: ForestOptions = {}): Promise<Grown> {
  const settings = forestSettings(options, data);
  const binnings = findBinnings(data, settings.maxBins);
  const memory = new Memory();
  const bins = memory.bytes(data.rows * binnings.length);
  writeBins(data.columns, binnings, data.rows, bins);
  const job = forestJob(memory, data, binnings, bins.byteOffset, settings);
  const threads = new Threads(memory.shared, settings.threads);
  const parts: Trees[] = [];
  let begun = 0;
  let done = 0;
  const work = async (thread: number, area: Area) => {
    while (begun < settings.trees) {
      settings.signal?.throwIfAborted();
      const tree = begun++;
      const leaves = await threads.call(thread, 'forestTree', job.task, area.at, tree);
      parts[tree] = job.take(area, leaves);
      settings.onProgress?.({ done: ++done, of: settings.trees });
    }
  };
  try {
    await Promise.all(job.areas.map((area, thread) => work(thread, area)));
  } finally {
    await threads.close();
  }
  const model = treeModel({
    kind: 'forest',
    task: data.task,
    classes: data.classes,
    features: binnings.map(({ name, kind, codes }) => ({ name, kind, codes })),
    base: job.base,
    scale: 1 / settings.trees,
    trees: concatenate(parts, job.outputs),
  });
  const values = job.outOfBag();
  return { model, outOfBag: { values, loss: meanError(data, values) } };
}
