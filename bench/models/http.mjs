// What a prediction costs over HTTP beside an empty route, and how long others wait while a batch is answered: see bench/README.md.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    rounds: { type: 'string', default: '300' },
    batch: { type: 'string', default: '10000' },
  },
});
if (!values.data) throw new Error('--data names the folder of a lake whose models are served (carelake demo).');

const patient = {
  ...{ age: 65, gender: 'Male', bmi: 28.5, smoker_status: 'yes', number_of_previous_visits: 3, length_of_stay: 5 },
  ...{ severity_score: 7, diagnosis_description: 'Diabetes', previous_visit_gap_days: 30 },
};

/** Asked a tenth as often: it takes a statement over the tables of the run. */
const known = 'risk of a known patient, explained';

const say = (text) => process.stdout.write(`${text}\n`);

const program = new URL('../../dist/cli/main.js', import.meta.url).pathname;
const server = spawn(process.execPath, [program, 'serve', '--port', '0', '--json', '--data', values.data], {
  stdio: ['ignore', 'pipe', 'inherit'],
  env: { ...process.env, CARELAKE_AUTH: 'off' },
});
try {
  let told = '';
  for await (const chunk of server.stdout) {
    told += chunk;
    if (told.trimEnd().endsWith('}')) break;
  }
  await measure(JSON.parse(told).url);
} finally {
  server.kill('SIGTERM');
  await once(server, 'exit');
}

async function measure(url) {
  const connection = new Agent({ keepAlive: true, maxSockets: 1 });
  const patient_id = await somebody(connection, url);
  const questions = {
    'an empty route, GET /api/health': () => ask(connection, `${url}/api/health`),
    'readmission by nine fields, explained': () => ask(connection, `${url}/api/ml/predict/readmission`, patient),
    [known]: () => ask(connection, `${url}/api/ml/predict/risk-score`, { patient_id }),
  };
  const times = new Map(Object.keys(questions).map((name) => [name, []]));
  for (let round = -10; round < Number(values.rounds); round++) {
    for (const [name, question] of Object.entries(questions)) {
      if (name === known && round % 10 !== 0) continue;
      const { ms, status } = await question();
      if (status !== 200) throw new Error(`${name}: ${status}`);
      if (round >= 0) times.get(name).push(ms);
    }
  }
  say('| question, one connection | median ms | p99 ms |\n| --- | ---: | ---: |');
  for (const [name, all] of times) say(`| ${name} | ${at(all, 0.5)} | ${at(all, 0.99)} |`);

  const patients = Array.from({ length: Number(values.batch) }, (_, number) => ({
    ...patient,
    age: 20 + (number % 70),
  }));
  const alone = await pinged(url, new Promise((done) => setTimeout(done, 3000)));
  let answer;
  const beside = await pinged(
    url,
    ask(connection, `${url}/api/ml/batch-predict`, { patients }).then((given) => {
      answer = given;
    }),
  );
  const { results } = JSON.parse(answer.body);
  if (results.length !== patients.length) throw new Error('Not every patient was answered.');
  say(
    '\n| GET /api/health of another connection | asked | median ms | p99 ms | longest ms |\n| --- | ---: | ---: | ---: | ---: |',
  );
  const row = (name, all) => say(`| ${name} | ${all.length} | ${at(all, 0.5)} | ${at(all, 0.99)} | ${at(all, 1)} |`);
  row('with nothing beside it', alone);
  row(
    `beside a batch of ${patients.length}, ${(answer.ms / 1000).toFixed(1)} s, ${(answer.body.length / 1e6).toFixed(0)} MB`,
    beside,
  );
  connection.destroy();
}

/** A patient who is alive and has had a visit, as the risk model asks. */
async function somebody(agent, url) {
  const { patients } = JSON.parse((await ask(agent, `${url}/api/patients?limit=50`)).body);
  for (const { patient_id } of patients) {
    const { status } = await ask(agent, `${url}/api/ml/predict/risk-score`, { patient_id });
    if (status === 200) return patient_id;
  }
  throw new Error('None of the first 50 patients can be asked about.');
}

/** How long a small question took, again and again until something else is over. */
async function pinged(url, until) {
  const other = new Worker(new URL('./ping.mjs', import.meta.url), { workerData: `${url}/api/health` });
  await until;
  other.postMessage('stop');
  const [all] = await once(other, 'message');
  return all;
}

async function ask(agent, url, body) {
  const start = performance.now();
  const options = body ? { agent, method: 'POST', headers: { 'content-type': 'application/json' } } : { agent };
  const asked = request(url, options).end(body && JSON.stringify(body));
  const [answer] = await once(asked, 'response');
  const chunks = [];
  for await (const chunk of answer) chunks.push(chunk);
  return { ms: performance.now() - start, status: answer.statusCode, body: Buffer.concat(chunks).toString() };
}

function at(all, share) {
  const sorted = all.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))].toFixed(1);
}
