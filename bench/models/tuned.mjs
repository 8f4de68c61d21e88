// How good a model of a published run is beside LightGBM, both tuned by a random search, on the same cases, folds and encoded
// features; and, where the truth is known, how near each comes to the true probabilities. What the figures mean: bench/README.md.
// node bench/models/tuned.mjs --data DIR [--model readmission] [--source NAME] [--trials 12] [--threads 2] [--truth DIR/truth]
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openApp, publishedRun } from '../../dist/app.js';
import { readConfiguration } from '../../dist/config.js';
import { rowsOf } from '../../dist/engine/engine.js';
import { binaryFiguresOfPart } from '../../dist/models/evaluate/binary-figures.js';
import { splitsByPatient } from '../../dist/models/evaluate/folds.js';
import { probabilityOf } from '../../dist/models/evaluate/log-odds.js';
import { taken } from '../../dist/models/evaluate/patients.js';
import { trainingStep } from '../../dist/models/features/compile.js';
import { sourceFacts } from '../../dist/models/features/facts.js';
import { fitSchema } from '../../dist/models/features/fit-schema.js';
import { readMatrix } from '../../dist/models/features/matrix.js';
import { dataset } from '../../dist/models/learn/index.js';
import { planOf } from '../../dist/models/plans.js';
import { algorithms } from '../../dist/models/train/algorithms.js';
import { casesOf } from '../../dist/models/train/cases.js';
import { calibratedRows } from '../../dist/models/train/judge.js';
import { search } from '../../dist/models/train/search.js';
import { write } from './data.mjs';
import { askMeanwhile } from './peers.mjs';

const { values: options } = parseArgs({
  options: {
    data: { type: 'string' },
    model: { type: 'string', default: 'readmission' },
    source: { type: 'string' },
    trials: { type: 'string', default: '12' },
    folds: { type: 'string', default: '5' },
    threads: { type: 'string', default: '2' },
    truth: { type: 'string' },
  },
});
if (!options.data) throw new Error('--data names the folder of a lake that has a published run.');
const [trials, folds, threads] = [options.trials, options.folds, options.threads].map(Number);
const SEED = 1;
const print = (line) => process.stdout.write(`${line}\n`);
const tell = (line) => process.stderr.write(`${line}\n`);

const { config } = readConfiguration({ flags: { data: options.data } });
const app = await openApp(config);
const folder = mkdtempSync(join(tmpdir(), 'bench-tuned-'));
try {
  const run = await publishedRun(app);
  const facts = await sourceFacts(run.engine, run.paths, run.asOf);
  const wanted = facts.filter(({ source }) => options.source === undefined || source === options.source);
  const [most] = wanted.toSorted((a, b) => b.visits - a.visits);
  if (!most) throw new Error(`The run has: ${facts.map(({ source }) => source).join(', ')}.`);
  const plan = planOf(options.model, most);
  if (plan.task !== 'binary') throw new Error(`${plan.model} is no model of a yes or no.`);
  const paths = await run.make(trainingStep(plan, run.inputs));
  const schema = await fitSchema(plan, run.engine, paths);
  const matrix = await readMatrix(schema, run.engine, paths);
  const cases = casesOf(matrix, SEED, folds);
  const label = Float64Array.from(matrix.label);
  tell(`${plan.model} of ${plan.source}: ${matrix.rows} cases, ${matrix.columns.length} features, ${folds} folds`);

  write(folder, { columns: matrix.columns, label, task: 'binary' });
  writeFileSync(join(folder, 'fold.i32'), Buffer.from(cases.fold.buffer));
  writeFileSync(join(folder, 'patient.i32'), Buffer.from(cases.patient.buffer));

  const data = dataset({ columns: matrix.columns, label, task: 'binary', classes: 2 });
  const splits = splitsByPatient(cases.fold, folds);
  const asked = askMeanwhile('tuned', folder, trials, SEED, threads);
  const own = await clock(() =>
    search(
      data,
      splits,
      algorithms.filter(({ name }) => name === 'boosting'),
      {
        trials,
        seed: SEED,
        threads,
        onProgress: (done, total) => tell(`ours ${done} of ${total}`),
      },
    ),
  );
  const [{ logOdds, parameters }] = own.result.best;
  const raw = logOdds.map(probabilityOf);
  const { probability, calibration } = calibratedRows(plan, cases, logOdds);
  tell(`ours: ${JSON.stringify(parameters)}, calibration ${calibration.map.kind}`);

  const peer = await asked;
  tell(`LightGBM: ${JSON.stringify(peer.parameters)}`);
  const theirs = new Float64Array(Uint8Array.from(readFileSync(join(folder, 'said.f64'))).buffer);

  print('| of held-out patients | AUROC, mean of folds | AUPRC, mean of folds | log loss | slope | processor s |');
  print('| --- | --: | --: | --: | --: | --: |');
  const line = (name, said, seconds) => {
    const all = binaryFiguresOfPart({ outcome: cases.outcome, probability: said, patient: cases.patient });
    const parts = splits.map(({ test }) =>
      binaryFiguresOfPart({
        outcome: taken(cases.outcome, test),
        probability: taken(said, test),
        patient: taken(cases.patient, test),
      }),
    );
    const meanOf = (figure) => parts.reduce((sum, part) => sum + part[figure].value, 0) / folds;
    const slope = `${all.slope.value.toFixed(3)} (${all.slope.low.toFixed(3)} to ${all.slope.high.toFixed(3)})`;
    const means = [meanOf('auroc').toFixed(4), meanOf('average_precision').toFixed(4)];
    print(`| ${[name, ...means, all.log_loss.value.toFixed(5), slope, seconds ?? ''].join(' | ')} |`);
  };
  line(`ours, ${trials} draws`, raw, own.cpu.toFixed(0));
  line('ours, calibrated as it is served', probability);
  line(`LightGBM, ${trials} draws`, theirs, peer.cpu.toFixed(0));

  if (options.truth) {
    const truth = await trueProbabilities(run, matrix);
    print('\n| beside the true probabilities | cases | slope of the truth on the learned | correlation |');
    print('| --- | --: | --: | --: |');
    for (const [name, said] of [
      ['ours', raw],
      ['ours, calibrated as it is served', probability],
      ['LightGBM', theirs],
    ]) {
      const { rows, slope, correlation } = straightLine(said, truth);
      print(`| ${name} | ${rows} | ${slope.toFixed(3)} | ${correlation.toFixed(4)} |`);
    }
  }
} finally {
  rmSync(folder, { recursive: true });
  await app.close();
}

/** Of each case; NaN where the truth has no such stay. */
async function trueProbabilities(run, { cases }) {
  const rows = await rowsOf(run.engine, {
    name: 'truth',
    sql: 'select s.stay_id, t.true_probability from stays as s join truth as t on t.visit_id = s.last_visit_id',
    inputs: { stays: run.paths.stays, truth: [join(options.truth, 'outcomes.parquet')] },
  });
  const known = new Map(rows.map(({ stay_id, true_probability }) => [stay_id, true_probability]));
  return Float64Array.from(cases, (stay) => known.get(stay) ?? Number.NaN);
}

/** Least squares of y on x, where both are known. */
function straightLine(x, y) {
  const rows = [...x.keys()].filter((row) => !Number.isNaN(x[row]) && !Number.isNaN(y[row]));
  const mean = (values) => rows.reduce((sum, row) => sum + values[row], 0) / rows.length;
  const [mx, my] = [mean(x), mean(y)];
  const sum = (of) => rows.reduce((total, row) => total + of(x[row] - mx, y[row] - my), 0);
  const [xx, yy, xy] = [sum((a) => a * a), sum((_, b) => b * b), sum((a, b) => a * b)];
  return { rows: rows.length, slope: xy / xx, correlation: xy / Math.sqrt(xx * yy) };
}

async function clock(work) {
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { result, cpu: (user + system) / 1e6 };
}
