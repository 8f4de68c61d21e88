// Reads and writes a second over HTTP: Carelake on SQLite and on MongoDB beside Flask and PyMongo on the same server of MongoDB's
// protocol, in interleaved rounds: see bench/README.md.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import { carelake, loadFlask, startCarelake, startFlask } from './servers.mjs';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    patients: { type: 'string', default: '12000' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '5' },
    connections: { type: 'string', default: '16' },
    /** For how many seconds memory is watched under mixed load; 0 leaves it out. */
    memory: { type: 'string', default: '0' },
    /** For how many seconds that load goes on before. */
    'warm-up': { type: 'string', default: '180' },
    /** How many patients are typed a second while memory is watched; 0: as many as it takes. */
    typed: { type: 'string', default: '0' },
    /** Seconds after the last write until a run begins; off: what is typed stays unread. */
    'run-after': { type: 'string', default: 'off' },
    servers: { type: 'string', default: 'sqlite,mongodb,flask1,flask2' },
  },
});
const { data } = values;
const names = values.servers.split(',');
const uri = process.env.CARELAKE_TEST_MONGO;
if (!data) throw new Error('--data names a folder for the lake and the records.');
if (!uri && names.some((name) => name !== 'sqlite'))
  throw new Error('CARELAKE_TEST_MONGO names a server of MongoDB (source .ci/mongo).');
const say = (text) => process.stdout.write(`${text}\n`);
const [count, seconds, connections] = [values.patients, values.seconds, values.connections].map(Number);

const source = join(data, 'source');
const lake = join(data, 'lake');
if (!existsSync(join(lake, 'workspaces'))) {
  await carelake(['generate', '--patients', String(count), '--seed', '1', '--dirty', '0', '--out', source]);
  await carelake(['ingest', source, '--data', lake]);
  await carelake(['run', '--data', lake]);
}
const stamp = Date.now().toString(36);
const peer = { MONGO_URI: uri, MONGO_DB: `carelake_bench_peer_${stamp}` };
const mongo = { CARELAKE_RECORDS: 'mongodb', MONGO_URI: uri, MONGO_DB: `carelake_bench_${stamp}` };
const sqlite = { CARELAKE_RECORDS: `sqlite:${join(data, `records-${stamp}.sqlite`)}` };
for (const env of [mongo, sqlite]) env.CARELAKE_RUN_AFTER = values['run-after'];
const hasPeer = names.some((name) => name.startsWith('flask'));
const bin = hasPeer && execFileSync(new URL('./setup-peers.sh', import.meta.url).pathname, { encoding: 'utf8' }).trim();
if (hasPeer) await loadFlask(bin, join(source, 'patients.csv'), peer);

const starts = {
  sqlite: () => startCarelake('Carelake, SQLite', lake, sqlite),
  mongodb: () => startCarelake('Carelake, MongoDB', lake, mongo),
  flask1: () => startFlask('Flask, PyMongo, 1 process', bin, peer, 1),
  flask2: () => startFlask('Flask, PyMongo, 2 processes', bin, peer, 2),
};
const servers = [];
for (const name of names) servers.push(await starts[name]());

let ids = [];
for (let next = '/api/patients?limit=1000'; next && ids.length < 5000; ) {
  const body = await (await fetch(servers[0].url + next)).json();
  ids = ids.concat(body.patients.map(({ patient_id }) => patient_id));
  next = body.next && `/api/patients?limit=1000&after=${encodeURIComponent(body.next)}`;
}
const anyId = () => ids[Math.floor(Math.random() * ids.length)];

let written = 0;
const newPatient = () => ({
  ...{
    patient_id: `bench-${stamp}-${++written}`,
    name: 'Somebody Typed',
    age: 41,
    gender: 'Female',
    location: 'Leeds',
  },
  ...{
    bmi: 23.5,
    smoker_status: 'Never',
    alcohol_use: 'None',
    chronic_conditions: 'asthma',
    registration_date: '2024-05-01',
  },
});
const headers = { 'content-type': 'application/json' };

const loads = {
  'GET a patient': { setupRequest: (request) => ({ ...request, path: `/api/patients/${anyId()}` }) },
  'GET 50 patients': { path: '/api/patients?limit=50' },
  'POST a patient': {
    ...{ method: 'POST', path: '/api/patient', headers },
    setupRequest: (request) => ({ ...request, body: JSON.stringify(newPatient()) }),
  },
};

async function measure(server, request, duration, options = {}) {
  const before = server.usage();
  const result = await autocannon({ url: server.url, connections, duration, requests: [request], ...options });
  const { seconds: spent } = server.usage();
  return {
    rate: result.requests.total / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    cpu: ((spent - before.seconds) * 1e3) / Math.max(1, result.requests.total),
    failed: result.non2xx + result.errors,
  };
}

/** Until a patient is answered from rows at hand, which are brought in with the first question. */
async function settled({ name, url }) {
  for (let round = 0; round < 600; round++) {
    const start = performance.now();
    for (let n = 0; n < 5; n++) await (await fetch(`${url}/api/patients/${anyId()}`)).text();
    if (round > 4 && performance.now() - start < 75) return;
    await pause(200);
  }
  throw new Error(`${name} stays slow.`);
}

for (const server of servers) await settled(server);
const figures = new Map();
// Writes come last: what no run has read yet makes lists slower.
for (const [name, load] of Object.entries(loads)) {
  // Until Python and V8 are warm.
  for (const server of servers) await measure(server, load, 2);
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const server of round % 2 === 0 ? servers : [...servers].reverse()) {
      const figure = await measure(server, load, seconds);
      if (figure.failed > 0) say(`${server.name}, ${name}: ${figure.failed} were not answered by success.`);
      const key = `${name}\t${server.name}`;
      figures.set(key, [...(figures.get(key) ?? []), figure]);
    }
  }
}
/** Reads and writes in turn for so many seconds; returns what was resident, second by second. */
async function mixed(server, duration) {
  const begun = performance.now();
  const [before, sizes] = [written, []];
  let failed = 0;
  const post = Number(values.typed) > 0 ? { overallRate: Number(values.typed) } : {};
  const watch = setInterval(() => sizes.push({ at: performance.now(), bytes: server.usage().bytes }), 1000);
  while (performance.now() - begun < duration * 1000) {
    failed += (await measure(server, loads['GET a patient'], 5)).failed;
    failed += (await measure(server, loads['POST a patient'], 5, post)).failed;
  }
  clearInterval(watch);
  if (failed > 0) say(`${server.name}: ${failed} were not answered by success.`);
  return { begun, ended: performance.now(), sizes, typed: written - before };
}

/** Of the first third and the last: what was resident, second by second, and alive after collections of the whole heap. */
function memoryText({ name, collections }, { begun, ended, sizes, typed }) {
  const third = (ended - begun) / 3;
  const [isFirst, isLast] = [({ at }) => at >= begun && at < begun + third, ({ at }) => at >= ended - third];
  const mib = (bytes) => (bytes / 2 ** 20).toFixed(0);
  const shown = (some) => {
    const bytes = some.map((one) => one.bytes);
    const mean = bytes.reduce((sum, one) => sum + one, 0) / bytes.length;
    return bytes.length === 0 ? 'none' : `${mib(mean)} (${mib(Math.min(...bytes))} to ${mib(Math.max(...bytes))})`;
  };
  const both = (of) => `${shown(of.filter(isFirst))} in the first third, ${shown(of.filter(isLast))} in the last`;
  return [
    `\n${name}, ${((ended - begun) / 60_000).toFixed(1)} minutes, ${typed} patients typed; MiB, mean (least to most):`,
    `resident ${both(sizes)};`,
    `alive after a collection of the whole heap ${both(collections)}.`,
  ].join('\n');
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
const of = (name, server, field) => median((figures.get(`${name}\t${server.name}`) ?? []).map((one) => one[field]));
say(`\n${connections} connections, ${count} patients, ${values.rounds} rounds of ${seconds} s each, medians\n`);
say('| request | server | a second | p50 ms | p99 ms | processor ms each |\n| --- | --- | ---: | ---: | ---: | ---: |');
for (const name of Object.keys(loads)) {
  for (const server of servers) {
    const cells = [
      of(name, server, 'rate').toFixed(0),
      of(name, server, 'p50'),
      of(name, server, 'p99'),
      of(name, server, 'cpu').toFixed(2),
    ];
    say(`| ${[name, server.name, ...cells].join(' | ')} |`);
  }
}

const watched = Number(values.memory);
for (const server of watched > 0 ? servers.filter(({ collections }) => collections) : []) {
  await mixed(server, Number(values['warm-up']));
  say(memoryText(server, await mixed(server, watched)));
}
for (const server of servers) await server.stop();
