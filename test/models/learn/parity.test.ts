// The learner held against LightGBM and scikit-learn on data of six kinds: what it says of rows it has not seen is as good.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type Kind, kinds, write } from '../../../bench/models/data.mjs';
import { boost, type Dataset, dataset, forest, lightgbmText, type Model } from '../../../src/models/learn/index.js';
import { meanError } from '../../../src/models/learn/loss.js';

const python = process.env.CARELAKE_TEST_PYTHON ?? '';
const hasPython = python !== '' || process.env.REQUIRE_SERVICES === '1';
const folder = mkdtempSync(join(tmpdir(), 'parity-'));
afterAll(() => rmSync(folder, { recursive: true }));

const SEEDS = [1, 2, 3, 4, 5];
const TRAIN = 1000;
const TREES = 50;
const ASKED = 100;

/** For each folder, how good the peers are; and what LightGBM says of the first rows by our exported model. */
const SCRIPT = `
import json, sys
sys.path.insert(0, sys.argv[1])
import peers
folders = sys.argv[4:]
print(json.dumps({
  'losses': [peers.quality(folder, int(sys.argv[2]), ${TREES}) for folder in folders],
  'explained': peers.explain(folders[0], folders[0] + '/model.txt', int(sys.argv[3])),
}))
`;

interface Losses {
  readonly boosting: number;
  readonly forest: number;
}

function askPeers(folders: readonly string[]) {
  const env: NodeJS.ProcessEnv = { ...process.env, OMP_WAIT_POLICY: 'passive' };
  delete env.OPENBLAS_CORETYPE;
  delete env.OPENBLAS_L2_SIZE;
  const bench = join(import.meta.dirname, '../../../bench/models');
  const said = execFileSync(python, ['-c', SCRIPT, bench, `${TRAIN}`, `${ASKED}`, ...folders], {
    env,
    encoding: 'utf8',
  });
  return JSON.parse(said) as { losses: Losses[]; explained: { margins: number[]; contributions: number[] } };
}

const loss = (model: Model, data: Dataset): number =>
  meanError(data, data.task === 'regression' ? model.margins(data.columns) : model.probabilities(data.columns));

const furthest = (ours: ArrayLike<number>, theirs: ArrayLike<number>): number =>
  Array.from(ours).reduce((most, value, i) => Math.max(most, Math.abs(value - theirs[i]!)), 0);

/** No worse than by a hundredth and what five differences say of their mean's own error (one-sided, 97.5 %). */
function expectAsGood(ours: readonly number[], theirs: readonly number[]): void {
  const mean = (list: readonly number[]) => list.reduce((a, b) => a + b, 0) / list.length;
  const apart = ours.map((value, i) => value - theirs[i]!);
  const spread = apart.reduce((sum, x) => sum + (x - mean(apart)) ** 2, 0) / (apart.length - 1);
  const noise = 2.776 * Math.sqrt(spread / apart.length);
  expect(mean(apart)).toBeLessThanOrEqual(0.01 * mean(theirs) + noise);
}

test.skipIf(!hasPython).each(Object.keys(kinds) as Kind[])(
  '%s: as good as LightGBM and scikit-learn over five seeds, and explained as LightGBM does (needs CARELAKE_TEST_PYTHON)',
  async (kind) => {
    const rows = Uint32Array.from({ length: 2 * TRAIN }, (_, row) => row);
    const ours: Losses[] = [];
    const folders: string[] = [];
    let first: { model: Model; data: Dataset } | undefined;
    for (const seed of SEEDS) {
      const made = kinds[kind](2 * TRAIN, seed);
      folders.push(join(folder, `${kind}-${seed}`));
      write(folders.at(-1)!, made);
      const all = dataset(made);
      const data = all.subset(rows.subarray(0, TRAIN));
      const unseen = all.subset(rows.subarray(TRAIN));
      const { model } = await boost(data, { trees: TREES, seed, threads: 2 });
      const grown = await forest(data, { trees: 100, minDataInLeaf: 5, seed, threads: 2 });
      first ??= { model, data: all.subset(rows.subarray(0, ASKED)) };
      ours.push({ boosting: loss(model, unseen), forest: loss(grown.model, unseen) });
    }
    writeFileSync(join(folders[0]!, 'model.txt'), lightgbmText(first!.model));
    const { losses, explained } = askPeers(folders);
    for (const model of ['boosting', 'forest'] as const) {
      expectAsGood(
        ours.map((each) => each[model]),
        losses.map((each) => each[model]),
      );
    }
    const { model, data } = first!;
    expect(explained.margins).toHaveLength(ASKED * model.outputs);
    expect(furthest(model.margins(data.columns), explained.margins)).toBeLessThan(1e-9);
    expect(furthest(model.contributions(data.columns), explained.contributions)).toBeLessThan(1e-9);
  },
  180_000,
);
