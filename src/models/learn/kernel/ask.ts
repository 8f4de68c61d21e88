// Trees of few leaves, asked in the kernel a block of rows at a time (assembly/ask.ts). There is one kernel for all the models of a
// thread, and the model that was asked last stands in its memory.
import { lookup } from '../binning.js';
import type { Column } from '../dataset.js';
import { follow, type Steps, stepsFor } from '../steps.js';
import { CATEGORY, MISSING_LEFT, SET_WORDS, type Trees } from '../trees.js';
import { Memory } from './memory.js';
import { KERNEL } from './module.js';
import { ASKED, ASKED_NODE, ASKED_TREE } from './records.js';

/** Rows that are taken through one tree after another. */
const BLOCK = 128;
/** The number of a leaf is a byte, and so is a bin, 0 being that of the missing. */
const MOST_LEAVES = 256;
const MOST_CUTS = 254;

interface Feature {
  readonly kind: 'number' | 'category';
  readonly codes: Int32Array;
}

interface Packed {
  readonly bytes: Uint8Array;
  readonly task: number;
  readonly columns: number;
  readonly values: number;
  readonly sums: number;
  /** Of each feature: where its cuts stand, and how many they are. */
  readonly cuts: readonly { readonly at: number; readonly count: number }[];
  /** Features that any split asks about. */
  readonly used: readonly number[];
}

interface Exports {
  binValues(values: number, rows: number, cuts: number, count: number, into: number): void;
  askTrees(task: number, rows: number): void;
}

interface Kernel {
  readonly memory: Memory;
  readonly exports: Exports;
  standing: Packed | undefined;
}

let kernel: Kernel | undefined;

function start(): Kernel {
  const memory = new Memory();
  const module = new WebAssembly.Module(Buffer.from(KERNEL, 'base64'));
  const { exports } = new WebAssembly.Instance(module, { env: { memory: memory.shared } });
  return { memory, exports: exports as unknown as Exports, standing: undefined };
}

/**
 * Sums over the trees, rows × outputs, for columns in the order of the features; or nothing where these trees are not for the
 * kernel: one of them has too many leaves, or there are too many cuts of a column.
 */
export function asker(trees: Trees, features: readonly Feature[], outputs: number) {
  const cuts = cutsOf(trees, features.length);
  const steps = stepsFor(trees);
  if (steps.at.length > 2 * MOST_LEAVES - 1 || cuts.some(({ length }) => length > MOST_CUTS)) return undefined;
  const tables = features.map(({ kind, codes }) => (kind === 'category' ? lookup(codes) : undefined));
  let packed: Packed | undefined;
  return (columns: readonly Pick<Column, 'values'>[], rows: number): Float64Array => {
    kernel ??= start();
    const { memory, exports } = kernel;
    if (!packed || kernel.standing !== packed) {
      kernel.standing = undefined;
      if (packed) memory.restore(packed.bytes);
      else packed = pack(memory, trees, steps, cuts, outputs);
      kernel.standing = packed;
    }
    const answers = new Float64Array(rows * outputs);
    const bins = new Uint8Array(memory.shared.buffer, packed.columns, features.length * BLOCK);
    const values = new Float64Array(memory.shared.buffer, packed.values, BLOCK);
    const sums = new Float64Array(memory.shared.buffer, packed.sums, BLOCK * outputs);
    for (let from = 0; from < rows; from += BLOCK) {
      const count = Math.min(BLOCK, rows - from);
      for (const f of packed.used) {
        const own = columns[f]!.values;
        const table = tables[f];
        if (table) {
          const unseen = features[f]!.codes.length;
          for (let row = 0; row < count; row++) bins[f * BLOCK + row] = table[own[from + row]!] ?? unseen;
        } else {
          values.set(own.subarray(from, from + count));
          const { at, count: n } = packed.cuts[f]!;
          exports.binValues(packed.values, count, at, n, packed.columns + f * BLOCK);
        }
      }
      exports.askTrees(packed.task, count);
      answers.set(sums.subarray(0, count * outputs), from * outputs);
    }
    return answers;
  };
}

/** The thresholds that are asked of each number, in rising order. */
function cutsOf(trees: Trees, features: number): Float64Array[] {
  const found = Array.from({ length: features }, () => new Set<number>());
  trees.feature.forEach((f, node) => {
    if (!(trees.flags[node]! & CATEGORY)) found[f]!.add(trees.threshold[node]!);
  });
  return found.map((own) => Float64Array.from(own).sort());
}

function pack(memory: Memory, trees: Trees, steps: Steps, cuts: readonly Float64Array[], outputs: number): Packed {
  memory.clear();
  const { feature, flags, threshold, roots, width } = trees;
  const task = memory.take(ASKED.size);
  const columns = memory.take(cuts.length * BLOCK);
  const values = memory.take(8 * BLOCK);
  const sums = memory.take(8 * BLOCK * outputs);
  const reached = memory.take(16 * steps.at.length);
  const sets = memory.bytes(trees.sets.byteLength);
  sets.set(new Uint8Array(trees.sets.buffer, trees.sets.byteOffset, trees.sets.byteLength));
  const places = cuts.map((own) => {
    const kept = memory.numbers(own.length);
    kept.set(own);
    return { at: kept.byteOffset, count: own.length };
  });
  const ranks = cuts.map((own) => new Map(Array.from(own, (cut, rank) => [cut, rank])));
  const nodes = memory.ids((feature.length * ASKED_NODE.size) / 4);
  const leaves = memory.ids(trees.leafCount.length);
  const answers = memory.numbers(trees.values.length);
  const all = memory.take(roots.length * ASKED_TREE.size);
  const view = memory.view();
  let node = 0;
  let leaf = 0;
  roots.forEach((root, tree) => {
    follow(trees, root, steps);
    const first = { node, leaf };
    let child = 1;
    for (let step = 0; step < steps.count; step++) {
      const at = steps.at[step]!;
      if (at < 0) {
        leaves[leaf] = 16 * step;
        answers.set(trees.values.subarray(~at * width, (~at + 1) * width), leaf++ * width);
        continue;
      }
      const f = feature[at]!;
      const number = !(flags[at]! & CATEGORY);
      const left = flags[at]! & MISSING_LEFT ? 1 : 0;
      const test = number
        ? [0, ranks[f]!.get(threshold[at]!)! + left, 1 - left]
        : [sets.byteOffset + threshold[at]! * SET_WORDS * 4, 0, 0];
      nodes.set([16 * step, 16 * child, f * BLOCK, ...test], (node++ * ASKED_NODE.size) / 4);
      child += 2;
    }
    ASKED_TREE.write(view, all + tree * ASKED_TREE.size, {
      nodes: nodes.byteOffset + first.node * ASKED_NODE.size,
      nodeCount: node - first.node,
      leaves: leaves.byteOffset + 4 * first.leaf,
      leafCount: leaf - first.leaf,
      values: answers.byteOffset + 8 * width * first.leaf,
      output: width > 1 ? 0 : tree % outputs,
    });
  });
  ASKED.write(view, task, { trees: all, treeCount: roots.length, outputs, width, columns, reached, sums });
  const used = [...new Set(feature)].sort((a, b) => a - b);
  return { bytes: memory.copy(), task, columns, values, sums, cuts: places, used };
}
