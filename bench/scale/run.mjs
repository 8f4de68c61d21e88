// How the time of a run grows with the hospital, in each placement: the steps by DuckDB or Spark, the lake in a folder or in S3;
// and, where wanted, beside the PySpark job of bench/pipeline. Heads of the same three files, in interleaved rounds.
//   node bench/scale/run.mjs --input DIR [--patients 5000000] [--sizes 1,2,4,8] [--rounds 3] [--placements duckdb-local,…] [--data DIR]
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measure } from '../pipeline/measure.mjs';
import { makeHead } from './head.mjs';
import { openPlacement, placements } from './placements.mjs';
import { growth } from './table.mjs';

const { values } = parseArgs({
  options: {
    input: { type: 'string' },
    patients: { type: 'string', default: '5000000' },
    rounds: { type: 'string', default: '3' },
    sizes: { type: 'string', default: '1,2,4,8' },
    placements: { type: 'string', default: placements.join() },
    data: { type: 'string', default: join(tmpdir(), 'carelake-scale') },
    memory: { type: 'string', default: '2GB' },
  },
});
if (!values.input) throw new Error('--input names the folder that `carelake generate --dirty 0` filled.');

const sizes = values.sizes.split(',').map(Number);
const names = values.placements.split(',').filter(Boolean);
const patientsOf = (size) => Math.round((Number(values.patients) * size) / Math.max(...sizes));
const tables = ['patients', 'visits', 'prescriptions'];
const inputOf = (size) => join(values.data, `input-${patientsOf(size)}`);
const pyspark = names.includes('pyspark')
  ? execFileSync(join(import.meta.dirname, '../pipeline/setup-peers.sh'), { encoding: 'utf8' }).trim()
  : undefined;
const opened = new Map(
  names.filter((name) => name !== 'pyspark').map((name) => [name, openPlacement(name, values.data, values.memory)]),
);

/** By placement and size: the rounds of `run` or of the peer, and what landing took. */
const rounds = new Map();
const landed = new Map();

for (const size of sizes) {
  mkdirSync(inputOf(size), { recursive: true });
  const files = tables.map((table) => join(inputOf(size), `${table}.csv`));
  for (const [index, table] of tables.entries()) {
    if (!existsSync(files[index])) await makeHead(join(values.input, `${table}.csv`), patientsOf(size), files[index]);
  }
  for (const [name, placement] of opened) {
    const ingest = await placement.ingest(patientsOf(size), files);
    if (ingest) landed.set(`${name} ${size}`, ingest);
  }
}

let asOf = new Date().toISOString().slice(0, 10);
for (let round = 0; round < Number(values.rounds); round++) {
  for (const size of sizes) {
    for (const name of names) {
      const one = name === 'pyspark' ? await peer(size) : await opened.get(name).run(patientsOf(size));
      asOf = one.asOf ?? asOf;
      const key = `${name} ${size}`;
      rounds.set(key, [...(rounds.get(key) ?? []), one]);
      process.stderr.write(
        `${name}, ${patientsOf(size)} patients: ${one.seconds.toFixed(1)} s, ${one.cpu.toFixed(1)} + ${one.sparkCpu.toFixed(1)} processor seconds, ${one.megabytes.toFixed(0)} MB\n`,
      );
    }
  }
}
process.stdout.write(`${growth({ names, sizes, patientsOf, rounds, landed })}\n`);

/** The PySpark job reads the CSV files itself, and starts a Spark of its own. */
async function peer(size) {
  const out = join(values.data, 'peer');
  await rm(out, { recursive: true, force: true });
  const script = join(import.meta.dirname, '../pipeline/peer_pyspark.py');
  const environment = { SPARK_LOCAL_IP: '127.0.0.1', SPARK_HOME: undefined, SPARK_REMOTE: undefined };
  const measured = await measure(pyspark, [script, inputOf(size), out, asOf], environment);
  await rm(out, { recursive: true, force: true });
  return { ...measured, sparkCpu: 0 };
}
