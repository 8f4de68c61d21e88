// A modest random search: of every algorithm its usual parameters and some draws, all judged on the same splits.
import type { Split } from '../evaluate/folds.js';
import { mean } from '../evaluate/proposal.js';
import { drawing } from '../evaluate/random.js';
import type { Dataset } from '../learn/index.js';
import type { Algorithm } from './algorithm.js';
import type { Candidate, FitOptions } from './candidate.js';
import { crossValidate, type Validated } from './cross-validate.js';
import { drawn } from './ranges.js';

export interface SearchOptions extends FitOptions {
  /** Candidates of each algorithm. */
  readonly trials: number;
  readonly onProgress?: (done: number, total: number, what: string) => void;
}

export type Tried = Omit<Validated, 'logOdds'>;

/** Of each algorithm, in the order given, the candidate with the least mean log loss; and everything that was tried. */
export async function search(
  data: Dataset,
  splits: readonly Split[],
  algorithms: readonly Algorithm[],
  { trials, onProgress, ...options }: SearchOptions,
): Promise<{ best: Validated[]; tried: Tried[] }> {
  const total = algorithms.length * trials * splits.length;
  const best: Validated[] = [];
  const tried: Tried[] = [];
  let done = 0;
  for (const algorithm of algorithms) {
    let least: Validated | undefined;
    for (const [number, candidate] of candidatesOf(algorithm, trials, options.seed).entries()) {
      const tell = () => onProgress?.(done, total, `${algorithm.label}, ${number + 1} of ${trials}`);
      tell();
      const onSplit = () => {
        done += 1;
        tell();
      };
      const { logOdds, ...summary } = await crossValidate(data, splits, candidate, { ...options, onSplit });
      tried.push(summary);
      if (!least || mean(summary.losses) < mean(least.losses)) least = { ...summary, logOdds };
    }
    if (least) best.push(least);
  }
  return { best, tried };
}

function candidatesOf(algorithm: Algorithm, trials: number, seed: number): Candidate[] {
  // A stream of its own for each algorithm: narrowing them changes no draw of the others.
  const draw = drawing(seed, algorithm.name.charCodeAt(0));
  const random = () => draw(2 ** 32) / 2 ** 32;
  return Array.from({ length: trials }, (_, number) => ({
    algorithm,
    parameters: number === 0 ? algorithm.usual : drawn(algorithm.ranges, random),
  }));
}
