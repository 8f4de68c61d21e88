// The ROC curve and the precision-recall curve as points to draw: all of them where there are few, else evenly thinned.
import { type Static, Type } from 'typebox';
import { fromTheTop, rankOrder } from './ranked.js';

export const rankingPoint = Type.Object({
  alerted: Type.Number({ description: 'Share of all rows at or above the threshold.' }),
  sensitivity: Type.Number({ description: 'Also called recall.' }),
  false_positive_rate: Type.Number(),
  precision: Type.Number(),
});
export type RankingPoint = Static<typeof rankingPoint>;

const mostPoints = 200;

/** From the highest threshold down to all rows alerted. Empty where all rows are of one class. */
export function rankingCurve(outcome: Uint8Array, probability: Float64Array): RankingPoint[] {
  const rows = outcome.length;
  const all = outcome.reduce((sum, event) => sum + event, 0);
  if (all === 0 || all === rows) return [];
  const order = rankOrder(probability);
  const points: RankingPoint[] = [];
  let [hits, next] = [0, 0];
  fromTheTop(probability, order, (start, end) => {
    for (let at = start; at < end; at++) hits += outcome[order[at] as number] as number;
    const alerted = rows - start;
    if (start > 0 && alerted < next) return;
    next = alerted + rows / mostPoints;
    points.push({
      alerted: alerted / rows,
      sensitivity: hits / all,
      false_positive_rate: (alerted - hits) / (rows - all),
      precision: hits / alerted,
    });
  });
  return points;
}
