// What trees of few leaves answer: sixteen rows at a time go through all nodes of a tree, and each node says which of them came to
// it. No turn is guessed, so that none is guessed wrong.

@unmanaged
class Asked {
  trees: usize;
  treeCount: u32;
  /** Numbers in an answer, and in a leaf. */
  outputs: u32;
  width: u32;
  /** A byte for each row of a block, column after column. */
  columns: usize;
  /** Sixteen bytes for each node and leaf: 255 for the rows that came to it. */
  reached: usize;
  sums: usize;
}

@unmanaged
class AskedTree {
  nodes: usize;
  nodeCount: u32;
  /** For each leaf, where in `reached` it stands. */
  leaves: usize;
  leafCount: u32;
  values: usize;
  output: u32;
}
const TREE: usize = 24;

/** A number goes left where its bin less `shift` is no more than `bin`; a category where its bit is in the set. */
@unmanaged
class AskedNode {
  /** Places in `reached`: its own, and that of its left child, before the right one. */
  at: u32;
  children: u32;
  column: u32;
  set: usize;
  bin: u32;
  shift: u32;
}
const NODE: usize = 24;

/** 0 for the missing, else one more than the number of cuts below the value. */
export function binValues(values: usize, rows: u32, cuts: usize, count: u32, into: usize): void {
  for (let i: usize = 0; i < <usize>rows; i++) {
    const value = load<f64>(values + (i << 3));
    let low = cuts;
    for (let left = count; left > 0; ) {
      const half = left >> 1;
      const above = load<f64>(low + ((<usize>half) << 3)) < value;
      low = above ? low + ((<usize>half + 1) << 3) : low;
      left = above ? left - half - 1 : half;
    }
    const bin = value == value ? 1 + <u32>((low - cuts) >> 3) : 0;
    store<u8>(into + i, <u8>bin);
  }
}

/** Sums over the trees for each row of a block, row by row. */
export function askTrees(at: usize, rows: u32): void {
  const asked = changetype<Asked>(at);
  const groups = (rows + 15) >> 4;
  const row = (<usize>asked.outputs) << 3;
  memory.fill(asked.sums, 0, ((<usize>groups) << 4) * row);
  for (let t: u32 = 0; t < asked.treeCount; t++) {
    const tree = changetype<AskedTree>(asked.trees + <usize>t * TREE);
    let sums = asked.sums + ((<usize>tree.output) << 3);
    for (let group: u32 = 0; group < groups; group++) {
      v128.store(asked.reached, leavesOf(tree, asked.reached, asked.columns + ((<usize>group) << 4)));
      for (let i: usize = 0; i < 16; i++) {
        let value = tree.values + (((<usize>load<u8>(asked.reached + i)) * asked.width) << 3);
        for (let k: u32 = 0; k < asked.width; k++) {
          const sum = sums + ((<usize>k) << 3);
          store<f64>(sum, load<f64>(sum) + load<f64>(value + ((<usize>k) << 3)));
        }
        sums += row;
      }
    }
  }
}

/** The number of the leaf of each of sixteen rows. */
function leavesOf(tree: AskedTree, reached: usize, columns: usize): v128 {
  const end = tree.nodes + <usize>tree.nodeCount * NODE;
  v128.store(reached, i8x16.splat(-1));
  for (let at = tree.nodes; at < end; at += NODE) {
    const node = changetype<AskedNode>(at);
    const bins = v128.load(columns + node.column);
    const left = node.set
      ? held(node.set, bins)
      : i8x16.le_u(i8x16.sub(bins, i8x16.splat(<i8>node.shift)), i8x16.splat(<i8>node.bin));
    const here = v128.load(reached + node.at);
    v128.store(reached + node.children, v128.and(here, left));
    v128.store(reached + node.children, v128.andnot(here, left), 16);
  }
  let leaves = i8x16.splat(0);
  for (let i: u32 = 1; i < tree.leafCount; i++) {
    const here = v128.load(reached + load<u32>(tree.leaves + ((<usize>i) << 2)));
    leaves = v128.or(leaves, v128.and(here, i8x16.splat(<i8>i)));
  }
  return leaves;
}

/** Whether each bin is among the 256 bits of a set. */
function held(set: usize, bins: v128): v128 {
  const place = i8x16.shr_u(bins, 3);
  const low = i8x16.swizzle(v128.load(set), place);
  const high = i8x16.swizzle(v128.load(set, 16), i8x16.sub(place, i8x16.splat(16)));
  const powers = i8x16(1, 2, 4, 8, 16, 32, 64, -128, 0, 0, 0, 0, 0, 0, 0, 0);
  const bit = i8x16.swizzle(powers, v128.and(bins, i8x16.splat(7)));
  return i8x16.ne(v128.and(v128.or(low, high), bit), i8x16.splat(0));
}
