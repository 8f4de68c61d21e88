// A forest's work laid out in memory, and its results taken out again.
import type { Binning } from '../binning.js';
import type { Dataset } from '../dataset.js';
import type { forestSettings } from '../options.js';
import type { Trees } from '../trees.js';
import type { Memory } from './memory.js';
import { AREA, FOREST, NODE, OPEN_SIZE, RULES, SCRATCH_SIZE, SPLIT_SIZE } from './records.js';
import { writeFeatures, writeRules } from './settings.js';
import { takeTree } from './trees.js';

export interface Area {
  readonly at: number;
  readonly nodes: number;
  readonly values: number;
  readonly counts: number;
}

export function forestJob(
  memory: Memory,
  data: Dataset,
  binnings: readonly Binning[],
  bins: number,
  settings: ReturnType<typeof forestSettings>,
) {
  const { rows, task, label, weight } = data;
  const outputs = task === 'multiclass' ? data.classes : 1;
  const countBits = Math.ceil(Math.log2(rows + 1));
  // Values are measured from their mean, so that the sums keep their precision.
  const center = task === 'regression' ? mean(data) : 0;
  const top = (value: (row: number) => number) =>
    label.reduce((most, _, row) => Math.max(most, Math.abs(value(row))), 0);
  const w = (row: number) => weight?.[row] ?? 1;
  const gradient =
    task === 'multiclass'
      ? undefined
      : scaleFor(
          30,
          top((row) => w(row) * (label[row]! - center)),
        );
  const hessian = scaleFor(Math.min(30, 63 - 2 * countBits), top(w));
  const pairs = memory.ids(2 * rows);
  for (let row = 0; row < rows; row++) {
    pairs[2 * row] = Math.round(w(row) * hessian);
    pairs[2 * row + 1] = gradient ? Math.round(-w(row) * (label[row]! - center) * gradient) : label[row]!;
  }
  const { features } = writeFeatures(memory, binnings, {});
  const used = Uint32Array.from(binnings.keys()).filter((f) => binnings[f]!.bins > 1);
  const candidates = memory.ids(used.length);
  candidates.set(used);
  const rules = memory.take(RULES.size);
  writeRules(memory, rules, {
    ...settings,
    minHessianInLeaf: 1e-300,
    minGain: 0,
    l2: 0,
    constrained: false,
    countBits,
  });
  RULES.write(memory.view(), rules, { gradientUnit: 1 / (gradient ?? 1), hessianUnit: 1 / hessian });
  const sums = memory.take(8 * rows * outputs);
  const counts = memory.ids(rows);
  const unit = scaleFor(40, task === 'regression' ? top((row) => label[row]! - center) : 1);
  const at = memory.take(FOREST.size);
  FOREST.write(memory.view(), at, {
    rows,
    stride: binnings.length,
    bins,
    features,
    outputs,
    pairs: pairs.byteOffset,
    rules,
    candidates: candidates.byteOffset,
    candidateCount: used.length,
    perSplit: settings.featuresPerSplit,
    maxDepth: settings.maxDepth,
    bootstrap: settings.bootstrap ? 1 : 0,
    seed: settings.seed,
    outOfBagSums: sums,
    outOfBagCounts: counts.byteOffset,
    outOfBagScale: unit,
  });
  const areas = Array.from({ length: settings.threads }, () =>
    area(memory, rows, outputs, used.length, settings.minDataInLeaf),
  );
  return {
    task: at,
    outputs,
    base: new Float64Array(outputs).fill(center),
    areas,
    take: (own: Area, leaves: number): Trees => takeTree(memory.view(), { ...own, leaves, width: outputs }, binnings),
    outOfBag: (): Float64Array => {
      const all = new BigInt64Array(memory.shared.buffer, sums, rows * outputs);
      return Float64Array.from(all, (sum, i) => center + Number(sum) / unit / counts[Math.floor(i / outputs)]!);
    },
  };
}

function area(memory: Memory, rows: number, outputs: number, columns: number, minDataInLeaf: number): Area {
  const leaves = Math.max(1, Math.floor(rows / minDataInLeaf));
  const own = {
    nodes: memory.take(leaves * NODE.size),
    values: memory.take(leaves * outputs * 8),
    counts: memory.take(leaves * 4),
  };
  const at = memory.take(AREA.size);
  const fields = {
    ...own,
    order: memory.take(4 * rows),
    spare: memory.take(4 * rows),
    drawn: memory.take(rows),
    sums: memory.take(16 * rows),
    histogram: memory.take(256 * 8 * (outputs + 1)),
    totals: memory.take(8 * (outputs + 1)),
    split: memory.take(SPLIT_SIZE),
    scratch: memory.take(SCRATCH_SIZE + 8 * (outputs + 1)),
    permutation: memory.take(4 * columns),
    stack: memory.take(OPEN_SIZE * (leaves + 1)),
  };
  AREA.write(memory.view(), at, fields);
  return { at, ...own };
}

/** A power of two that brings `top` just below 2^bits. */
function scaleFor(bits: number, top: number): number {
  return top === 0 ? 1 : 2 ** (bits - 1 - Math.floor(Math.log2(top)));
}

function mean({ label, weight }: Dataset): number {
  let sum = 0;
  let total = 0;
  label.forEach((y, row) => {
    const w = weight?.[row] ?? 1;
    sum += w * y;
    total += w;
  });
  return sum / total;
}
