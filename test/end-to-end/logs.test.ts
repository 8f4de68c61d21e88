// All that the program writes down while a hospital is worked with from its files to a stop, well and badly, holds no name, no
// identifier and no birth date of a patient.
//
// What commands answer to whoever typed them holds such values on purpose: rows, rejected values, the key that is not there.
// With `--json` the whole answer, a refusal too, is on stdout, so that what stderr gets is what is told beside it: the log.
import { appendFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'libsql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Place } from './place.js';
import { receiver } from './receiver.js';
import { type Server, startServer } from './server.js';
import { Unmistakable } from './unmistakable.js';

const words = new Unmistakable();
const password = 'four words nobody expects';

/** The log of the server, line by line. */
let written: readonly string[] = [];
/** What is told beside the answers, and by whom. */
const told: Record<string, string> = {};
/** What was answered, which is to hold what the log may not. */
const answers: string[] = [];
/** Every request, as its answer names it. */
const asked: { readonly request: string; readonly method: string; readonly path: string; readonly status: number }[] =
  [];

let place: Place;
let server: Server;
let received: Awaited<ReturnType<typeof receiver>>;
let environment: Record<string, string>;
/** Of somebody who has signed in. */
let cookie = '';
let csrf = '';
/** In the files: a patient and a visit of theirs. */
let patient = '';
let visit = '';
/** Typed. */
const typed = words.word();
const name = words.name();
const born = '1931-05-17';
words.all.add(born);

/** A command to its end, whatever that is; returns its answer. */
async function command(...args: string[]) {
  const { code, stdout, stderr } = await place.run([...args, '--json'], { environment });
  told[args.join(' ')] = stderr;
  answers.push(stdout);
  return { code, answer: JSON.parse(stdout) };
}

/** A server that has too much to do is taken at its word. */
async function exchange(method: string, path: string, headers: Record<string, string>, content?: BodyInit) {
  const given = { cookie, 'x-csrf-token': csrf, ...headers };
  const answer = await fetch(server.url + path, {
    method,
    headers: given,
    ...(content !== undefined && { body: content }),
  });
  const said = await answer.text();
  const { status, headers: heads } = answer;
  asked.push({ request: heads.get('x-request-id') ?? '', method, path, status });
  answers.push(said);
  if (said.includes('"SERVER_BUSY"')) {
    await pause(1000 * Number(heads.get('retry-after')));
    return exchange(method, path, headers, content);
  }
  return { status, headers: heads, said };
}

async function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const { said, ...rest } =
    body === undefined
      ? await exchange(method, path, headers)
      : await exchange(method, path, { 'content-type': 'application/json', ...headers }, JSON.stringify(body));
  return { ...rest, body: JSON.parse(said) };
}

async function send(file: string, content: string | Uint8Array<ArrayBuffer>, fields: Record<string, string> = {}) {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.append(field, value);
  form.append('file', new Blob([content]), file);
  return exchange('POST', '/api/upload', {}, form);
}

/** Bytes that no client would send; returns what is answered before the end of the connection. */
async function sendRaw(bytes: string): Promise<string> {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  socket.end(bytes);
  return text(socket);
}

/** Waits until the run that writes have asked for has come to this. */
async function ran(state: 'idle' | 'failed'): Promise<void> {
  for (;;) {
    const { now } = (await ask('GET', '/api/runs')).body;
    if (now.state === state && (state === 'failed' || now.pending_entries === 0)) return;
    await pause(250);
  }
}

beforeAll(async () => {
  place = await Place.make();
  received = await receiver();
  const temporary = join(place.path, 'temporary');
  await mkdir(temporary);
  environment = {
    ...{ CARELAKE_AUTH: 'on', CARELAKE_LOG: 'json', CARELAKE_RUN_AFTER: '0.2' },
    ...{ OTEL_EXPORTER_OTLP_ENDPOINT: received.url, OTEL_LOG_LEVEL: 'ALL', DEBUG: '*', TMPDIR: temporary },
  };
});
afterAll(async () => {
  server?.process.kill('SIGKILL');
  received.close();
  await place.remove();
});

/** It is much for one hook, on a machine that does much else. */
const long = 600_000;
beforeAll(async () => {
  await hospital();
  await commands();
}, long);
beforeAll(async () => {
  server = await startServer(place, { environment });
  await signsIn();
  await typesRecords();
  await uploads();
  await ran('idle');
  await reads();
  await asksModels();
  await asksBadly();
  await breaksThings();
  told.metrics = (await exchange('GET', '/metrics', {})).said;
  server.process.kill('SIGTERM');
  const { code, stdout, stderr } = await server.end;
  expect(code).toBe(0);
  Object.assign(told, { 'serve, its result': stdout, 'serve, its log': stderr, traces: received.bodies.join('\n') });
  await command('audit', 'export', `${words.word()}.csv`);
  written = stderr.trim().split('\n');
}, long);

test('no name, no identifier and no birth date is in it', async () => {
  for (const [who, what] of Object.entries(told)) expect([who, words.in(what)]).toEqual([who, []]);
  expect(await readdir(join(place.path, 'temporary'))).toEqual([]);
  const files = await readdir(place.path, { recursive: true });
  expect(files.filter((file) => /[.](log|out|err|trace)$|core[.]/i.test(file))).toEqual([]);
});

test('what was looked for is what was worked with, and would be found in any spelling', () => {
  const shown = new Set(words.in(answers.join('\n')));
  for (const word of [typed, patient, visit, ...name.toLowerCase().split(' '), born]) expect(shown).toContain(word);
  expect(shown.size).toBeGreaterThan(500);
  const line = JSON.parse(written.find((one) => one.startsWith('{')) ?? '');
  for (const planted of [name, typed.toUpperCase(), encodeURIComponent(name), `x${patient}9`, born])
    expect(words.in(JSON.stringify({ ...line, route: `/api/patients/${planted}` }))).not.toEqual([]);
});

test('it has a line for each request, by the id that the answer bears, and for what nobody foresaw', () => {
  // To whoever is at the terminal.
  expect(written.filter((line) => !line.startsWith('{'))).toEqual(['Stopping; what is finished is kept.']);
  const lines = written.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
  const ofRequest = new Map(lines.map((line) => [line.request, line]));
  for (const { request, method, path, status } of asked)
    expect([path, ofRequest.get(request)]).toMatchObject([path, { method, status, by: expect.any(String) }]);
  const statuses = new Set(lines.map(({ status }) => status));
  for (const status of [200, 201, 202, 400, 401, 403, 404, 405, 409, 410, 415, 422, 500])
    expect(statuses).toContain(status);
  expect(new Set(lines.map(({ by }) => by))).toEqual(new Set(['nobody', 'admin', undefined]));
  expect(lines.filter(({ msg }) => /^Request .*\n {4}at /s.test(msg))).not.toEqual([]);
  for (const said of [told.metrics, told.traces]) expect(said).toContain('/api/patients/:id');
});

/** Files with rows that are right, that are wrong in many ways, and that no reader takes. */
async function hospital(): Promise<void> {
  await command('generate', '--patients', '1200', '--seed', '3', '--dirty', '0.05', '--out', 'hospital');
  await words.rename(join(place.path, 'hospital'));
  const wrong = [
    `${words.word()},${words.name()},not a date,Q,,,900`,
    `,${words.name()},1950-02-30`,
    `${words.word()},"${words.name()} never closed`,
    `${words.word()},${words.name()},1950-01-01,F,,,,,,,,,,,${words.word()},${words.word()}`,
  ];
  await appendFile(join(place.path, 'hospital/patients.csv'), `${wrong.join('\n')}\n`);
  const [first = ''] = (await readFile(join(place.path, 'hospital/visits.csv'), 'utf8')).split('\n').slice(1);
  [visit = '', patient = ''] = first.split(',');
  expect(words.in(`${visit} ${patient}`)).toHaveLength(2);
}

async function commands(): Promise<void> {
  const refused = `${words.word()}.csv`;
  await writeFile(join(place.path, refused), `${words.word()},${words.name()}\n${words.word()},1\n`);
  const discharges = `patient_id,name,age\n${patient},${name},65\n${typed},${words.name()},old\n`;
  await writeFile(join(place.path, 'discharges.csv'), discharges);
  const done = [
    ['ingest', 'hospital'],
    ['run'],
    ['train', 'readmission', '--algorithm', 'logistic', '--trials', '2', '--folds', '3'],
    ['predict', 'readmission', '--csv', 'discharges.csv', '--out', 'answers.csv'],
    ['lineage', 'visits', visit],
    ['rejects', '--limit', '1000'],
    ['query', `select * from patients where patient_id = '${patient}' or name = '${name}'`],
    ['export', 'csv', 'exported'],
    ['doctor', '--deep'],
  ];
  for (const args of done) expect([args, (await command(...args)).code]).toEqual([args, 0]);
  const failing = [
    ['ingest', refused],
    ['lineage', 'patients', words.word()],
    ['query', `select ${words.word()} from patients where name = '${words.name()}'`],
  ];
  for (const args of failing) expect([args, (await command(...args)).code]).not.toEqual([args, 0]);
}

async function signsIn(): Promise<void> {
  const wrong = { name: words.name(), password: words.word() };
  expect((await ask('POST', '/api/auth/sign-in', wrong)).status).toBe(401);
  expect((await ask('POST', '/api/auth/link', { token: words.word(), password })).status).toBe(410);
  expect((await ask('GET', `/api/patients/${patient}`)).status).toBe(401);
  const token = new URL(server.told.first_sign_in?.url ?? '').hash.slice(1);
  expect((await ask('POST', '/api/auth/link', { token, password })).status).toBe(200);
  expect((await ask('POST', '/api/auth/sign-in', { name: 'admin', password: words.word() })).status).toBe(401);
  const { headers, body } = await ask('POST', '/api/auth/sign-in', { name: 'admin', password });
  cookie = headers
    .getSetCookie()
    .map((one) => one.split(';', 1)[0])
    .join('; ');
  csrf = body.csrf_token;
  expect((await ask('GET', `/api/patients/${patient}`, undefined, { 'x-csrf-token': '' })).status).toBe(200);
  expect((await ask('DELETE', `/api/patients/${patient}?version=0`, undefined, { 'x-csrf-token': name })).status).toBe(
    403,
  );
  const refresh = { grant_type: 'refresh_token', refresh_token: words.word() };
  expect((await ask('POST', '/api/auth/token', refresh)).status).toBe(401);
  const bearer = { cookie: '', authorization: `Bearer clk_${words.word()}_${words.word()}` };
  expect((await ask('GET', `/api/patients?name=${words.word()}`, undefined, bearer)).status).toBe(401);
}

async function typesRecords(): Promise<void> {
  const right = { patient_id: typed, name, birth_date: born, gender: 'Female', location: words.word() };
  const newVisit = { visit_id: words.word(), patient_id: typed, visit_date: '2026-01-05' };
  const drug = { prescription_id: words.word(), patient_id: typed, drug_name: words.word() };
  const once = { 'idempotency-key': words.word() };
  const path = `/api/patients/${typed}`;
  const expected: readonly (readonly [number, string, string, unknown, Record<string, string>?])[] = [
    [201, 'POST', '/api/patient', right, once],
    [201, 'POST', '/api/patient', right, once],
    [422, 'POST', '/api/patient', { ...right, name: words.name() }, once],
    [409, 'POST', '/api/patient', right],
    [422, 'POST', '/api/patient', { ...right, age: name, [words.word()]: words.word() }],
    [400, 'POST', '/api/patient', words.word()],
    [415, 'POST', '/api/patient', right, { 'content-type': 'application/xml' }],
    [201, 'POST', '/api/visit', { ...newVisit, diagnosis_description: words.word() }],
    [422, 'POST', '/api/visit', { ...newVisit, visit_id: words.word(), patient_id: words.word() }],
    [422, 'POST', '/api/visit', { ...newVisit, visit_id: words.word(), visit_date: words.word() }],
    [201, 'POST', '/api/prescription', drug],
    [200, 'PATCH', path, { version: 1, name: words.name() }],
    [409, 'PATCH', path, { version: 1, name: words.name() }],
    [422, 'PATCH', path, { version: 2, gender: words.word() }],
    [409, 'DELETE', `${path}?version=2`, undefined],
    [200, 'DELETE', `/api/prescriptions/${drug.prescription_id}?version=1`, undefined],
    [200, 'PUT', `/api/drafts/${words.word()}`, { form: 'patient', values: right }],
    [200, 'PUT', `/api/mappings/${words.word()}`, { columns: { patients: { name: words.word() } } }],
  ];
  for (const [status, method, at, body, headers] of expected) {
    const answer = await ask(method, at, body, headers);
    expect([method, at, answer.status, answer.body.code]).toEqual([method, at, status, answer.body.code]);
  }
}

async function uploads(): Promise<void> {
  const header = 'patient_id,name,age,gender\n';
  const good = `${header}${words.word()},${words.name()},44,F\n${words.word()},${words.name()},900,F\n,${words.name()},5\n`;
  expect((await send(`${words.name()}.csv`, good, { dry_run: 'true' })).status).toBe(200);
  expect((await send(`${words.name()}.csv`, good, { type: 'patients' })).status).toBeLessThan(203);
  expect((await send(`${words.name()}.csv`, good)).status).toBeLessThan(203);
  const hostile: readonly (readonly [string, string | Uint8Array<ArrayBuffer>, Record<string, string>?])[] = [
    [`../../${words.word()}.csv`, Uint8Array.from([0, 1, 2, ...Buffer.from(words.word())])],
    [`${words.word()}.exe`, `${header}${words.word()},${words.name()},1,F\n`],
    [`${words.word()}.zip`, `PK\x03\x04${words.word()}`],
    [`${words.word()}.csv.gz`, words.word()],
    [`${words.word()}.csv`, `${words.word()},${words.word()}\n${words.word()},1\n`],
    [`${words.word()}.csv`, `${header}${words.word()},${words.name()},1,F\n`, { type: words.word() }],
    [`${words.word()}.csv`, `${header}${words.word()},${words.name()},1,F\n`, { mapping: words.word() }],
    [`${words.word()}.csv`, `patient_id,"${words.name()}\n`],
  ];
  for (const [file, content, fields] of hostile)
    expect([file, (await send(file, content, fields)).status]).toEqual([file, expect.toSatisfy(isRefusal)]);
}

const isRefusal = (status: number): boolean => status >= 400 && status < 500;

async function reads(): Promise<void> {
  const who = encodeURIComponent(name);
  for (const path of [
    `/api/patients?name=${who}`,
    `/api/patients?patient_id=${typed}&sort=-name`,
    `/api/visits?patient_id=${patient}`,
    `/api/prescriptions?patient_id=${patient}&limit=5`,
    `/api/patients/${typed}`,
    `/api/patients/${typed}/history`,
    `/api/patients/${patient}/timeline`,
    `/api/visits/${visit}`,
    `/api/lineage?table=visits&key=${visit}`,
    '/api/rejects?limit=1000',
    '/api/quality',
    '/api/uploads',
    '/api/drafts',
    '/api/get-analytics',
    '/api/dashboard',
    '/api/deidentified/patients?limit=5',
    `/api/audit?patient=${patient}`,
    '/api/audit/verify',
  ]) {
    expect([path, (await ask('GET', path)).status]).toEqual([path, 200]);
  }
  for (const [path, accept] of [
    ['/api/patients', 'text/csv'],
    ['/api/visits', 'application/x-ndjson'],
    ['/api/audit/export', 'text/csv'],
  ] as const) {
    expect([path, (await exchange('GET', path, { accept })).status]).toEqual([path, 200]);
  }
}

async function asksModels(): Promise<void> {
  const known = { patient_id: patient };
  expect((await ask('POST', '/api/ml/predict/readmission', known)).status).toBe(200);
  const batch = { patients: [known, { patient_id: words.word() }, { name, age: words.word() }] };
  expect((await ask('POST', '/api/ml/batch-predict', batch)).status).toBe(200);
  expect((await ask('POST', '/api/ml/predict/readmission', { patient_id: words.word() })).status).toBe(404);
  expect((await ask('POST', '/api/ml/predict/readmission', { age: words.word() })).status).toBe(422);
  expect((await ask('POST', '/api/worklist/fill', { model: 'readmission', most: 5, days: 366 })).status).toBe(200);
  const training = await ask('POST', '/api/models/readmission/train', { source: words.word() });
  expect(training.status).toBe(202);
  const job = `/api/jobs/${training.body.job.id}`;
  while ((await ask('GET', job)).body.job.state === 'running') await pause(250);
}

/** What is not there, is no address, is no request; and every header that a client fills. */
async function asksBadly(): Promise<void> {
  const headers = {
    ...{ 'x-request-id': words.word(), 'user-agent': words.name(), referer: `http://${words.word()}.example/` },
    ...{ traceparent: words.word(), tracestate: `${words.word()}=1`, 'x-forwarded-for': words.word() },
    ...{ accept: words.word(), 'if-none-match': `"${words.word()}"`, 'accept-language': words.word() },
  };
  const who = encodeURIComponent(name);
  for (const [status, method, path] of [
    [404, 'GET', `/api/patients/${words.word()}`],
    [404, 'GET', `/api/patients/${words.word()}/timeline`],
    [404, 'GET', `/api/patients/${typed}/${words.word()}`],
    [404, 'GET', `/${who}?patient=${who}`],
    [404, 'GET', `/api/lineage?table=patients&key=${words.word()}`],
    [404, 'GET', `/api/uploads/${words.word()}`],
    [400, 'GET', `/api/models/${words.word()}`],
    [405, 'PUT', `/api/patients/${typed}`],
    [400, 'GET', `/api/patients?${words.word()}=${words.word()}`],
    [400, 'GET', `/api/patients?after=${words.word()}`],
    [400, 'GET', `/api/patients?birth_date=${words.word()}`],
  ] as const) {
    const answer = await ask(method, path, undefined, headers);
    expect([method, path, answer.status]).toEqual([method, path, status]);
  }
  const { host } = new URL(server.url);
  const word = words.word();
  for (const bytes of [
    `GET /api/patients/%zz${word} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
    `GET /api/patients/${word} HTTP/9.9\r\nHost: ${host}\r\n\r\n`,
    `${word} /api/patients/${word} HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
    `GET /api/patients/${word} HTTP/1.1\r\nHost: ${word}\r\nConnection: close\r\n\r\n`,
    `GET /api/patients/${word} HTTP/1.1\r\nHost: ${host}\r\n${word}: ${word.repeat(9000)}\r\n\r\n`,
    `POST /api/patient HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 9999\r\n\r\n{"name":"${word}`,
  ])
    expect(await sendRaw(bytes)).toMatch(/^(HTTP\/1.1 4|$)/);
}

/** The tables of the published run become what no engine reads, and an entry what no reader of JSON does, which quotes it. */
async function breaksThings(): Promise<void> {
  const steps = await readdir(place.lake('steps'), { recursive: true });
  for (const file of steps.filter((one) => one.endsWith('.parquet')))
    await writeFile(place.lake('steps', file), `no Parquet, but ${words.word()}`);
  const question = { metrics: ['total_patients'], where: { gender: ['Female'], patient_id: [words.word()] } };
  for (const [status, method, path, body] of [
    [500, 'GET', `/api/lineage?table=visits&key=${visit}`],
    [500, 'GET', `/api/visits?diagnosis_description=${words.word()}`],
    [500, 'GET', `/api/patients/${patient}/timeline`],
    [500, 'POST', '/api/analytics/query', { metrics: ['total_visits'], by: ['disease'] }],
    [422, 'POST', '/api/analytics/query', question],
  ] as const) {
    expect([path, (await ask(method, path, body)).status]).toEqual([path, status]);
  }
  await ask('POST', '/api/patient', { patient_id: words.word(), name: words.name(), age: 50, gender: 'Female' });
  await ran('failed');
  const records = new Database(join(place.path, 'carelake-data/records.sqlite'), { timeout: 60_000 });
  records.exec(`update entries set after = '{"name": ${words.name()}' where key = '${typed}'`);
  records.close();
  const { status, body } = await ask('GET', `/api/patients/${typed}/history`);
  expect([status, body.code]).toEqual([500, 'INTERNAL']);
}
