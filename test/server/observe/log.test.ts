// What the server writes down: enough to find out what happened, and no name, identifier or value of a patient.
import { expect, test } from 'vitest';
import { type Log, openLog } from '../../../src/server/observe/log.js';
import { withoutValues } from '../../../src/server/observe/without-values.js';
import { houseOf, motleyHouse } from '../house.js';

const lines: string[] = [];
const open = (form: 'json' | 'text' | 'off'): Log => {
  lines.length = 0;
  return openLog(form, (line) => lines.push(line));
};
const request = {
  ...{ request: 'r-1', method: 'GET', route: '/api/patients/:id', status: 200, ms: 1.5, by: 'ann', from: '10.0.0.1' },
};

test('in JSON each line is one document with time and level', () => {
  const log = open('json');
  log.request(request);
  log.request({ ...request, status: 503 });
  log.note('two\nlines');
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { time: expect.stringMatching(/^20.*Z$/), level: 'info', ...request },
    { time: expect.any(String), level: 'error', ...request, status: 503 },
    { time: expect.any(String), level: 'info', msg: 'two\nlines' },
  ]);
});

test('as text a line is what a person reads', () => {
  open('text').request(request);
  expect(lines[0]).toMatch(/^20\S+Z INFO GET \/api\/patients\/:id 200 1.5 ms by ann from 10.0.0.1 \(r-1\)$/);
});

test('off leaves notes and failures', () => {
  const log = open('off');
  log.request(request);
  log.note('The certificate expires.');
  log.failure('TypeError: x\n    at y (z.js:1:1)');
  expect(lines).toEqual(['The certificate expires.', 'TypeError: x\n    at y (z.js:1:1)']);
});

test.each([
  [
    `SyntaxError: Unexpected token 'Z', "Zoë "Zed" O'Hara" is not valid JSON`,
    'SyntaxError: Unexpected token … is not valid JSON',
  ],
  [
    "Error: Conversion Error: Could not convert string 'Zoë O'Hara' to INT32\n\nLINE 1: select Zoë",
    'Error: Conversion Error: Could not convert string … to INT32\n\nLINE 1: …',
  ],
  ['Error: Constraint Error: Duplicate key "id: Zoë"', 'Error: Constraint Error: Duplicate key …'],
  ['RangeError: Invalid time value', 'RangeError: Invalid time value'],
])('of %j the places stay and the values go', (message, kept) => {
  const places = "\n    at parse (node:internal 'x':1:2)\n    at run (a.js:1:1)";
  expect(withoutValues(message + places)).toBe(kept + places);
});

test('a day in small leaves no name and no identifier in the log, whatever went wrong', async () => {
  const house = await motleyHouse({ runAfter: 1 });
  const names = ['Zoë Nightingale', `"O'Hara" Quux’); DROP`, 'a\nb\u001b[31mZebra'];
  const secrets = ['Zo', 'Nightingale', 'Hara', 'Quux', 'Zebra', 'XID', 'Zville', '1931-05'];
  const { server, logged } = house;
  const ask = (method: string, url: string, payload?: unknown, headers: Record<string, string> = {}) =>
    server.inject({
      ...{ method: method as 'GET', url, headers: { 'content-type': 'application/json', ...headers } },
      ...(payload !== undefined && { payload: typeof payload === 'string' ? payload : JSON.stringify(payload) }),
    });
  try {
    for (const [n, name] of names.entries()) {
      const id = `XID-${n}-${encodeURIComponent(name)}`;
      const values = { patient_id: id, name, birth_date: '1931-05-01', gender: 'Female', location: 'Zville' };
      await ask('POST', '/api/patient', values, { 'idempotency-key': `XID-key-${n}` });
      await ask('POST', '/api/patient', values);
      await ask('POST', '/api/patient', { ...values, age: name, [name]: name });
      await ask('POST', '/api/visit', { visit_id: `XID-v${n}`, patient_id: `XID-none-${n}`, visit_date: name });
      await ask('PATCH', `/api/patients/${encodeURIComponent(id)}`, { version: 1, values: { name: `${name} II` } });
      await ask('PATCH', `/api/patients/${encodeURIComponent(id)}`, { version: 'XID', values: { name: 5 } });
      for (const path of [
        `/api/patients/${encodeURIComponent(id)}`,
        `/api/patients?name=${encodeURIComponent(name)}`,
      ]) {
        await ask('GET', path);
        await ask('GET', `${path}/history`);
        await ask('PUT', path, '{}');
      }
      await ask('GET', `/api/lineage?table=patients&key=${encodeURIComponent(id)}`);
      await ask('GET', `/${encodeURIComponent(name)}?patient=${encodeURIComponent(name)}`);
      await ask('GET', `/api/patients/%zz${encodeURIComponent(name)}`);
      await ask('POST', '/api/ml/predict/readmission', { patient_id: id, name });
      await ask('POST', '/api/ml/batch-predict', { patients: [{ patient_id: id }, { name }] });
      await ask('POST', '/api/patient', `{"name": "${name}`);
      await ask('POST', '/api/patient', name, { 'content-type': 'application/xml' });
      await ask('GET', '/api/patients', undefined, {
        host: encodeURIComponent(name),
        'x-name': encodeURIComponent(name),
      });
    }
    await expect.poll(() => server.runs.state(), { timeout: 20_000 }).toMatchObject({ state: 'idle' });
    expect((await server.inject('/metrics')).body).not.toMatch(new RegExp(secrets.join('|')));
    expect(logged.length).toBeGreaterThan(50);
    const unread = await server.inject('/api/patients/%zz');
    expect(JSON.parse(logged.at(-1) ?? '')).toMatchObject({
      ...{ request: unread.headers['x-request-id'], method: 'GET', route: 'none', status: 400, from: '127.0.0.1' },
    });
    const statuses = new Set(logged.map((line) => JSON.parse(line).status));
    for (const status of [200, 201, 404, 405, 409, 415, 421, 422]) expect(statuses).toContain(status);
    for (const secret of secrets) expect(logged.join('\n')).not.toContain(secret);
    expect(house.reported).toEqual([]);
    for (const line of logged)
      expect(JSON.parse(line)).toMatchObject({ request: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  } finally {
    await house.close();
  }
});

test('a failure that nobody foresaw is told by the request that its answer names, without its values', async () => {
  const { workspace, close } = await motleyHouse();
  const told: string[] = [];
  const engine = {
    ...workspace.engine,
    query: () => {
      throw new Error("Could not convert 'Zoë' to INT32");
    },
  };
  const house = await houseOf(
    { ...workspace, engine: engine as never },
    { report: (text) => told.push(withoutValues(text)) },
  );
  try {
    const { statusCode, headers, body } = await house.server.inject('/api/patients');
    expect(statusCode).toBe(500);
    expect(JSON.parse(body)).toMatchObject({ code: 'INTERNAL' });
    expect(body).not.toMatch(/convert|Zo|\.ts|\.js/);
    expect(told.join()).toContain(`Request ${headers['x-request-id']}: Error: Could not convert … to INT32\n    at `);
    expect(told.join()).not.toContain('Zoë');
  } finally {
    await house.server.close();
    await close();
  }
});
