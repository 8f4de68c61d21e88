// How fast the learner is beside LightGBM and scikit-learn: 80,000 × 30, two threads; or how much memory many rows take.
// node bench/models/speed.mjs boosting|forest|exact [--rounds 2] [--rows 80000] [--trees N] [--threads 2]; node bench/models/speed.mjs memory [--rows 5000000]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { boost, dataset, forest } from '../../dist/models/learn/index.js';
import { kinds, random, write } from './data.mjs';
import { halves } from './halves.mjs';
import { ask } from './peers.mjs';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '2' },
    rows: { type: 'string' },
    trees: { type: 'string' },
    threads: { type: 'string', default: '2' },
  },
});
const [what] = positionals;
const ROWS = Number(options.rows ?? (what === 'memory' ? 5_000_000 : 80_000));
const TREES = Number(options.trees ?? { boosting: 300, exact: 300, forest: 100, memory: 5 }[what]);
const THREADS = Number(options.threads);
const ASKED = 20_000;
const EXPLAINED = 1000;

const print = (line) => process.stdout.write(`${line}\n`);

function auroc(label, scores) {
  const order = Uint32Array.from(label.keys()).sort((a, b) => scores[a] - scores[b]);
  let ranks = 0;
  let ones = 0;
  // Rows of the same score share their ranks.
  for (let i = 0; i < order.length; ) {
    let end = i;
    while (end < order.length && scores[order[end]] === scores[order[i]]) end++;
    for (let j = i; j < end; j++) {
      if (label[order[j]]) {
        ranks += (i + 1 + end) / 2;
        ones += 1;
      }
    }
    i = end;
  }
  return (ranks - (ones * (ones + 1)) / 2) / (ones * (label.length - ones));
}

async function clock(work) {
  const begin = performance.now();
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { result, wall: (performance.now() - begin) / 1000, cpu: (user + system) / 1e6 };
}

const row = (name, ours, peer) => print(`| ${name} | ${ours} | ${peer} |`);
const pick = (list, key) => list.map((each) => each[key].toFixed(2)).join(', ');

async function boosting({ train, test, at }) {
  const ours = [];
  const theirs = [];
  for (let round = 0; round < Number(options.rounds); round++) {
    const fit = await clock(() => boost(train, { trees: TREES, threads: THREADS }));
    const { model } = fit.result;
    const asked = await clock(() => model.probabilities(test.columns));
    const few = test.columns.map((column) => ({ ...column, values: column.values.slice(0, EXPLAINED) }));
    const told = await clock(() => model.contributions(few));
    ours.push({
      ...fit,
      auroc: auroc(test.label, asked.result),
      rows_per_second: test.rows / asked.cpu,
      shap_ms: (told.cpu * 1000) / EXPLAINED,
    });
    theirs.push(ask('boosting_speed', at, ROWS, TREES, THREADS));
  }
  row(`boosting, ${TREES} trees × 31 leaves: seconds`, pick(ours, 'wall'), pick(theirs, 'wall'));
  row('processor seconds', pick(ours, 'cpu'), pick(theirs, 'cpu'));
  row('AUROC', ours[0].auroc.toFixed(4), theirs[0].auroc.toFixed(4));
  row('prediction, rows a processor second', pick(ours, 'rows_per_second'), pick(theirs, 'rows_per_second'));
  row('TreeSHAP, processor ms a row', pick(ours, 'shap_ms'), pick(theirs, 'shap_ms'));
}

async function growing({ train, test, at }) {
  const ours = [];
  const theirs = [];
  for (let round = 0; round < Number(options.rounds); round++) {
    const fit = await clock(() => forest(train, { trees: TREES, threads: THREADS }));
    ours.push({ ...fit, auroc: auroc(test.label, fit.result.model.probabilities(test.columns)) });
    theirs.push(ask('forest_speed', at, ROWS, TREES, THREADS));
  }
  row(`forest of ${TREES}, whole trees: seconds`, pick(ours, 'wall'), pick(theirs, 'wall'));
  row('processor seconds', pick(ours, 'cpu'), pick(theirs, 'cpu'));
  row('AUROC', ours[0].auroc.toFixed(4), theirs[0].auroc.toFixed(4));
}

/** Beside scikit-learn's boosting without histograms, 100 trees of depth 5, in its one thread. */
async function exact({ train, test, at }) {
  const ours = [];
  const theirs = [];
  for (let round = 0; round < Number(options.rounds); round++) {
    const fit = await clock(() => boost(train, { trees: TREES, threads: THREADS }));
    ours.push({ ...fit, auroc: auroc(test.label, fit.result.model.probabilities(test.columns)) });
    theirs.push(ask('exact_speed', at, ROWS));
  }
  row(`boosting, ${TREES} trees × 31 leaves; exact, 100 × depth 5: seconds`, pick(ours, 'wall'), pick(theirs, 'wall'));
  row('processor seconds', pick(ours, 'cpu'), pick(theirs, 'cpu'));
  row('AUROC', ours[0].auroc.toFixed(4), theirs[0].auroc.toFixed(4));
}

/** The columns are the caller's and are part of what is measured; the highest resident size is the system's own figure. */
async function memory() {
  const rows = ROWS;
  const next = random(1);
  const columns = Array.from({ length: 30 }, (_, f) => ({
    name: `x${f}`,
    kind: 'number',
    values: Float32Array.from({ length: rows }, next),
  }));
  const label = Float64Array.from({ length: rows }, (_, i) =>
    Number(next() < columns[0].values[i] * columns[1].values[i]),
  );
  const fit = await clock(() => boost(dataset({ columns, label, task: 'binary' }), { trees: TREES, threads: THREADS }));
  const peak = process.resourceUsage().maxRSS / 1024;
  print(`| ${rows} × 30, ${TREES} trees | ${fit.wall.toFixed(1)} s | ${peak.toFixed(0)} MB |`);
}

if (what === 'memory') await memory();
else {
  const folder = mkdtempSync(join(tmpdir(), 'bench-models-'));
  const made = kinds.binary(ROWS + ASKED, 1);
  const at = join(folder, 'binary');
  write(at, made);
  print(`| ${ROWS} × 30, ${THREADS} threads | ours | peer |\n|---|--:|--:|`);
  await { boosting, exact, forest: growing }[what]({ ...halves(made, ROWS), at });
  rmSync(folder, { recursive: true });
}
