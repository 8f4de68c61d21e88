// What is typed into a running server: it becomes data by itself, and nobody who listens is told of a patient.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Place } from './place.js';
import { ask, listenTo, type Server, startServer } from './server.js';

let place: Place;
const started: Server[] = [];
beforeEach(async () => {
  place = await Place.make();
});
afterEach(async () => {
  for (const { process, end } of started.splice(0)) {
    process.kill('SIGKILL');
    await end;
  }
  await place.remove();
});

async function serve(runAfter: string): Promise<Server> {
  const server = await startServer(place, { environment: { CARELAKE_RUN_AFTER: runAfter } });
  started.push(server);
  return server;
}

test('what is typed into an empty server is in every number once a run has read it, and files after it are, too', async () => {
  const { url } = await serve('0.2');
  const patient = { patient_id: 'P1', name: 'Ann Example', age: 45, gender: 'Female', location: 'Rome' };
  expect((await ask(`${url}/api/patients`)).body.code).toBe('NOT_PUBLISHED');
  const events = await listenTo(url);
  expect((await ask(`${url}/api/patient`, 'POST', patient)).status).toBe(201);
  expect((await ask(`${url}/api/patients`)).body).toMatchObject({ total: 1, patients: [{ name: 'Ann Example' }] });
  const visit = { visit_id: 'V1', patient_id: 'P1', visit_date: '2024-01-05', diagnosis_code: 'I10' };
  expect((await ask(`${url}/api/visit`, 'POST', visit)).status).toBe(201);
  const told = await events.settled();
  const entries = told.filter(({ event }) => event === 'entry').map(({ data }) => `${data.kind} ${data.table}`);
  expect(entries).toEqual(['create patients', 'create visits']);
  const states = told.filter(({ event }) => event === 'run').map(({ data }) => data.state);
  expect(states.slice(0, 3)).toEqual(['waiting', 'running', 'idle']);
  expect(JSON.stringify(told)).not.toMatch(/P1|V1|Ann/);

  const analytics = (await ask(`${url}/api/get-analytics`)).body;
  expect(analytics).toMatchObject({
    analytics: {
      age_distribution: [{ age_group: '35-49', count: 1 }],
      gender_distribution: [{ gender: 'Female', count: 1 }],
      disease_distribution: [{ count: 1 }],
    },
    as_of: { pending_entries: 0, run: told.at(-1)?.data.run },
  });
  expect((await ask(`${url}/api/patients/P1`)).body).toMatchObject({
    version: 1,
    patient: { age_group: '35-49' },
    summary: { visits: 1 },
  });
  expect((await ask(`${url}/api/runs`)).body).toMatchObject({
    now: { state: 'idle', error: null, pending_entries: 0 },
  });

  // A file that changes the row ends the correction. No run has read it when the next one is made, which holds as a whole row.
  await writeFile(join(place.path, 'patients.csv'), 'patient_id,name,age,gender\nP1,Anna,45,F\nP2,Bob,70,M\n');
  await place.json(['ingest', 'patients.csv']);
  expect((await ask(`${url}/api/patients/P1`, 'PATCH', { version: 1, location: 'Oslo' })).body.version).toBe(2);
  await events.settled();
  const { patients } = (await ask(`${url}/api/patients`)).body;
  expect(patients).toMatchObject([
    { patient_id: 'P1', name: 'Ann Example', location: 'Oslo' },
    { patient_id: 'P2', age: 70, gender: 'Male' },
  ]);
  expect((await ask(`${url}/api/patients/P2`, 'DELETE', { version: 0 })).status).toBe(428);
  expect((await ask(`${url}/api/patients/P2?version=0`, 'DELETE')).body.version).toBe(1);
  await events.settled();
  expect((await ask(`${url}/api/get-analytics`)).body.analytics.gender_distribution).toEqual([
    { gender: 'Female', count: 1 },
  ]);
  expect((await place.json<{ rows: unknown[][] }>(['query', 'select patient_id from patients'])).rows).toEqual([
    ['P1'],
  ]);
  await events.stop();
});

test('what was typed when the server was stopped is read by a run at its next start', async () => {
  const killed = await serve('60');
  expect((await ask(`${killed.url}/api/patient`, 'POST', { patient_id: 'P9', age: 80 })).status).toBe(201);
  killed.process.kill('SIGKILL');
  await killed.end;
  const idle = await serve('off');
  const { body } = await ask(`${idle.url}/api/runs`);
  expect(body.now).toMatchObject({ state: 'off', pending_entries: 1 });
  expect((await ask(`${idle.url}/api/patients/P9`)).body).toMatchObject({ version: 1, patient: { age: 80 } });
  idle.process.kill('SIGTERM');
  expect((await idle.end).code).toBe(0);

  const server = await serve('0.5');
  const events = await listenTo(server.url);
  await events.settled();
  expect((await ask(`${server.url}/api/get-analytics`)).body).toMatchObject({
    analytics: { age_distribution: [{ age_group: '65+', count: 1 }] },
    as_of: { pending_entries: 0 },
  });
  // Whoever listens does not hold up the end.
  server.process.kill('SIGTERM');
  expect((await server.end).code).toBe(0);
  await events.stop();
});
