// Columns and rules written where the kernel reads them.
import type { Binning } from '../binning.js';
import type { Memory } from './memory.js';
import { FEATURE, RULES } from './records.js';

interface Rules {
  readonly minDataInLeaf: number;
  readonly maxCatThreshold: number;
  readonly minDataPerGroup: number;
  readonly maxCatToOneHot: number;
  readonly constrained: boolean;
  readonly countBits: number;
  readonly minHessianInLeaf: number;
  readonly minGain: number;
  readonly l2: number;
  readonly catSmooth: number;
  readonly catL2: number;
}

export function writeRules(memory: Memory, at: number, rules: Rules): void {
  RULES.write(memory.view(), at, {
    minData: rules.minDataInLeaf,
    maxCatThreshold: rules.maxCatThreshold,
    minDataPerGroup: rules.minDataPerGroup,
    maxCatToOneHot: rules.maxCatToOneHot,
    constrained: rules.constrained ? 1 : 0,
    countBits: rules.countBits,
    minHessian: rules.minHessianInLeaf,
    minGain: rules.minGain,
    l2: rules.l2,
    catSmooth: rules.catSmooth,
    catL2: rules.catL2,
  });
}

/** Returns where the columns stand and how long the histograms of all of them are. */
export function writeFeatures(
  memory: Memory,
  binnings: readonly Binning[],
  monotone: Readonly<Record<string, number>>,
): { features: number; histogramBytes: number } {
  const features = memory.take(FEATURE.size * binnings.length);
  const view = memory.view();
  let histogramBytes = 0;
  binnings.forEach(({ name, kind, bins }, f) => {
    FEATURE.write(view, features + f * FEATURE.size, {
      bins,
      offset: histogramBytes,
      category: kind === 'category' ? 1 : 0,
      monotone: monotone[name] ?? 0,
    });
    histogramBytes += bins * 16;
  });
  return { features, histogramBytes };
}
