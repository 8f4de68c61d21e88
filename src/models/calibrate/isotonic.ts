// Isotonic calibration: the rising function of the margin with the least squares (Zadrozny and Elkan 2002, KDD 694), by
// pooling adjacent violators (Ayer et al. 1955, Ann Math Stat 26:641).
import { rankOrder } from '../evaluate/ranked.js';
import type { CalibrationMap } from './map.js';

interface Block {
  /** Of the margins in it. */
  first: number;
  last: number;
  sum: number;
  rows: number;
}

/**
 * Rows of equal margin are one point with their mean. Each level stretch is kept by its two ends; between stretches the map
 * is linear, as scikit-learn's. Probabilities of 0 and 1 stand as they are: `calibrated` clips them.
 */
export function isotonic(margin: Float64Array, outcome: Uint8Array): CalibrationMap & { kind: 'isotonic' } {
  const blocks: Block[] = [];
  for (const row of rankOrder(margin)) {
    const [at, event] = [margin[row] as number, outcome[row] as number];
    const top = blocks.at(-1);
    if (top?.last === at && top.first === at) {
      top.sum += event;
      top.rows++;
    } else {
      pool(blocks);
      blocks.push({ first: at, last: at, sum: event, rows: 1 });
    }
  }
  pool(blocks);
  const ends = blocks.flatMap(({ first, last, sum, rows }) =>
    (first === last ? [first] : [first, last]).map((at) => [at, sum / rows] as const),
  );
  return { kind: 'isotonic', margin: ends.map(([at]) => at), probability: ends.map(([, share]) => share) };
}

/** Joins the last block with those before it for as long as its mean is not above theirs. */
function pool(blocks: Block[]): void {
  for (;;) {
    const [before, top] = [blocks.at(-2), blocks.at(-1)];
    if (!before || !top || before.sum * top.rows < top.sum * before.rows) return;
    blocks.pop();
    before.last = top.last;
    before.sum += top.sum;
    before.rows += top.rows;
  }
}
