// A tree as the kernel left it in memory, taken out: bins become thresholds, bit masks become sets.
import type { Binning } from '../binning.js';
import { CATEGORY, MISSING_LEFT, SET_WORDS, type Trees } from '../trees.js';
import { NODE } from './records.js';

interface Place {
  readonly nodes: number;
  readonly values: number;
  readonly counts: number;
  readonly leaves: number;
  readonly width: number;
}

export function takeTree(view: DataView, place: Place, binnings: readonly Binning[]): Trees {
  const { leaves, width } = place;
  const nodes = leaves - 1;
  const feature = new Int32Array(nodes);
  const threshold = new Float64Array(nodes);
  const left = new Int32Array(nodes);
  const right = new Int32Array(nodes);
  const flags = new Uint8Array(nodes);
  const gain = new Float64Array(nodes);
  const count = new Int32Array(nodes);
  const sets: number[] = [];
  for (let i = 0; i < nodes; i++) {
    const at = place.nodes + i * NODE.size;
    const field = (name: Exclude<keyof typeof NODE.at, 'gain'>) => view.getInt32(at + NODE.at[name], true);
    const binning = binnings[field('feature')]!;
    feature[i] = field('feature');
    left[i] = field('left');
    right[i] = field('right');
    count[i] = field('count');
    gain[i] = view.getFloat64(at + NODE.at.gain, true);
    if (field('category')) {
      flags[i] = CATEGORY;
      threshold[i] = sets.length / SET_WORDS;
      for (let word = 0; word < SET_WORDS; word++) sets.push(view.getUint32(at + NODE.at.mask + 4 * word, true));
    } else {
      flags[i] = field('missingLeft') ? MISSING_LEFT : 0;
      threshold[i] = binning.cuts[field('bin')] ?? Number.POSITIVE_INFINITY;
    }
  }
  const leafCount = Int32Array.from({ length: leaves }, (_, i) => view.getInt32(place.counts + 4 * i, true));
  const values = Float64Array.from({ length: leaves * width }, (_, i) => view.getFloat64(place.values + 8 * i, true));
  const roots = Int32Array.of(nodes > 0 ? 0 : -1);
  return {
    roots,
    feature,
    threshold,
    left,
    right,
    flags,
    sets: Uint32Array.from(sets),
    gain,
    count,
    leafCount,
    values,
    width,
  };
}
