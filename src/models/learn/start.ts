// Where boosting starts: the best answer without any column.
import type { Dataset } from './dataset.js';

/** The mean, the log-odds of the mean, or the log of each class's share. A class without rows gets a share of 1e-15. */
export function startingMargins(data: Dataset): Float64Array {
  const shares = new Float64Array(data.task === 'multiclass' ? data.classes : 1);
  let total = 0;
  for (let row = 0; row < data.rows; row++) {
    const w = data.weight?.[row] ?? 1;
    const y = data.label[row]!;
    if (data.task === 'multiclass') shares[y]! += w;
    else shares[0]! += w * y;
    total += w;
  }
  return shares.map((sum) => {
    const mean = sum / total;
    if (data.task === 'regression') return mean;
    return data.task === 'binary' ? Math.log(mean / (1 - mean)) : Math.log(Math.max(mean, 1e-15));
  });
}
