// De-identified rows over HTTP: codes that stay, what can be asked for by them, and that nobody's identity is anywhere that an
// analyst can ask.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openWorkspace } from '../../pipeline/harness.js';
import { Folder, type Row } from '../../sources/generator/folder.js';
import { type Person, personOf } from '../auth/people.js';
import { type House, houseOf } from '../house.js';

let house: House;
let analyst: Person;
let admin: Person;
let folder: Folder;
let patients: Row[];
let visits: Row[];
let prescriptions: Row[];
beforeAll(async () => {
  folder = await Folder.generated({ patients: 60, seed: 3 });
  const workspace = await openWorkspace();
  const names = ['patients', 'visits', 'prescriptions'] as const;
  const files = await Promise.all(
    names.map(async (name) => [`${name}.csv`, await folder.text(`${name}.csv`)] as const),
  );
  await workspace.land(Object.fromEntries(files), { on: '2026-01-05' });
  await workspace.run();
  [patients = [], visits = [], prescriptions = []] = await Promise.all(names.map((name) => folder.rows(name)));
  house = await houseOf(workspace, { auth: 'on' });
  analyst = await personOf(house, 'ada', ['analyst']);
  admin = await personOf(house, 'root', ['admin']);
});
afterAll(async () => {
  await house.close();
  await folder.remove();
});

const get = async (url: string, by = analyst, accept = 'application/json') => {
  const { statusCode, body, headers } = await by.ask(url, 'GET', undefined, { headers: { accept } });
  const isJson = String(headers['content-type']).includes('json') && accept === 'application/json';
  // biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for
  return { status: statusCode, text: body, headers, body: (isJson ? JSON.parse(body) : undefined) as any };
};

describe('a code', () => {
  test('stands for a patient wherever they are, and is the same in every answer', async () => {
    const first = (await get('/api/deidentified/patients?limit=1000')).body.patients;
    expect(first).toHaveLength(patients.length);
    expect(new Set(first.map((row: Row) => row.patient_id)).size).toBe(patients.length);
    for (const row of first) expect(row.patient_id).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/);
    const again = (await get('/api/deidentified/patients?limit=1000', admin)).body.patients;
    expect(again).toEqual(first);
    const of = (await get('/api/deidentified/visits?limit=1000')).body.visits;
    const known = new Set(first.map((row: Row) => row.patient_id));
    expect(of.filter((row: Row) => !known.has(row.patient_id))).toEqual([]);
  });

  test('finds the row, its visits and its time line; a real identifier finds nothing', async () => {
    const [visit] = (await get('/api/deidentified/visits?limit=1&visit_type=inpatient')).body.visits;
    const one = await get(`/api/deidentified/visits/${visit.visit_id}`);
    expect(one.body.visit).toEqual(visit);
    const patient = (await get(`/api/deidentified/patients/${visit.patient_id}`)).body.patient;
    expect(patient.patient_id).toBe(visit.patient_id);
    const own = (await get(`/api/deidentified/visits?patient_id=${visit.patient_id}&limit=1000`)).body;
    expect(own.visits).toContainEqual(visit);
    expect(own.visits.every((row: Row) => row.patient_id === visit.patient_id)).toBe(true);
    const others = (await get(`/api/deidentified/visits?patient_id!=${visit.patient_id}&limit=1`)).body;
    expect(others.total + own.total).toBe(visits.length);
    const { events, total } = (await get(`/api/deidentified/patients/${visit.patient_id}/timeline?limit=1000`)).body;
    expect(total).toBe(events.length);
    expect(events).toContainEqual(
      expect.objectContaining({ kind: 'visit', visit_id: visit.visit_id, year: visit.visit_year }),
    );
    const [{ patient_id: id = '' } = {}] = patients;
    for (const path of [`patients/${id}`, `patients/${id}/timeline`, 'patients/salt', 'patients/0000000000000000'])
      expect([path, (await get(`/api/deidentified/${path}`)).status]).toEqual([path, 404]);
    expect((await get(`/api/deidentified/visits?patient_id=${id}`)).body.total).toBe(0);
  });

  test('is given once where several ask at the same time', async () => {
    const other = await houseOf(await openWorkspace(), { auth: 'on' });
    const [a, b] = [await other.server.crosswalk(), await other.server.crosswalk()];
    const places = Array.from({ length: 1500 }, (_, n) => `place ${n}`);
    const [first, second] = await Promise.all([a.codesOf(places), b.codesOf([...places].reverse())]);
    expect(new Set(first.values()).size).toBe(1500);
    expect(Object.fromEntries(second)).toEqual(Object.fromEntries(first));
    expect(await a.placeOf(first.get('place 7') ?? '')).toBe('place 7');
    await other.close();
  });
});

test('pages by cursor neither skip nor repeat, in an order that says nothing of the keys', async () => {
  const seen: string[] = [];
  for (let after = ''; ; ) {
    const { patients: rows, next } = (await get(`/api/deidentified/patients?limit=7${after}`)).body;
    seen.push(...rows.map((row: Row) => row.patient_id));
    if (next === null) break;
    after = `&after=${next}`;
  }
  expect(new Set(seen).size).toBe(patients.length);
  expect(seen).toHaveLength(patients.length);
  const all = (await get('/api/deidentified/patients?limit=1000')).body.patients;
  const years = all.map((row: Row) => Number(row.registration_year));
  // The generator numbers patients as they register.
  expect(years).not.toEqual([...years].sort((a, b) => a - b));
});

test('what is hidden cannot be asked by: no filter, no order, no cursor', async () => {
  for (const question of [
    'name=Ann',
    'birth_date=1958-03-14',
    'sort=name',
    'sort=-birth_date',
    'location!=Boston',
    'after=eyJ',
  ] as const) {
    const { status, body } = await get(`/api/deidentified/patients?${question}`);
    const allowed = question.startsWith('location');
    expect([question, status, body.code]).toEqual([
      question,
      allowed ? 200 : 400,
      allowed ? undefined : 'REQUEST_INVALID',
    ]);
  }
  // By the state alone: towns are of no row.
  const [{ location = '' } = {}] = patients.filter((row) => row.location !== '');
  expect((await get(`/api/deidentified/patients?location=${encodeURIComponent(location)}`)).body.total).toBe(0);
  expect((await get('/api/deidentified/patients?birth_year=1950..1960')).status).toBe(200);
  expect((await get('/api/deidentified/patients?sort=-birth_year')).status).toBe(200);
});

test('what was typed since the run is there, without identity too', async () => {
  const typed = {
    patient_id: 'TYPED-77',
    name: 'Zacharias Quimby',
    birth_date: '1958-03-14',
    gender: 'Male',
    location: 'Salem, MA',
  };
  expect((await admin.ask('/api/patient', 'POST', { ...typed, registration_date: '2025-01-02' })).statusCode).toBe(201);
  const { body, text } = await get('/api/deidentified/patients?limit=1000&birth_year=1958&location=MA');
  expect(body.patients).toContainEqual(
    expect.objectContaining({ birth_year: 1958, registration_year: 2025, gender: 'Male' }),
  );
  expect(text).not.toMatch(/TYPED|Quimby|Salem|03-14/);
  expect((await admin.ask('/api/patients/TYPED-77?version=1', 'DELETE')).statusCode).toBe(200);
});

test('every look is in the audit log, by the codes that were shown', async () => {
  const audit = await house.server.parts.audit();
  const { body } = await get('/api/deidentified/patients?limit=3');
  const [line] = await audit.lines.list({ descending: true, limit: 1 });
  expect(line?.body).toMatchObject({ action: 'read', by: 'ada', table: 'deidentified', outcome: 'done' });
  expect(line?.body.ids).toEqual(body.patients.map((row: Row) => row.patient_id));
});

describe('an analyst', () => {
  interface Described {
    readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  }
  let secrets: RegExp;
  beforeAll(() => {
    const own = [
      ...patients.flatMap((row) => [row.patient_id, row.name, row.birth_date, ...String(row.name).split(' ')]),
      ...visits.map((row) => row.visit_id),
      ...prescriptions.map((row) => row.prescription_id),
    ];
    const told = own.filter((text): text is string => text !== undefined && text.length > 3);
    const escaped = [...new Set(told)].map((text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    secrets = new RegExp(`(?<![A-Za-z0-9])(${escaped.join('|')})(?![A-Za-z0-9])`, 'i');
  });

  test('is shown no name and no identifier of any patient, whatever path is asked and however', async () => {
    const { paths } = await house.get<{ paths: Record<string, Record<string, Described>> }>('/api/openapi.json');
    const [{ patient_id: real = '', name = '' } = {}] = patients;
    const [{ visit_id: visit = '' } = {}] = visits;
    const [coded] = (await get('/api/deidentified/visits?limit=1')).body.visits;
    const named: Readonly<Record<string, readonly string[]>> = {
      table: ['patients', 'visits'],
      key: [real, visit],
      patient: [real],
      metric: ['total_patients'],
      metrics: ['total_patients'],
      by: ['gender', 'location'],
      check: ['visits.patient_id.reference'],
    };
    const accepted = ['application/json', 'text/csv', 'application/x-ndjson'];
    const answered = new Set<string>();
    for (const [path, { get: described }] of Object.entries(paths)) {
      if (!described || path === '/api/events') continue;
      const ids = path.includes('{')
        ? [real, visit, coded.patient_id, coded.visit_id, 'readmission', 'risk', 'ada']
        : [''];
      const questions = (described.parameters ?? [])
        .filter((parameter) => parameter.in === 'query')
        .flatMap(({ name: parameter }) => {
          const values = named[parameter] ?? (/id!?$/.test(parameter) ? [real, coded.patient_id] : []);
          return values.map((value) => `${parameter}=${encodeURIComponent(value)}`);
        });
      const required = path === '/api/analytics/query' ? ['metrics=total_patients&by=gender,location'] : [];
      for (const id of ids) {
        for (const question of [
          '',
          ...required,
          ...questions,
          `name=${encodeURIComponent(name)}`,
          'sort=name',
          'limit=1000',
        ]) {
          const forms = path.startsWith('/api/deidentified') && question === '' ? accepted : accepted.slice(0, 1);
          for (const accept of forms) {
            const url = `${path.replace(/\{[a-z]+\}/, encodeURIComponent(id))}?${question}`;
            const { statusCode, body, headers } = await analyst.ask(url, 'GET', undefined, { headers: { accept } });
            if (statusCode === 200) answered.add(path);
            // What somebody asks for is said back to them where it is refused.
            const said = statusCode === 200 ? `${body}${JSON.stringify(headers)}` : '';
            expect([url, accept, secrets.exec(said)?.[0]]).toEqual([url, accept, undefined]);
            if (statusCode !== 200 && id !== real && !question.includes('name=')) {
              const others = body.replaceAll(real, '').replaceAll(visit, '');
              expect([url, secrets.exec(others)?.[0]]).toEqual([url, undefined]);
            }
          }
        }
      }
    }
    const expected = [
      '/api/dashboard',
      '/api/analytics/query',
      '/api/status',
      '/api/runs',
      '/api/quality',
      '/api/models',
    ];
    const rows = [
      ...['patients', 'visits', 'prescriptions', 'diagnoses', 'procedures', 'observations', 'patient_summary', 'stays'],
      ...['patients/{id}', 'visits/{id}', 'patients/{id}/timeline'],
    ];
    for (const path of [...expected, ...rows.map((table) => `/api/deidentified/${table}`)]) {
      if (/diagnoses|procedures|observations/.test(path)) continue;
      expect([path, answered.has(path)]).toEqual([path, true]);
    }
  }, 120_000);

  test('is refused rows with identity, their history, origin, flaws, files, predictions and the log', async () => {
    const [{ patient_id: id = '' } = {}] = patients;
    const urls = [
      ...['patients', 'visits', `patients/${id}`, `patients/${id}/history`, `patients/${id}/timeline`],
      ...['rejects', `lineage?table=patients&key=${id}`, 'lineage/metric?metric=total_patients', 'uploads', 'mappings'],
      ...['quality/visits.patient_id.reference', 'audit', 'audit/export', 'users', 'worklist', 'drafts'],
    ];
    for (const url of urls) expect([url, (await get(`/api/${url}`)).status]).toEqual([url, 403]);
    for (const path of ['ml/predict/readmission', 'ml/batch-predict', 'patient', 'worklist', 'worklist/fill'])
      expect([path, (await analyst.ask(`/api/${path}`, 'POST', { patient_id: id })).statusCode]).toEqual([path, 403]);
  });
});
