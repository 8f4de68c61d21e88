// The best split of one node by one column, from its histogram of (sum of gradients, sum of hessians and count).
// Sums are whole numbers, so that they do not depend on the order in which rows were added, and a sibling's can be subtracted.
import { Feature, Rules, Split } from './layout';

let gain: f64 = 0;
let bin: u32 = 0;
let missingLeft: u32 = 0;
let leftGradient: i64 = 0;
let leftHessian: i64 = 0;

export function output(g: f64, h: f64, l2: f64, low: f64, high: f64): f64 {
  return min(max(-g / (h + l2), low), high);
}

/** What a side is worth: half the fall of the loss, twice. */
function worth(g: f64, h: f64, l2: f64, constrained: bool, low: f64, high: f64): f64 {
  if (!constrained) return (g * g) / (h + l2);
  const w = output(g, h, l2, low, high);
  return -(2 * g * w + (h + l2) * w * w);
}

/** Keeps the split in `best` where it beats what stands there. */
export function findSplit(
  rules: Rules,
  feature: Feature,
  id: i32,
  histogram: usize,
  gradient: i64,
  hessian: i64,
  low: f64,
  high: f64,
  scratch: usize,
  best: Split,
): void {
  const g = <f64>gradient * rules.gradientUnit;
  const h = <f64>(hessian >> rules.countBits) * rules.hessianUnit;
  const parent = worth(g, h, rules.l2, rules.constrained != 0, low, high);
  // What rounding alone can make is no gain. Each column is judged by itself, so that no split among threads changes the answer.
  const least = parent + rules.minGain + 1e-12 * abs(parent);
  gain = least;
  if (feature.category) {
    byCategory(rules, feature, id, histogram, gradient, hessian, low, high, scratch, best, parent);
    return;
  }
  byNumber(rules, feature, histogram, gradient, hessian, low, high);
  if (gain > least && gain - parent > best.gain) {
    best.gain = gain - parent;
    best.feature = id;
    best.bin = bin;
    best.missingLeft = missingLeft;
    best.category = 0;
    settle(rules, best, gradient, hessian, rules.l2, low, high);
  }
}

function settle(rules: Rules, best: Split, gradient: i64, hessian: i64, l2: f64, low: f64, high: f64): void {
  best.leftGradient = leftGradient;
  best.leftHessian = leftHessian;
  const hl = <f64>(leftHessian >> rules.countBits) * rules.hessianUnit;
  const hr = <f64>((hessian - leftHessian) >> rules.countBits) * rules.hessianUnit;
  best.leftOutput = output(<f64>leftGradient * rules.gradientUnit, hl, l2, low, high);
  best.rightOutput = output(<f64>(gradient - leftGradient) * rules.gradientUnit, hr, l2, low, high);
}

function byNumber(
  rules: Rules,
  feature: Feature,
  histogram: usize,
  gradient: i64,
  hessian: i64,
  low: f64,
  high: f64,
): void {
  const values = feature.bins - 1;
  const mask = (<i64>1 << rules.countBits) - 1;
  const missing = histogram + ((<usize>values) << 4);
  const missingG = load<i64>(missing);
  const missingH = load<i64>(missing, 8);
  const anyMissing = (missingH & mask) != 0;
  const total = <u32>(hessian & mask);
  const minData = rules.minData;
  let sumG: i64 = 0;
  let sumH: i64 = 0;
  for (let b: u32 = 0; b < values; b++) {
    const at = histogram + ((<usize>b) << 4);
    const hc = load<i64>(at, 8);
    if (hc == 0) continue;
    sumG += load<i64>(at);
    sumH += hc;
    const count = <u32>(sumH & mask);
    if (!anyMissing) {
      if (total - count < minData) break;
      if (count >= minData) consider(rules, feature.monotone, b, sumG, sumH, gradient, hessian, low, high, 2);
      continue;
    }
    if (count >= minData && total - count >= minData) {
      consider(rules, feature.monotone, b, sumG, sumH, gradient, hessian, low, high, 0);
    }
    const withMissing = <u32>((sumH + missingH) & mask);
    if (withMissing >= minData && total - withMissing >= minData) {
      consider(rules, feature.monotone, b, sumG + missingG, sumH + missingH, gradient, hessian, low, high, 1);
    }
  }
}

/** `missing`: 0 they go right, 1 left, 2 there are none: later ones go where most rows went. */
function consider(
  rules: Rules,
  monotone: i32,
  at: u32,
  lg: i64,
  lh: i64,
  gradient: i64,
  hessian: i64,
  low: f64,
  high: f64,
  missing: u32,
): void {
  const gl = <f64>lg * rules.gradientUnit;
  const hl = <f64>(lh >> rules.countBits) * rules.hessianUnit;
  const gr = <f64>(gradient - lg) * rules.gradientUnit;
  const hr = <f64>((hessian - lh) >> rules.countBits) * rules.hessianUnit;
  if (hl < rules.minHessian || hr < rules.minHessian) return;
  const l2 = rules.l2;
  let found: f64;
  if (rules.constrained) {
    if (monotone != 0) {
      const difference = output(gr, hr, l2, low, high) - output(gl, hl, l2, low, high);
      if (<f64>monotone * difference < 0) return;
    }
    found = worth(gl, hl, l2, true, low, high) + worth(gr, hr, l2, true, low, high);
  } else {
    found = (gl * gl) / (hl + l2) + (gr * gr) / (hr + l2);
  }
  if (found > gain) {
    gain = found;
    bin = at;
    leftGradient = lg;
    leftHessian = lh;
    if (missing == 2) {
      const mask = (<i64>1 << rules.countBits) - 1;
      missingLeft = <u32>((lh & mask) * 2 >= (hessian & mask));
    } else {
      missingLeft = missing;
    }
  }
}

/** Few categories: one against the rest. Many: in the order of their smoothed answers, from both ends (Fisher 1958; LightGBM). */
function byCategory(
  rules: Rules,
  feature: Feature,
  id: i32,
  histogram: usize,
  gradient: i64,
  hessian: i64,
  low: f64,
  high: f64,
  scratch: usize,
  best: Split,
  parent: f64,
): void {
  const mask = (<i64>1 << rules.countBits) - 1;
  const total = <u32>(hessian & mask);
  const keys = scratch;
  const order = scratch + 2048;
  const oneHot = feature.bins <= rules.maxCatToOneHot + 1;
  let used: u32 = 0;
  for (let b: u32 = 0; b < feature.bins; b++) {
    const at = histogram + ((<usize>b) << 4);
    const hc = load<i64>(at, 8);
    if (hc == 0 || (!oneHot && <f64>(hc & mask) < rules.catSmooth)) continue;
    const key =
      (<f64>load<i64>(at) * rules.gradientUnit) / (<f64>(hc >> rules.countBits) * rules.hessianUnit + rules.catSmooth);
    let i = used;
    if (!oneHot) {
      while (i > 0 && load<f64>(keys + ((<usize>(i - 1)) << 3)) > key) {
        store<f64>(keys + ((<usize>i) << 3), load<f64>(keys + ((<usize>(i - 1)) << 3)));
        store<u8>(order + i, load<u8>(order + i - 1));
        i--;
      }
    }
    store<f64>(keys + ((<usize>i) << 3), key);
    store<u8>(order + i, <u8>b);
    used++;
  }
  if (used == 0) return;
  const l2 = oneHot ? rules.l2 : rules.l2 + rules.catL2;
  const limit = oneHot ? used : min(rules.maxCatThreshold, (used + 1) / 2);
  const constrained = rules.constrained != 0;
  let bestFrom: i32 = 0;
  let bestLength: u32 = 0;
  const ways = oneHot ? 1 : 2;
  for (let backward = 0; backward < ways; backward++) {
    let sumG: i64 = 0;
    let sumH: i64 = 0;
    let group: u32 = 0;
    for (let i: u32 = 0; i < limit; i++) {
      const b = load<u8>(order + (backward ? used - 1 - i : i));
      const at = histogram + ((<usize>b) << 4);
      if (oneHot) {
        sumG = 0;
        sumH = 0;
      }
      sumG += load<i64>(at);
      const hc = load<i64>(at, 8);
      sumH += hc;
      group += <u32>(hc & mask);
      const left = <u32>(sumH & mask);
      const hl = <f64>(sumH >> rules.countBits) * rules.hessianUnit;
      if (left < rules.minData || hl < rules.minHessian) continue;
      const hr = <f64>((hessian - sumH) >> rules.countBits) * rules.hessianUnit;
      if (oneHot) {
        if (total - left < rules.minData || hr < rules.minHessian) continue;
      } else {
        if (total - left < max(rules.minData, rules.minDataPerGroup) || hr < rules.minHessian) break;
        if (group < rules.minDataPerGroup) continue;
        group = 0;
      }
      const gl = <f64>sumG * rules.gradientUnit;
      const gr = <f64>(gradient - sumG) * rules.gradientUnit;
      const found = worth(gl, hl, l2, constrained, low, high) + worth(gr, hr, l2, constrained, low, high);
      if (found > gain) {
        gain = found;
        leftGradient = sumG;
        leftHessian = sumH;
        bestFrom = oneHot ? <i32>i : backward ? -1 : 0;
        bestLength = oneHot ? 1 : i + 1;
      }
    }
  }
  if (bestLength == 0 || gain - parent <= best.gain) return;
  best.gain = gain - parent;
  best.feature = id;
  best.bin = 0;
  best.missingLeft = 0;
  best.category = 1;
  const set = changetype<usize>(best) + offsetof<Split>('mask0');
  memory.fill(set, 0, 32);
  for (let i: u32 = 0; i < bestLength; i++) {
    const place = bestFrom < 0 ? used - 1 - i : <u32>bestFrom + i;
    flip(set, load<u8>(order + place));
  }
  settle(rules, best, gradient, hessian, l2, low, high);
  // The missing, and with them every category never seen, are on the right by definition.
  const last = feature.bins - 1;
  if (holds(set, last)) {
    for (let b: u32 = 0; b < feature.bins; b++) flip(set, b);
    best.leftGradient = gradient - best.leftGradient;
    best.leftHessian = hessian - best.leftHessian;
    const right = best.leftOutput;
    best.leftOutput = best.rightOutput;
    best.rightOutput = right;
  }
}

function flip(set: usize, b: u32): void {
  const at = set + (b >> 3);
  store<u8>(at, load<u8>(at) ^ (<u8>1 << <u8>(b & 7)));
}

export function holds(set: usize, b: u32): bool {
  return ((load<u8>(set + (b >> 3)) >> <u8>(b & 7)) & 1) != 0;
}
