// The best split of one node by one column where there are several classes: the fall of Gini's impurity.
import { Feature, Rules, Split } from './layout';
import { holds } from './split';

let gain: f64 = 0;
let bestPlace: i32 = -1;
let bestMissing: u32 = 0;

/** A bin of the histogram has outputs + 1 numbers: hessian and count, then the hessian of each class. So have the totals. */
export function classSplit(
  rules: Rules,
  feature: Feature,
  id: u32,
  histogram: usize,
  totals: usize,
  classes: u32,
  scratch: usize,
  best: Split,
): void {
  const width = (<usize>classes + 1) << 3;
  const order = scratch + 2048;
  const left = scratch + 2560;
  const used = feature.category
    ? byShare(rules, feature, histogram, totals, classes, scratch, order)
    : present(feature.bins - 1, histogram, width, order);
  const missing = feature.category ? 0 : histogram + <usize>(feature.bins - 1) * width;
  const anyMissing = missing != 0 && load<i64>(missing) != 0;
  const parent = worth(rules, totals, 0, 0, classes);
  const least = parent + 1e-12 * parent;
  gain = least;
  bestPlace = -1;
  memory.fill(left, 0, width);
  for (let i: u32 = 0; i < used; i++) {
    const at = histogram + <usize>load<u8>(order + i) * width;
    for (let k: usize = 0; k < width; k += 8) store<i64>(left + k, load<i64>(left + k) + load<i64>(at + k));
    consider(rules, totals, left, 0, classes, i, anyMissing ? 0 : 2);
    if (anyMissing) consider(rules, totals, left, missing, classes, i, 1);
  }
  if (bestPlace < 0 || gain - parent <= best.gain) return;
  best.gain = gain - parent;
  best.feature = id;
  best.category = feature.category;
  best.missingLeft = bestMissing;
  best.bin = load<u8>(order + bestPlace);
  if (!feature.category) return;
  const set = changetype<usize>(best) + offsetof<Split>('mask0');
  memory.fill(set, 0, 32);
  for (let i: i32 = 0; i <= bestPlace; i++) flip(set, load<u8>(order + i));
  if (holds(set, feature.bins - 1)) for (let b: u32 = 0; b < feature.bins; b++) flip(set, b);
}

function flip(set: usize, b: u32): void {
  store<u8>(set + (b >> 3), load<u8>(set + (b >> 3)) ^ (<u8>1 << <u8>(b & 7)));
}

/** Sum over the classes of (their weight)² by the weight of all: of left + more, or of totals without them. */
function worth(rules: Rules, base: usize, less: usize, more: usize, classes: u32): f64 {
  let squares: f64 = 0;
  let hessian = load<i64>(base);
  if (less) hessian -= load<i64>(less);
  if (more) hessian += less ? -load<i64>(more) : load<i64>(more);
  for (let k: u32 = 1; k <= classes; k++) {
    const at = (<usize>k) << 3;
    let sum = load<i64>(base + at);
    if (less) sum -= load<i64>(less + at);
    if (more) sum += less ? -load<i64>(more + at) : load<i64>(more + at);
    const real = <f64>sum * rules.hessianUnit;
    squares += real * real;
  }
  return squares / (<f64>(hessian >> rules.countBits) * rules.hessianUnit);
}

function consider(rules: Rules, totals: usize, left: usize, more: usize, classes: u32, place: u32, missing: u32): void {
  const mask = (<i64>1 << rules.countBits) - 1;
  const own = load<i64>(left) + (more ? load<i64>(more) : 0);
  const all = load<i64>(totals);
  const count = <u32>(own & mask);
  if (count < rules.minData || <u32>(all & mask) - count < rules.minData) return;
  const found = worth(rules, left, 0, more, classes) + worth(rules, totals, left, more, classes);
  if (!(found > gain)) return;
  gain = found;
  bestPlace = place;
  bestMissing = missing == 2 ? <u32>((own & mask) * 2 >= (all & mask)) : missing;
}

function present(values: u32, histogram: usize, width: usize, order: usize): u32 {
  let used: u32 = 0;
  for (let b: u32 = 0; b < values; b++) if (load<i64>(histogram + <usize>b * width)) store<u8>(order + used++, <u8>b);
  return used;
}

/** Categories in the order of the smoothed share that the node's commonest class has in them. */
function byShare(
  rules: Rules,
  feature: Feature,
  histogram: usize,
  totals: usize,
  classes: u32,
  keys: usize,
  order: usize,
): u32 {
  const width = (<usize>classes + 1) << 3;
  let common: usize = 8;
  for (let k: usize = 16; k < width; k += 8) if (load<i64>(totals + k) > load<i64>(totals + common)) common = k;
  let used: u32 = 0;
  for (let b: u32 = 0; b < feature.bins; b++) {
    const at = histogram + <usize>b * width;
    const hc = load<i64>(at);
    if (hc == 0) continue;
    const hessian = <f64>(hc >> rules.countBits) * rules.hessianUnit;
    const key = (<f64>load<i64>(at + common) * rules.hessianUnit) / (hessian + rules.catSmooth);
    let i = used++;
    while (i > 0 && load<f64>(keys + ((<usize>(i - 1)) << 3)) > key) {
      store<f64>(keys + ((<usize>i) << 3), load<f64>(keys + ((<usize>(i - 1)) << 3)));
      store<u8>(order + i, load<u8>(order + i - 1));
      i--;
    }
    store<f64>(keys + ((<usize>i) << 3), key);
    store<u8>(order + i, <u8>b);
  }
  return used;
}
