// How good the learner's models are beside LightGBM's and scikit-learn's: the same data, the same settings, five seeds.
// node bench/models/quality.mjs [--seeds 5] [--rows 6000] [--uci ../shared/data/uci-diabetes-130/dataset_diabetes.zip]
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { boost, forest, lightgbmText, logistic } from '../../dist/models/learn/index.js';
import { kinds, read, write } from './data.mjs';
import { halves } from './halves.mjs';
import { ask } from './peers.mjs';

const { values: options } = parseArgs({
  options: {
    seeds: { type: 'string', default: '5' },
    rows: { type: 'string', default: '6000' },
    uci: { type: 'string', default: '../shared/data/uci-diabetes-130/dataset_diabetes.zip' },
    only: { type: 'string' },
  },
});
const seeds = Number(options.seeds);
const rows = Number(options.rows);
const TREES = 100;
const print = (line) => process.stdout.write(`${line}\n`);
const folder = mkdtempSync(join(tmpdir(), 'bench-models-'));

function error({ task, label, weight, classes }, answers) {
  let sum = 0;
  let weights = 0;
  label.forEach((y, row) => {
    const w = weight?.[row] ?? 1;
    const p = task === 'multiclass' ? answers[row * classes + y] : answers[row];
    const right = task === 'binary' && y === 0 ? 1 - p : p;
    sum += w * (task === 'regression' ? (y - p) ** 2 : -Math.log(Math.max(right, 1e-15)));
    weights += w;
  });
  return sum / weights;
}

const answers = (model, data) =>
  data.task === 'regression' ? model.margins(data.columns) : model.probabilities(data.columns);
const mean = (list) => list.reduce((a, b) => a + b, 0) / list.length;
const sd = (list) => Math.sqrt(list.reduce((sum, x) => sum + (x - mean(list)) ** 2, 0) / Math.max(list.length - 1, 1));

async function compare(name, made, train, seed) {
  const at = join(folder, name);
  write(at, made);
  const { train: data, test } = halves(made, train);
  const boosted = await boost(data, { trees: TREES, threads: 2, seed });
  const grown = await forest(data, { trees: 100, minDataInLeaf: 5, threads: 2, seed });
  const ours = { boosting: error(test, answers(boosted.model, test)), forest: error(test, answers(grown.model, test)) };
  const theirs = ask('quality', at, train, TREES);
  if (name === 'binary' || name === 'multiclass') {
    const { model } = await logistic(data, { l2: 1 });
    ours.logistic = error(test, answers(model, test));
    theirs.logistic = ask('logistic', at, train).logistic;
  }
  return { ours, theirs, apart: explained(at, boosted.model, data) };
}

/** The furthest that LightGBM's answers and contributions for the exported model are from ours. */
function explained(at, model, data) {
  const file = join(at, 'model.txt');
  writeFileSync(file, lightgbmText(model));
  const few = 300;
  const said = ask('explain', at, file, few);
  const columns = data.columns.map((column) => ({ ...column, values: column.values.slice(0, few) }));
  const far = (mine, other) => mine.reduce((most, value, i) => Math.max(most, Math.abs(value - other[i])), 0);
  return Math.max(far(model.margins(columns), said.margins), far(model.contributions(columns), said.contributions));
}

console.error(`${seeds} seeds, ${rows} rows to learn from and as many to ask`);
print('| data | model | ours | peer | ours − peer (mean, sd over seeds) | export apart |\n|---|---|--:|--:|--:|--:|');
const sets = Object.entries(kinds).map(([name, make]) => [name, (seed) => [make(2 * rows, seed), rows]]);
if (existsSync(options.uci)) {
  ask('uci', options.uci, join(folder, 'uci-all'));
  const all = read(join(folder, 'uci-all'));
  const cut = Math.floor(all.label.length / 5);
  // Each seed turns the rows, which are in the order of a hash of the patient, by a fifth.
  const turned = (values, by) => values.map((_, i) => values[(i + by) % values.length]);
  const turn = (seed) => ({
    ...all,
    label: turned(all.label, seed * cut),
    columns: all.columns.map((column) => ({ ...column, values: turned(column.values, seed * cut) })),
  });
  sets.push(['uci', (seed) => [turn(seed), 4 * cut]]);
} else console.error(`No UCI file at ${options.uci}: left out.`);

for (const [name, make] of sets) {
  if (options.only && options.only !== name) continue;
  const results = [];
  for (let seed = 1; seed <= seeds; seed++) results.push(await compare(name, ...make(seed), seed));
  for (const model of Object.keys(results[0].ours)) {
    const ours = results.map((result) => result.ours[model]);
    const theirs = results.map((result) => result.theirs[model]);
    const apart = ours.map((value, i) => value - theirs[i]);
    const exported = model === 'boosting' ? Math.max(...results.map((result) => result.apart)).toExponential(0) : '';
    const cells = [name, model, mean(ours).toFixed(4), mean(theirs).toFixed(4)];
    print(`| ${[...cells, `${mean(apart).toFixed(4)}, ${sd(apart).toFixed(4)}`, exported].join(' | ')} |`);
  }
}
rmSync(folder, { recursive: true });
