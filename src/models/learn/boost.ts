import { type Binning, findBinnings, writeBins } from './binning.js';
import { align } from './columns.js';
import type { Column, Dataset } from './dataset.js';
import { Memory } from './kernel/memory.js';
import { BOOSTING, LEAF_SIZE, NODE, RULES, SCRATCH_SIZE, SPLIT_SIZE } from './kernel/records.js';
import { writeFeatures, writeRules } from './kernel/settings.js';
import { Threads } from './kernel/threads.js';
import { takeTree } from './kernel/trees.js';
import { meanLoss } from './loss.js';
import type { Model } from './model.js';
import { type BoostOptions, boostSettings } from './options.js';
import { random, sample } from './random.js';
import { startingMargins } from './start.js';
import { treeModel } from './tree-model.js';
import { concatenate, type Trees } from './trees.js';

interface Boosted {
  readonly model: Model;
  /** Rounds that the model consists of. */
  readonly bestRound: number;
  /** Mean loss on the validation data after each round that was run. */
  readonly history: { readonly validation: readonly number[] };
}

/**
 * Learns `trees` rounds, or fewer where early stopping says so: one tree a round, for several classes one tree a class.
 * @throws LEARN_OPTION an option is out of its range or names no column.
 */
export async function boost(data: Dataset, options: BoostOptions = {}): Promise<Boosted> {
  const settings = boostSettings(options, data);
  const binnings = findBinnings(data, settings.maxBins);
  const memory = new Memory();
  const job = prepare(memory, data, binnings, settings);
  const threads = new Threads(memory.shared, settings.threads);
  const parts: Trees[] = [];
  const history: number[] = [];
  let best = 0;
  try {
    for (let round = 1; round <= settings.trees; round++) {
      settings.signal?.throwIfAborted();
      job.draw();
      await threads.together('boostRound', job.task);
      parts.push(...job.take());
      const validationLoss = job.validationLoss();
      if (validationLoss !== undefined) {
        history.push(validationLoss);
        if (validationLoss < (history[best - 1] ?? Number.POSITIVE_INFINITY)) best = round;
      }
      settings.onProgress?.({ done: round, of: settings.trees, validationLoss });
      if (settings.earlyStopping && round - best >= settings.earlyStopping) break;
    }
  } finally {
    await threads.close();
  }
  const outputs = job.outputs;
  const bestRound = settings.earlyStopping ? best : parts.length / outputs;
  const model = treeModel({
    kind: 'boosting',
    task: data.task,
    classes: data.classes,
    features: binnings.map(({ name, kind, codes }) => ({ name, kind, codes })),
    base: job.base,
    scale: 1,
    trees: concatenate(parts.slice(0, bestRound * outputs), 1),
  });
  return { model, bestRound, history: { validation: history } };
}

type Settings = ReturnType<typeof boostSettings>;

/** Lays everything out in memory; what comes back draws samples, reads trees and measures. */
function prepare(memory: Memory, data: Dataset, binnings: readonly Binning[], settings: Settings) {
  const { rows } = data;
  const stride = binnings.length;
  const outputs = data.task === 'multiclass' ? data.classes : 1;
  const { threads } = settings;
  // More leaves than can hold enough rows there are never.
  const maxLeaves = Math.max(2, Math.min(settings.maxLeaves, Math.floor(rows / settings.minDataInLeaf)));
  const bins = memory.bytes(rows * stride);
  writeBins(data.columns, binnings, rows, bins);
  const label = memory.numbers(rows);
  label.set(data.label);
  const weight = memory.numbers(rows);
  if (data.weight) weight.set(data.weight);
  else weight.fill(1);
  const base = startingMargins(data);
  const scores = memory.numbers(rows * outputs);
  const fill = (into: Float64Array) =>
    into.forEach((_, i) => {
      into[i] = base[i % outputs]!;
    });
  fill(scores);
  const validation = settings.validation && validationRows(memory, settings.validation, binnings, outputs);
  if (validation) fill(validation.scores);
  const order = memory.ids(rows);
  const used = memory.ids(stride);
  const { features, histogramBytes } = writeFeatures(memory, binnings, settings.monotone);
  const sampled = settings.rowSampling < 1;
  const inBag = Math.max(1, Math.round(settings.rowSampling * rows));
  const candidates = Uint32Array.from(binnings.keys()).filter((f) => binnings[f]!.bins > 1);
  const usedCount = Math.max(1, Math.round(settings.columnSampling * candidates.length));
  const countBits = Math.ceil(Math.log2(rows + 1));
  const nodes = memory.take(outputs * maxLeaves * NODE.size);
  const values = memory.take(outputs * maxLeaves * 8);
  const counts = memory.take(outputs * maxLeaves * 4);
  const leafCount = memory.ids(outputs);
  const task = memory.take(BOOSTING.size);
  const fields = {
    threads,
    barrier: memory.take(8),
    rows,
    stride,
    bins: bins.byteOffset,
    features,
    used: used.byteOffset,
    usedCount,
    objective: { regression: 0, binary: 1, multiclass: 2 }[data.task],
    classes: outputs,
    label: label.byteOffset,
    weight: weight.byteOffset,
    scores: scores.byteOffset,
    probabilities: data.task === 'multiclass' ? memory.take(8 * rows * outputs) : 0,
    pairs: memory.take(8 * rows),
    order: order.byteOffset,
    sampled: sampled ? 1 : 0,
    inBag,
    spare: memory.take(4 * rows),
    histograms: memory.take(maxLeaves * histogramBytes),
    histogramBytes,
    leaves: memory.take(maxLeaves * LEAF_SIZE),
    maxLeaves,
    maxDepth: settings.maxDepth,
    nodes,
    values,
    counts,
    leafCount: leafCount.byteOffset,
    best: memory.take(threads * 2 * SPLIT_SIZE),
    scratch: memory.take(threads * SCRATCH_SIZE),
    extremes: memory.take(threads * 8),
    validationRows: validation?.data.rows ?? 0,
    validationBins: validation?.bins.byteOffset ?? 0,
    validationScores: validation?.scores.byteOffset ?? 0,
    rules: memory.take(RULES.size),
    learningRate: settings.learningRate,
    // Sums over all rows fit: the gradient in 63 bits, the hessian in what the count leaves of them.
    gradientBits: 30,
    hessianBits: Math.min(30, 63 - 2 * countBits),
    maxWeight: data.weight ? data.weight.reduce((a, b) => Math.max(a, b), 0) : 1,
  };
  writeRules(memory, fields.rules, { ...settings, constrained: Object.keys(settings.monotone).length > 0, countBits });
  BOOSTING.write(memory.view(), task, fields);
  const next = random(settings.seed);
  return {
    task,
    base,
    outputs,
    draw(): void {
      used.set(sampleOf(candidates, usedCount, next));
      if (!sampled) return;
      const bag = sample(rows, inBag, next);
      order.set(bag);
      order.set(others(bag, rows), inBag);
    },
    take: () =>
      Array.from({ length: outputs }, (_, k) => {
        const place = {
          nodes: nodes + k * maxLeaves * NODE.size,
          values: values + k * maxLeaves * 8,
          counts: counts + k * maxLeaves * 4,
          leaves: leafCount[k]!,
          width: 1,
        };
        return takeTree(memory.view(), place, binnings);
      }),
    validationLoss: () => validation && meanLoss(validation.data, validation.scores),
  };
}

function validationRows(memory: Memory, data: Dataset, binnings: readonly Binning[], outputs: number) {
  const { columns } = align(binnings, data.columns) as { columns: Column[] };
  const bins = memory.bytes(data.rows * binnings.length);
  writeBins(columns, binnings, data.rows, bins);
  return { data, bins, scores: memory.numbers(data.rows * outputs) };
}

function sampleOf(from: Uint32Array, count: number, next: () => number): Uint32Array {
  if (count === from.length) return from;
  return sample(from.length, count, next).map((i) => from[i]!);
}

/** What of 0..n is not among `chosen`, which is in rising order. */
function others(chosen: Uint32Array, n: number): Uint32Array {
  const rest = new Uint32Array(n - chosen.length);
  for (let i = 0, c = 0, r = 0; i < n; i++) {
    if (chosen[c] === i) c++;
    else rest[r++] = i;
  }
  return rest;
}
