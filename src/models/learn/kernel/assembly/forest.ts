// One tree of a random forest (Breiman 2001), grown by one thread from start to end: a tree's number, not its thread, seeds it.
import { classSplit } from './classes';
import { Feature, FEATURE, Node, NODE, Rules, Split } from './layout';
import { divide, leafOf, sides } from './rows';
import { findSplit } from './split';

@unmanaged
export class Forest {
  rows: u32;
  stride: u32;
  bins: usize;
  features: usize;
  /** Classes where there are more than two, else 1. */
  outputs: u32;
  /** Eight bytes a row: the hessian, and the gradient or (several classes) the class. */
  pairs: usize;
  rules: usize;
  candidates: usize;
  candidateCount: u32;
  perSplit: u32;
  maxDepth: u32;
  bootstrap: u32;
  seed: u32;
  unused: u32;
  outOfBagSums: usize;
  outOfBagCounts: usize;
  outOfBagScale: f64;
}

/** What one thread works in. */
@unmanaged
export class Area {
  order: usize;
  spare: usize;
  drawn: usize;
  /** Sixteen bytes a row: what it adds to a histogram. */
  sums: usize;
  histogram: usize;
  totals: usize;
  split: usize;
  scratch: usize;
  permutation: usize;
  stack: usize;
  nodes: usize;
  values: usize;
  counts: usize;
  leaves: u32;
}

/** Rows still to be split or to become a leaf. */
@unmanaged
class Open {
  begin: u32;
  count: u32;
  depth: u32;
  parent: i32;
}
const OPEN: usize = 16;

let state: u64 = 0;

/** Steele, Lea and Flood 2014 (splitmix64). */
function below(n: u32): u32 {
  state += 0x9e3779b97f4a7c15;
  let z = state;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  z ^= z >> 31;
  return <u32>(((z >> 32) * <u64>n) >> 32);
}

/** Grows tree number `tree` and adds its answers to those of the rows it has not seen; returns its number of leaves. */
export function forestTree(at: usize, areaAt: usize, tree: u32): u32 {
  const task = changetype<Forest>(at);
  const area = changetype<Area>(areaAt);
  const rules = changetype<Rules>(task.rules);
  state = (<u64>task.seed << 32) | tree;
  const drawn = draw(task, area, rules);
  for (let i: u32 = 0; i < task.candidateCount; i++) {
    store<u32>(area.permutation + ((<usize>i) << 2), load<u32>(task.candidates + ((<usize>i) << 2)));
  }
  let nodes: u32 = 0;
  area.leaves = 0;
  let height: usize = 0;
  push(area, height++, 0, drawn, 0, 0);
  while (height > 0) {
    const open = changetype<Open>(area.stack + --height * OPEN);
    const begin = open.begin;
    const count = open.count;
    const depth = open.depth;
    const parent = open.parent;
    const split = changetype<Split>(area.split);
    split.gain = 0;
    const pure = total(task, area, rules, begin, count);
    if (!pure && count >= 2 * rules.minData && depth < task.maxDepth) search(task, area, rules, begin, count);
    if (split.gain <= 0) {
      link(area, parent, ~(<i32>area.leaves));
      leaf(task, area, rules, count);
      continue;
    }
    link(area, parent, nodes);
    const feature = changetype<Feature>(task.features + <usize>split.feature * FEATURE);
    write(area, nodes, count, split);
    sides(split, feature, area.scratch);
    const first = area.order + ((<usize>begin) << 2);
    const left = divide(first, count, task.bins + split.feature, task.stride, area.scratch, area.spare);
    push(area, height++, begin + left, count - left, depth + 1, <i32>(nodes * 2 + 2));
    push(area, height++, begin, left, depth + 1, <i32>(nodes * 2 + 1));
    nodes++;
  }
  if (task.bootstrap) outOfBag(task, area);
  return area.leaves;
}

/** Draws the rows; `order` gets those that came at least once, `sums` what each adds to a histogram. */
function draw(task: Forest, area: Area, rules: Rules): u32 {
  const rows = task.rows;
  memory.fill(area.drawn, task.bootstrap ? 0 : 1, rows);
  if (task.bootstrap) {
    for (let i: u32 = 0; i < rows; i++) {
      const at = area.drawn + below(rows);
      const times = load<u8>(at);
      if (times < 255) store<u8>(at, times + 1);
    }
  }
  let kept: u32 = 0;
  for (let i: u32 = 0; i < rows; i++) {
    const times = <i64>load<u8>(area.drawn + i);
    const pair = load<i64>(task.pairs + ((<usize>i) << 3));
    const hessian = pair & 0xffffffff;
    if (times == 0 || hessian == 0) continue;
    store<u32>(area.order + ((<usize>kept) << 2), i);
    const gradient = task.outputs > 1 ? pair >> 32 : (pair >> 32) * times;
    store<i64>(area.sums + ((<usize>i) << 4), gradient);
    store<i64>(area.sums + ((<usize>i) << 4), ((hessian * times) << rules.countBits) + 1, 8);
    kept++;
  }
  return kept;
}

function push(area: Area, at: usize, begin: u32, count: u32, depth: u32, parent: i32): void {
  const open = changetype<Open>(area.stack + at * OPEN);
  open.begin = begin;
  open.count = count;
  open.depth = depth;
  open.parent = parent;
}

/** `parent`: 0 none, else 1 + 2 × node, and 1 more for its right side. */
function link(area: Area, parent: i32, child: i32): void {
  if (parent == 0) return;
  const node = changetype<Node>(area.nodes + <usize>((parent - 1) >> 1) * NODE);
  if (parent & 1) node.left = child;
  else node.right = child;
}

/** Sums over the rows of a node, and whether they are all alike. Totals: hessian and count, then gradient or classes. */
function total(task: Forest, area: Area, rules: Rules, begin: u32, count: u32): bool {
  const totals = area.totals;
  memory.fill(totals, 0, <usize>(task.outputs + 1) << 3);
  let alike = true;
  let hessian: i64 = 0;
  const first = load<i64>(task.pairs + ((<usize>load<u32>(area.order + ((<usize>begin) << 2))) << 3)) >> 32;
  for (let i = begin; i < begin + count; i++) {
    const row = <usize>load<u32>(area.order + ((<usize>i) << 2));
    const hc = load<i64>(area.sums + (row << 4), 8);
    hessian += hc;
    const own = load<i64>(task.pairs + (row << 3)) >> 32;
    if (own != first) alike = false;
    const at = totals + 8 + (task.outputs > 1 ? (<usize>own) << 3 : 0);
    store<i64>(at, load<i64>(at) + (task.outputs > 1 ? hc >> rules.countBits : load<i64>(area.sums + (row << 4))));
  }
  store<i64>(totals, hessian);
  return alike;
}

/** Looks at columns drawn one after another: as many as asked for, and more only until one of them splits at all. */
function search(task: Forest, area: Area, rules: Rules, begin: u32, count: u32): void {
  const split = changetype<Split>(area.split);
  const hessian = load<i64>(area.totals);
  const gradient = load<i64>(area.totals, 8);
  const candidates = task.candidateCount;
  for (let seen: u32 = 0; seen < candidates && (seen < task.perSplit || split.gain <= 0); seen++) {
    const here = area.permutation + ((<usize>seen) << 2);
    const there = area.permutation + ((<usize>(seen + below(candidates - seen))) << 2);
    const id = load<u32>(there);
    store<u32>(there, load<u32>(here));
    store<u32>(here, id);
    const feature = changetype<Feature>(task.features + <usize>id * FEATURE);
    const first = area.order + ((<usize>begin) << 2);
    if (task.outputs > 1) {
      fillClasses(task, area, rules, feature, id, first, count);
      classSplit(rules, feature, id, area.histogram, area.totals, task.outputs, area.scratch, split);
    } else {
      fill(task, area, feature, id, first, count);
      const scratch = area.scratch;
      findSplit(rules, feature, id, area.histogram, gradient, hessian, -Infinity, Infinity, scratch, split);
    }
  }
}

function fill(task: Forest, area: Area, feature: Feature, id: u32, first: usize, count: u32): void {
  const histogram = area.histogram;
  memory.fill(histogram, 0, <usize>feature.bins << 4);
  const column = task.bins + id;
  const stride = <usize>task.stride;
  const end = first + ((<usize>count) << 2);
  for (let at = first; at < end; at += 4) {
    const row = <usize>load<u32>(at);
    const slot = histogram + ((<usize>load<u8>(column + row * stride)) << 4);
    v128.store(slot, i64x2.add(v128.load(slot), v128.load(area.sums + (row << 4))));
  }
}

function fillClasses(task: Forest, area: Area, rules: Rules, feature: Feature, id: u32, first: usize, count: u32): void {
  const histogram = area.histogram;
  const width = (<usize>task.outputs + 1) << 3;
  memory.fill(histogram, 0, <usize>feature.bins * width);
  const column = task.bins + id;
  const stride = <usize>task.stride;
  const end = first + ((<usize>count) << 2);
  for (let at = first; at < end; at += 4) {
    const row = <usize>load<u32>(at);
    const slot = histogram + <usize>load<u8>(column + row * stride) * width;
    const hc = load<i64>(area.sums + (row << 4), 8);
    store<i64>(slot, load<i64>(slot) + hc);
    const own = slot + 8 + ((<usize>load<i64>(area.sums + (row << 4))) << 3);
    store<i64>(own, load<i64>(own) + (hc >> rules.countBits));
  }
}

function leaf(task: Forest, area: Area, rules: Rules, count: u32): void {
  const at = area.leaves++;
  store<u32>(area.counts + ((<usize>at) << 2), count);
  const hessian = <f64>(load<i64>(area.totals) >> rules.countBits) * rules.hessianUnit;
  const unit = task.outputs > 1 ? rules.hessianUnit : -rules.gradientUnit;
  for (let k: u32 = 0; k < task.outputs; k++) {
    const sum = <f64>load<i64>(area.totals + 8 + ((<usize>k) << 3)) * unit;
    store<f64>(area.values + (((<usize>at) * task.outputs + k) << 3), sum / hessian);
  }
}

function write(area: Area, at: u32, count: u32, split: Split): void {
  const node = changetype<Node>(area.nodes + <usize>at * NODE);
  node.gain = split.gain;
  node.feature = split.feature;
  node.bin = split.bin;
  node.missingLeft = split.missingLeft;
  node.category = split.category;
  node.count = count;
  const set = changetype<usize>(split) + offsetof<Split>('mask0');
  memory.copy(changetype<usize>(node) + offsetof<Node>('mask0'), set, 32);
}

/** Whole numbers again, so that it does not matter which thread is done first. */
function outOfBag(task: Forest, area: Area): void {
  for (let i: u32 = 0; i < task.rows; i++) {
    if (load<u8>(area.drawn + i)) continue;
    const row = task.bins + <usize>i * task.stride;
    const leaf = area.leaves == 1 ? 0 : leafOf(area.nodes, task.features, row);
    for (let k: u32 = 0; k < task.outputs; k++) {
      const value = load<f64>(area.values + (((<usize>leaf) * task.outputs + k) << 3));
      const at = task.outOfBagSums + (((<usize>i) * task.outputs + k) << 3);
      atomic.add<i64>(at, <i64>nearest(value * task.outOfBagScale));
    }
    atomic.add<u32>(task.outOfBagCounts + ((<usize>i) << 2), 1);
  }
}
