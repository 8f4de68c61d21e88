// One candidate: fitted on each split's training rows and asked about its test rows.
import type { Split } from '../evaluate/folds.js';
import { clipped, probabilityOf } from '../evaluate/log-odds.js';
import { logLossOf } from '../evaluate/losses.js';
import { taken } from '../evaluate/patients.js';
import type { Column, Dataset } from '../learn/index.js';
import { softmax } from '../learn/index.js';
import { type Candidate, type FitOptions, fitted } from './candidate.js';
import { logOddsOf } from './log-odds.js';

export interface Validated extends Candidate {
  /** Of each row, by a model that has not seen its patient; NaN for a row that no split asks about. */
  readonly logOdds: Float64Array;
  /** The mean log loss of each split's test rows. */
  readonly losses: readonly number[];
}

export interface ValidateOptions extends FitOptions {
  readonly onSplit?: () => void;
}

export async function crossValidate(
  data: Dataset,
  splits: readonly Split[],
  candidate: Candidate,
  { onSplit, ...options }: ValidateOptions,
): Promise<Validated> {
  const width = data.task === 'multiclass' ? data.classes : 1;
  const logOdds = new Float64Array(data.rows * width).fill(Number.NaN);
  const losses: number[] = [];
  for (const { train, test } of splits) {
    options.signal?.throwIfAborted();
    const model = await fitted(candidate, data.subset(train), options);
    const said = logOddsOf(model, columnsAt(data.columns, test));
    for (const [at, row] of test.entries()) logOdds.set(said.subarray(at * width, (at + 1) * width), row * width);
    losses.push(meanLoss(said, taken(data.label, test), width));
    onSplit?.();
  }
  return { ...candidate, logOdds, losses };
}

/** Rows that are only asked about need not hold every class. */
const columnsAt = (columns: readonly Column[], rows: Int32Array): Column[] =>
  columns.map((column) => ({ ...column, values: taken(column.values, rows) }));

function meanLoss(logOdds: Float64Array, label: Float64Array, width: number): number {
  const probability = width === 1 ? logOdds.map(probabilityOf) : softmax(logOdds, width);
  const losses = label.map((happened, row) =>
    width === 1
      ? logLossOf(happened, probability[row] as number)
      : -Math.log(clipped(probability[row * width + happened] as number)),
  );
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}
