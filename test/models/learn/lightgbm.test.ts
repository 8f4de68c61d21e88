import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { boost, forest, lightgbmText, logistic } from '../../../src/models/learn/index.js';
import { madeUp } from './data.js';

const python = process.env.CARELAKE_TEST_PYTHON ?? '';
const hasPython = python !== '' || process.env.REQUIRE_SERVICES === '1';

/** Reads models and rows on stdin; answers what LightGBM says of each. */
const SCRIPT = `
import json, sys, numpy, lightgbm
said = []
for asked in json.load(sys.stdin):
  rows = numpy.array([[numpy.nan if v is None else v for v in row] for row in asked['rows']])
  booster = lightgbm.Booster(model_str=asked['text'])
  said.append({
    'margins': booster.predict(rows, raw_score=True, num_threads=1).ravel().tolist(),
    'contributions': booster.predict(rows, pred_contrib=True, num_threads=1).ravel().tolist(),
  })
print(json.dumps(said))
`;

interface Answers {
  readonly margins: ArrayLike<number>;
  readonly contributions: ArrayLike<number>;
}

function askLightgbm(asked: readonly object[]): Answers[] {
  const env: NodeJS.ProcessEnv = { ...process.env };
  delete env.OPENBLAS_CORETYPE;
  delete env.OPENBLAS_L2_SIZE;
  const options = { input: JSON.stringify(asked), env, encoding: 'utf8', maxBuffer: 1e8 } as const;
  return JSON.parse(execFileSync(python, ['-c', SCRIPT], options));
}

const furthest = (ours: ArrayLike<number>, theirs: ArrayLike<number>): number =>
  Array.from(ours).reduce((most, value, i) => Math.max(most, Math.abs(value - theirs[i]!)), 0);

test.skipIf(!hasPython)(
  'LightGBM loads boosted trees and forests, and answers the same, part by part (needs CARELAKE_TEST_PYTHON)',
  async () => {
    const asked: object[] = [];
    const ours: Answers[] = [];
    for (const task of ['regression', 'binary', 'multiclass'] as const) {
      const data = madeUp(400, task);
      const rows = Array.from({ length: data.rows }, (_, row) =>
        data.columns.map(({ values, kind }) => {
          const value = values[row]!;
          return Number.isNaN(value) || (kind === 'category' && value < 0) ? null : value;
        }),
      );
      const boosted = await boost(data, { trees: 15, minDataPerGroup: 10 });
      const grown = await forest(data, { trees: 10, minDataInLeaf: 5 });
      for (const { model } of [boosted, grown]) {
        asked.push({ text: lightgbmText(model), rows });
        ours.push({ margins: model.margins(data.columns), contributions: model.contributions(data.columns) });
      }
    }
    const theirs = askLightgbm(asked);
    expect(theirs).toHaveLength(6);
    ours.forEach(({ margins, contributions }, i) => {
      expect(theirs[i]!.margins).toHaveLength(margins.length);
      expect(furthest(margins, theirs[i]!.margins)).toBeLessThan(1e-9);
      expect(furthest(contributions, theirs[i]!.contributions)).toBeLessThan(1e-9);
    });
  },
);

test('a logistic regression has no trees to export', async () => {
  const { model } = await logistic(madeUp(60, 'binary'));
  expect(() => lightgbmText(model)).toThrow(expect.objectContaining({ code: 'LEARN_TASK' }));
});
