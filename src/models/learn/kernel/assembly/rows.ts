// What is done with the rows of a node: adding them to histograms, dividing them between two children, walking a tree.
import { Feature, FEATURE, Node, NODE, Split } from './layout';
import { holds } from './split';

/** Adds rows order[0..count) to the histograms of features used[from..to). A row's bins lie side by side. */
export function accumulate(
  bins: usize,
  stride: usize,
  pairs: usize,
  countBits: u32,
  order: usize,
  count: u32,
  features: usize,
  used: usize,
  from: u32,
  to: u32,
  histogram: usize,
): void {
  for (let k = from; k < to; k++) {
    const feature = changetype<Feature>(features + <usize>load<u32>(used + ((<usize>k) << 2)) * FEATURE);
    memory.fill(histogram + feature.offset, 0, <usize>feature.bins << 4);
  }
  const end = order + ((<usize>count) << 2);
  const first = used + ((<usize>from) << 2);
  const last = used + ((<usize>to) << 2);
  for (let at = order; at < end; at += 4) {
    const row = <usize>load<u32>(at);
    const pair = load<i64>(pairs + (row << 3));
    const sums = i64x2.replace_lane(i64x2.splat(pair >> 32), 1, ((pair & 0xffffffff) << countBits) + 1);
    const base = bins + row * stride;
    for (let k = first; k < last; k += 4) {
      const id = <usize>load<u32>(k);
      const slot =
        histogram + load<u32>(features + id * FEATURE, offsetof<Feature>('offset')) + ((<usize>load<u8>(base + id)) << 4);
      v128.store(slot, i64x2.add(v128.load(slot), sums));
    }
  }
}

/** Fills 256 bytes: whether a row in that bin goes left. */
export function sides(split: Split, feature: Feature, table: usize): void {
  const missing = feature.bins - 1;
  const set = changetype<usize>(split) + offsetof<Split>('mask0');
  for (let b: u32 = 0; b <= missing; b++) {
    const left = split.category ? holds(set, b) : b == missing ? split.missingLeft != 0 : b <= split.bin;
    store<u8>(table + b, left ? 1 : 0);
  }
}

/** Brings the rows that go left to the front, both sides in their old order; returns how many they are. */
export function divide(order: usize, count: u32, column: usize, stride: usize, table: usize, spare: usize): u32 {
  let left = order;
  let right = spare;
  const end = order + ((<usize>count) << 2);
  for (let at = order; at < end; at += 4) {
    const row = load<u32>(at);
    const goes = <usize>load<u8>(table + load<u8>(column + <usize>row * stride));
    store<u32>(left, row);
    store<u32>(right, row);
    left += goes << 2;
    right += (1 - goes) << 2;
  }
  memory.copy(left, spare, right - spare);
  return <u32>((left - order) >> 2);
}

/** The leaf that a row of bins ends in. */
export function leafOf(nodes: usize, features: usize, row: usize): i32 {
  let at: i32 = 0;
  while (at >= 0) {
    const node = changetype<Node>(nodes + <usize>at * NODE);
    const b = <u32>load<u8>(row + node.feature);
    let left: bool;
    if (node.category) left = holds(changetype<usize>(node) + offsetof<Node>('mask0'), b);
    else if (b == load<u32>(features + <usize>node.feature * FEATURE) - 1) left = node.missingLeft != 0;
    else left = b <= node.bin;
    at = left ? node.left : node.right;
  }
  return ~at;
}
