// Every path of one record, over a hospital that has them, asked by whoever may not read them: what is there and what is not are
// answered alike.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CarelakeError, errorTable } from '../../src/errors.js';
import type { Role } from '../../src/records/directory/role.js';
import { personOf } from './auth/people.js';
import { emptyHouse, type House, motleyHouse } from './house.js';
import { type KnownRoute, routesOf } from './route-list.js';

let house: House;
let paths: KnownRoute[];
const ids: Record<string, string> = {};
beforeAll(async () => {
  house = await motleyHouse({ auth: 'on' });
  const cleo = await personOf(house, 'cleo', ['clinician']);
  for (const table of ['patients', 'visits', 'prescriptions']) {
    const [row] = (await cleo.ask(`/api/${table}?limit=1&source=default`)).json()[table];
    ids[table] = row[`${table.slice(0, -1)}_id`];
  }
  const all = await routesOf(house);
  paths = all.filter(({ url }) => /^[/]api[/](deidentified[/])?(patients|visits|prescriptions)[/]:id/.test(url));
});
afterAll(() => house.close());

const secret = 'no-such-id';
const here = ({ url }: KnownRoute): string =>
  ids[url.split('/').at(url.includes('/deidentified/') ? 3 : 2) ?? ''] ?? '';

test('there are such paths, and records to ask for', () => {
  expect(paths.length).toBeGreaterThanOrEqual(20);
  for (const path of paths) expect([path.url, here(path)]).not.toEqual([path.url, '']);
});

test.each<Role>(['data_entry', 'analyst', 'auditor'])(
  '%s learns nothing of what only others may read',
  async (role) => {
    const who = await personOf(house, role.replace('_', '-'), [role]);
    for (const path of paths) {
      // Whoever types looks up patients, by their id alone.
      if (role === 'data_entry' && path.url === '/api/patients/:id' && ['GET', 'HEAD'].includes(path.method)) continue;
      const ask = async (id: string) => {
        const url = `${path.url.replace(':id', encodeURIComponent(id))}${path.method === 'DELETE' ? '?version=0' : ''}`;
        const { statusCode, body } = await who.ask(
          url,
          path.method,
          path.method === 'PATCH' ? { version: 0 } : undefined,
        );
        return [path.method, path.url, statusCode, body.replaceAll(id, secret)];
      };
      const there = await ask(here(path));
      expect(there).toEqual(await ask(secret));
      expect([403, 404]).toContain(there[2]);
    }
  },
);

test('a reference says neither whether a visit is there nor whose it is to whoever may not read it', async () => {
  const cleo = await personOf(house, 'cleo', ['clinician']);
  const dan = await personOf(house, 'dan', ['data_entry']);
  const visits: { visit_id: string; patient_id: string | null }[] = (
    await cleo.ask('/api/visits?limit=50&source=default')
  ).json().visits;
  const [visit] = visits.filter(({ patient_id }) => patient_id !== null);
  const { audit } = house.server;
  const told = async (patient_id: string | undefined, visit_id: string) => {
    const drug = { prescription_id: 'told-1', drug_name: 'Metformin', prescribed_date: '2024-02-10' };
    const answer = await dan.ask('/api/prescription', 'POST', { ...drug, visit_id, ...(patient_id && { patient_id }) });
    return [answer.statusCode, answer.body.replaceAll(visit_id, secret)];
  };
  const other = visits.find(({ patient_id }) => patient_id !== null && patient_id !== visit?.patient_id);
  const id = visit?.visit_id ?? '';
  const patient = other?.patient_id ?? '';
  const missing = await told(patient, secret);
  expect(missing[0]).toBe(422);
  expect(await told(patient, id)).toEqual(missing);
  // Nor by naming no patient, which would be that of the visit.
  expect(await told(undefined, id)).toEqual(await told(undefined, secret));
  // What was asked for so is written down.
  const lines = await (await audit.whole()).lines.list({ where: { by: 'dan' }, limit: 100 });
  const asked = lines.filter(({ body }) => body.ids.includes(id)).map(({ body }) => body);
  expect(asked).toMatchObject([
    { action: 'write', outcome: 'refused', table: 'visits', detail: 'POST /api/prescription 422' },
    { action: 'write', outcome: 'refused', table: 'visits', detail: 'POST /api/prescription 422' },
  ]);
  expect((await told(visit?.patient_id ?? '', id))[0]).toBe(201);
});

test('where nothing is published nobody hears where the lake is', async () => {
  const empty = await emptyHouse();
  try {
    const answer = await empty.server.inject('/api/dashboard');
    expect(answer.json()).toMatchObject({ code: 'NOT_PUBLISHED', detail: 'No run has been published yet.' });
    expect(answer.body).not.toContain(empty.workspace.lake.address);
  } finally {
    await empty.close();
  }
});

test('what a lake, an engine or a database says is written down for whoever runs the server, and told to nobody else', async () => {
  const said = 'sqlite records: /srv/records.sqlite has been locked for ten seconds.';
  const empty = await emptyHouse();
  try {
    const { entries } = await empty.server.parts.records();
    const codes = ['RECORDS_BUSY', 'RECORDS_FAILED', 'LAKE_NOT_FOUND', 'LAKE_FAILED', 'ENGINE_FAILED'] as const;
    const payload = { patient_id: 'P1', name: 'Ann Example', age: 40, gender: 'Female' };
    for (const code of codes) {
      entries.append = () => Promise.reject(new CarelakeError(code, said));
      const answer = await empty.server.inject({ method: 'POST', url: '/api/patient', payload });
      const { status, title } = errorTable[code];
      expect([answer.statusCode, answer.json()]).toMatchObject([status, { code, detail: `${title}.` }]);
      expect(answer.body).not.toContain('/srv');
      expect(empty.reported.splice(0)).toEqual([`Request ${answer.headers['x-request-id']}: ${code}: ${said}`]);
    }
  } finally {
    await empty.close();
  }
});
