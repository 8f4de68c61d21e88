// The pipeline beside its peers, as whole programs over the same files, in interleaved rounds: see bench/README.md.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { differences, figuresOfFolder, readFigures } from './figures.mjs';
import { measure } from './measure.mjs';
import { best, markdown } from './table.mjs';

const { values } = parseArgs({
  options: {
    patients: { type: 'string', default: '500000' },
    rounds: { type: 'string', default: '3' },
    peers: { type: 'string', default: 'duckdb,pyspark,old' },
    data: { type: 'string', default: join(tmpdir(), 'carelake-bench') },
    memory: { type: 'string', default: '2GB' },
    json: { type: 'string' },
  },
});
const patients = Number(values.patients);
const peers = values.peers.split(',').filter(Boolean);
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const carelake = here('../../dist/cli/main.js');
const tables = ['patients', 'visits', 'prescriptions'];
const environment = { CARELAKE_THREADS: '2', CARELAKE_MEMORY: values.memory };
/** Spark's own settings of this machine would decide what is measured. */
const sparkEnvironment = { SPARK_LOCAL_IP: '127.0.0.1', SPARK_HOME: undefined, SPARK_REMOTE: undefined };

const python = peers.some((peer) => peer !== 'duckdb')
  ? execFileSync(here('setup-peers.sh'), { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim()
  : undefined;

/** The peers: on what share of the patients, how they are started, and whether they make what we make. */
const programs = {
  duckdb: {
    name: '(a) bare DuckDB',
    share: 1,
    alike: true,
    start: (hospital, out, asOf) =>
      measure(process.execPath, [here('peer-duckdb.mjs'), hospital, out, asOf, values.memory]),
  },
  pyspark: {
    name: '(b) PySpark',
    share: 1,
    alike: true,
    start: (hospital, out, asOf) => measure(python, [here('peer_pyspark.py'), hospital, out, asOf], sparkEnvironment),
  },
  old: {
    name: '(c) the old way',
    share: 0.2,
    alike: false,
    start: (hospital, out) => measure(python, [here('peer_old.py'), hospital, out], sparkEnvironment),
  },
};
for (const peer of peers)
  if (!(peer in programs)) throw new Error(`--peers knows ${Object.keys(programs)}, not ${peer}.`);

const rows = new Map();
/** One round of a row; `peer` is the one with which the row can be made again by itself. */
const record = (name, size, peer, { seconds, cpu, megabytes }, parts = {}) => {
  const key = `${name} ${size}`;
  const command = `npm run bench:pipeline -- --patients ${patients} --rounds ${values.rounds} --peers ${peer}`;
  const row = rows.get(key) ?? { name, patients: size, command, rounds: [] };
  row.rounds.push({ seconds, cpu, megabytes, ...parts });
  rows.set(key, row);
  process.stderr.write(`${name}, ${size} patients: ${seconds.toFixed(1)} s, ${Math.round(megabytes)} MB\n`);
};

const sizes = [...new Set([patients, ...peers.map((peer) => Math.round(patients * programs[peer].share))])];
for (let round = 0; round < Number(values.rounds); round++) {
  for (const size of sizes) {
    const { asOf, figures } = await ours(size, round === 0);
    for (const peer of peers.filter((name) => Math.round(patients * programs[name].share) === size)) {
      await theirs(peer, size, asOf, figures);
    }
  }
}
const all = [...rows.values()].map((row) => ({ ...row, best: best(row.rounds) }));
process.stdout.write(`${markdown(all, await megabytesOf(await hospitalOf(patients)))}\n`);
await writeFile(values.json ?? join(values.data, 'pipeline.json'), JSON.stringify({ ...values, rows: all }, null, 2));

/** One round of ours on a lake of its own; its figures where they are wanted. */
async function ours(size, wanted) {
  const hospital = await hospitalOf(size);
  const lake = await fresh('lake');
  const run = (...args) => measure(process.execPath, [carelake, ...args, '--data', lake, '--json'], environment);
  const ingest = await run('ingest', ...tables.map((table) => join(hospital, `${table}.csv`)));
  const first = await run('run');
  const again = await run('run');
  const beside = size === patients ? 'duckdb' : 'old';
  const document = JSON.parse(first.stdout);
  const steps = document.steps.filter(({ ms }) => ms >= 100).map(({ name, ms }) => ({ name, ms }));
  record('Carelake: ingest and run', size, beside, together(ingest, first), { steps });
  record('– ingest', size, beside, ingest);
  record('– run', size, beside, first);
  record('– run, nothing new', size, beside, again);
  const ask = async (sql) => JSON.parse((await run('query', sql)).stdout).rows[0];
  const figures = wanted ? await readFigures(ask) : undefined;
  await rm(lake, { recursive: true });
  return { asOf: document.run.as_of, figures };
}

async function theirs(peer, size, asOf, figures) {
  const program = programs[peer];
  const out = await fresh('peer');
  record(program.name, size, peer, await program.start(await hospitalOf(size), out, asOf));
  const unequal = figures && program.alike ? differences(figures, await figuresOfFolder(out)) : [];
  await rm(out, { recursive: true });
  if (unequal.length > 0)
    throw new Error(`${program.name} has made something else than Carelake:\n${unequal.join('\n')}`);
}

function together(a, b) {
  const seconds = a.seconds + b.seconds;
  return { seconds, cpu: a.cpu + b.cpu, megabytes: Math.max(a.megabytes, b.megabytes) };
}

/** The generated hospital of this size, made once and kept. */
async function hospitalOf(size) {
  const folder = join(values.data, `patients-${size}`);
  if (!existsSync(folder)) {
    const args = ['generate', '--patients', String(size), '--seed', '1', '--dirty', '0', '--out', `${folder}.part`];
    await rm(`${folder}.part`, { recursive: true, force: true });
    await measure(process.execPath, [carelake, ...args], environment);
    await rename(`${folder}.part`, folder);
  }
  return folder;
}

async function megabytesOf(folder) {
  const sizes = await Promise.all(tables.map((table) => stat(join(folder, `${table}.csv`))));
  return Math.round(sizes.reduce((total, { size }) => total + size, 0) / 1e6);
}

async function fresh(name) {
  const folder = join(values.data, name);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  return folder;
}
