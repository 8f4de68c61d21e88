import { dataset } from '../../dist/models/learn/index.js';

/** The first rows to learn from, the others to be asked about. */
export function halves(made, train) {
  const all = dataset(made);
  const rows = Uint32Array.from(made.label.keys());
  return { train: all.subset(rows.subarray(0, train)), test: all.subset(rows.subarray(train)) };
}
