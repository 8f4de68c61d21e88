// How the time of a run grows with the hospital: heads of the same three files, ingested once each, run in interleaved rounds.
//   node bench/scale/run.mjs --input DIR [--patients 5000000] [--rounds 3] [--sizes 1,2,4,8] [--data DIR] [--memory 2GB] [--engine duckdb]
import { createReadStream, createWriteStream, existsSync, mkdirSync, rmSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { measure } from '../pipeline/measure.mjs';

const { values } = parseArgs({
  options: {
    input: { type: 'string' },
    patients: { type: 'string', default: '5000000' },
    rounds: { type: 'string', default: '3' },
    sizes: { type: 'string', default: '1,2,4,8' },
    data: { type: 'string', default: join(tmpdir(), 'carelake-scale') },
    memory: { type: 'string', default: '2GB' },
    engine: { type: 'string', default: 'duckdb' },
  },
});
if (!values.input) throw new Error('--input names the folder that `carelake generate --dirty 0` filled.');

const sizes = values.sizes.split(',').map(Number);
const cli = join(import.meta.dirname, '../../dist/cli/main.js');
const tables = ['patients', 'visits', 'prescriptions'];
const environment = { CARELAKE_MEMORY: values.memory, CARELAKE_THREADS: '2' };
const patientsOf = (size) => Math.round((Number(values.patients) * size) / Math.max(...sizes));
const lakeOf = (size) => join(values.data, `lake-${size}`);
const carelake = (size, ...args) =>
  measure(process.execPath, [cli, ...args, '--json', '--data', lakeOf(size)], environment);

/** The rows of the first patients: ids are P1, P2 … in this order, in the first column of patients and the second of the others. */
async function head(table, patients, target) {
  const column = table === 'patients' ? 0 : 1;
  const out = createWriteStream(`${target}.part`);
  let isHeader = true;
  for await (const line of createInterface({ input: createReadStream(join(values.input, `${table}.csv`)) })) {
    if (!isHeader && Number(line.split(',', 2)[column].slice(1)) > patients) break;
    isHeader = false;
    if (!out.write(`${line}\n`)) await new Promise((resolve) => out.once('drain', resolve));
  }
  out.end();
  await finished(out);
  await rename(`${target}.part`, target);
}

for (const size of sizes) {
  const folder = join(values.data, `input-${size}`);
  mkdirSync(folder, { recursive: true });
  const files = tables.map((table) => join(folder, `${table}.csv`));
  for (const [index, table] of tables.entries()) {
    if (!existsSync(files[index])) await head(table, patientsOf(size), files[index]);
  }
  if (!existsSync(lakeOf(size))) await carelake(size, 'ingest', ...files);
}

const best = new Map();
for (let round = 0; round < Number(values.rounds); round++) {
  for (const size of sizes) {
    const workspace = join(lakeOf(size), 'workspaces/default');
    for (const made of ['steps', 'runs', 'current.json'])
      rmSync(join(workspace, made), { recursive: true, force: true });
    const { seconds, cpu, megabytes } = await carelake(size, 'run', '--engine', values.engine);
    const before = best.get(size) ?? { seconds: Infinity, cpu: Infinity, megabytes: 0 };
    best.set(size, {
      seconds: Math.min(before.seconds, seconds),
      cpu: Math.min(before.cpu, cpu),
      megabytes: Math.max(before.megabytes, megabytes),
    });
  }
}

const smallest = best.get(Math.min(...sizes));
process.stdout.write('| patients | seconds | × smallest | processor seconds | × smallest | peak MB |\n');
process.stdout.write('| -------: | ------: | ---------: | ----------------: | ---------: | ------: |\n');
for (const size of sizes) {
  const { seconds, cpu, megabytes } = best.get(size);
  const cells = [
    patientsOf(size).toLocaleString('en'),
    seconds.toFixed(1),
    (seconds / smallest.seconds).toFixed(2),
    cpu.toFixed(1),
    (cpu / smallest.cpu).toFixed(2),
    megabytes.toFixed(0),
  ];
  process.stdout.write(`| ${cells.join(' | ')} |\n`);
}
