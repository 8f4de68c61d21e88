// Records typed over HTTP: created, changed, deleted, with their history; and every way in which a write is refused.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type House, motleyHouse } from '../house.js';
import { type Ask, asking } from './asking.js';

let house: House;
let ask: Ask;
beforeAll(async () => {
  house = await motleyHouse();
  ask = asking(house);
});
afterAll(() => house.close());

let last = 0;
/** An id of its own for each test, so that they run in any order. */
const newId = () => `N${++last}`;
const newPatient = async (more: object = {}) => {
  const id = newId();
  expect((await ask('POST', '/api/patient', { patient_id: id, name: 'Ann', age: 65, ...more })).status).toBe(201);
  return id;
};

describe('a new record', () => {
  test('is answered with what it became, and is there at once', async () => {
    const id = newId();
    const sent = {
      patient_id: id,
      name: '  Ann ',
      age: '65',
      gender: 'f',
      smoker: true,
      bmi: 27.44,
      conditions: 'a; b',
    };
    const { status, headers, body } = await ask('POST', '/api/patient', sent);
    expect([status, headers.location]).toEqual([201, `/api/patients/${id}`]);
    const row = { patient_id: id, name: 'Ann', age: 65, gender: 'Female', smoker_status: 'Current', bmi: 27.4 };
    const patient = { ...row, chronic_conditions: ['a', 'b'], source: 'default', location: null, age_group: null };
    expect(body).toMatchObject({ success: true, patient_id: id, version: 1, patient });
    expect((await ask('GET', `/api/patients/${id}`)).body).toMatchObject({
      success: true,
      version: 1,
      patient,
      summary: null,
    });
    expect((await ask('GET', `/api/patients?patient_id=${id}`)).body).toMatchObject({ total: 1, patients: [patient] });
  });

  test('of a visit and a prescription names those before it', async () => {
    const patient = await newPatient();
    const visit = newId();
    const sent = { visit_id: visit, patient_id: patient, date: '2024-01-05', bp: '120 / 80', diagnosis: 'flu' };
    expect((await ask('POST', '/api/visit', sent)).body).toMatchObject({
      version: 1,
      visit: { visit_date: '2024-01-05', blood_pressure: '120/80', diagnosis_description: 'flu' },
    });
    const prescription = { prescription_id: newId(), visit_id: visit, patient_id: patient, medication: 'Aspirin' };
    const { status, body } = await ask('POST', '/api/prescription', prescription);
    expect([status, body.prescription.drug_name]).toEqual([201, 'Aspirin']);
    const other = { ...prescription, prescription_id: newId(), patient_id: await newPatient() };
    expect((await ask('POST', '/api/prescription', other)).body).toMatchObject({
      code: 'RECORD_INVALID',
      errors: [{ field: 'visit_id', message: 'The visit is one of another patient.' }],
    });
  });

  test('is refused with all that is wrong with it at once', async () => {
    const { status, body } = await ask('POST', '/api/visit', {
      ...{ patient_id: 'nobody', visit_date: '2999-01-01', severity_score: 11, heart_rate: 'fast', gender: 'f' },
      ...{
        visit_type: 'stationary',
        blood_pressure: '80/120',
        age_group: '65+',
        facility: { name: 'x' },
        payer: 'a\0b',
      },
    });
    expect([status, body.code]).toEqual([422, 'RECORD_INVALID']);
    expect(body.errors.map(({ field }: { field: string }) => field).sort()).toEqual([
      ...['age_group', 'blood_pressure', 'facility', 'gender', 'heart_rate', 'patient_id', 'payer', 'severity_score'],
      ...['visit_date', 'visit_id', 'visit_type'],
    ]);
    const said = Object.fromEntries(
      body.errors.map((fault: { field: string; message: string }) => [fault.field, fault]),
    );
    expect(said.age_group.message).toContain('derives');
    expect(said.gender.message).toBe('visits has no such field.');
    expect(said.heart_rate).toEqual({
      field: 'heart_rate',
      message: 'It must be a whole number from 20 to 300, in /min.',
      value: 'fast',
    });
    expect(body.detail.split('\n')).toHaveLength(11);
  });

  test.each([
    ['patients', 'p1'],
    ['patients', 'north:p1'],
    ['visits', 'v1'],
  ])('is refused where %s has a row %s from a file', async (table, key) => {
    const own =
      table === 'patients' ? { patient_id: key, age: 5 } : { visit_id: key, patient_id: 'p1', visit_order: 1 };
    const { status, body } = await ask('POST', `/api/${table.slice(0, -1)}`, own);
    expect([status, body.code]).toEqual([409, 'RECORD_EXISTS']);
    expect(body.conflict).toMatchObject({ present: { version: 0, deleted: false } });
  });

  test('of 20 at once under one id is created once', async () => {
    const id = newId();
    const tries = Array.from({ length: 20 }, (_, age) => ask('POST', '/api/patient', { patient_id: id, age }));
    const statuses = (await Promise.all(tries)).map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array.from({ length: 19 }, () => 409)]);
    expect((await ask('GET', `/api/patients/${id}/history`)).body.total).toBe(1);
  });

  test('may name a patient of the hospital, but not one of another source', async () => {
    const visit = { visit_id: newId(), patient_id: 'p1', visit_date: '2024-01-05' };
    expect((await ask('POST', '/api/visit', visit)).status).toBe(201);
    const { status, body } = await ask('POST', '/api/visit', { ...visit, visit_id: newId(), patient_id: 'north:p1' });
    expect([status, body.errors[0].message]).toEqual([422, 'That patient belongs to the source north.']);
  });
});

describe('an idempotency key', () => {
  test('makes a repeated write one, also where 10 repeat it at once', async () => {
    const id = newId();
    const send = () => ask('POST', '/api/patient', { patient_id: id, age: 65 }, { 'idempotency-key': `key ${id}` });
    const answers = await Promise.all(Array.from({ length: 10 }, send));
    for (const { status, body } of answers) expect([status, body]).toEqual([201, answers[0]?.body]);
    const replayed = answers.filter(({ headers }) => headers['idempotency-replayed'] === 'true');
    expect(replayed).toHaveLength(9);
    expect((await ask('GET', `/api/patients/${id}/history`)).body.total).toBe(1);
    const changed = { version: 1, age: 66 };
    await ask('PATCH', `/api/patients/${id}`, changed);
    expect((await send()).body).toMatchObject({ version: 1, patient: { age: 65 } });
  });

  test('that was used for another write is refused', async () => {
    const key = { 'idempotency-key': newId() };
    await ask('POST', '/api/patient', { patient_id: newId(), age: 65 }, key);
    const { status, body } = await ask('POST', '/api/patient', { patient_id: newId(), age: 65 }, key);
    expect([status, body.code]).toEqual([422, 'IDEMPOTENCY_REUSED']);
  });

  test('is refused where it is too long to be one', async () => {
    const key = { 'idempotency-key': 'x'.repeat(300) };
    const { status, body } = await ask('POST', '/api/patient', { patient_id: newId(), age: 65 }, key);
    expect([status, body.code]).toEqual([400, 'REQUEST_INVALID']);
  });
});

describe('a change', () => {
  test('changes what it names, takes away what is null, and keeps the version before', async () => {
    const id = await newPatient({ bmi: 27, location: 'Rome' });
    const { status, body } = await ask('PATCH', `/api/patients/${id}`, { version: 1, location: null, bmi: '30' });
    expect([status, body.version]).toEqual([200, 2]);
    expect(body.patient).toMatchObject({ name: 'Ann', age: 65, location: null, bmi: 30 });
    const { history, total } = (await ask('GET', `/api/patients/${id}/history`)).body;
    expect(total).toBe(2);
    expect(history.map((one: { version: number; kind: string }) => [one.version, one.kind])).toEqual([
      [2, 'change'],
      [1, 'create'],
    ]);
    expect(history[0]).toMatchObject({
      changed: expect.arrayContaining(['bmi', 'location']),
      before: { bmi: 27, location: 'Rome' },
      after: { bmi: 30 },
    });
    expect(history[0].changed).toHaveLength(2);
    expect(history[0].after).not.toHaveProperty('location');
  });

  test('of a row that a file brought begins with version 0, and stands over it', async () => {
    const before = (await ask('GET', '/api/patients/p2')).body;
    expect(before.version).toBe(0);
    const { body } = await ask('PATCH', '/api/patients/p2', { version: 0, location: 'Oslo' });
    expect(body).toMatchObject({ version: 1, patient: { birth_date: before.patient.birth_date, location: 'Oslo' } });
    expect((await ask('GET', '/api/patients?patient_id=p2')).body).toMatchObject({
      total: 1,
      patients: [{ location: 'Oslo', age_group: null }],
    });
    expect((await ask('GET', '/api/patients?location=Oslo')).body.total).toBe(1);
    expect((await ask('GET', '/api/patients/p2/history')).body.history[0].before.birth_date).toBe(
      before.patient.birth_date,
    );
  });

  test('that is stale is refused with both versions, and of 10 at once one is made', async () => {
    const id = await newPatient();
    const tries = Array.from({ length: 10 }, (_, bmi) =>
      ask('PATCH', `/api/patients/${id}`, { version: 1, bmi: bmi + 20 }),
    );
    const answers = await Promise.all(tries);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const winner = answers.find(({ status }) => status === 200)?.body.patient.bmi;
    const refused = answers.filter(({ status }) => status === 409);
    expect(refused).toHaveLength(9);
    for (const { body } of refused) {
      expect(body).toMatchObject({
        code: 'RECORD_CONFLICT',
        conflict: {
          expected: { version: 1, values: { patient_id: id, name: 'Ann', age: 65 } },
          present: { version: 2, deleted: false, values: { name: 'Ann', age: 65, bmi: winner } },
        },
      });
    }
    expect((await ask('PATCH', `/api/patients/${id}`, { version: 7, bmi: 20 })).status).toBe(409);
  });

  test('that changes nothing makes no version', async () => {
    const id = await newPatient();
    const { status, body } = await ask('PATCH', `/api/patients/${id}`, { version: 1, age: '65.0' });
    expect([status, body.version]).toEqual([200, 1]);
  });

  test.each([
    [{}, 428, 'RECORD_VERSION_MISSING'],
    [{ age: 3 }, 428, 'RECORD_VERSION_MISSING'],
    [{ version: 'one', age: 3 }, 422, 'RECORD_INVALID'],
    [{ version: 1 }, 422, 'RECORD_INVALID'],
    [{ version: 1, patient_id: 'another' }, 422, 'RECORD_INVALID'],
    [{ version: 1, age: null }, 422, 'RECORD_INVALID'],
    [{ version: 1, nothing: 3 }, 422, 'RECORD_INVALID'],
    [[], 400, 'REQUEST_INVALID'],
  ])('%j is refused', async (body, status, code) => {
    const id = await newPatient();
    const answer = await ask('PATCH', `/api/patients/${id}`, body);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect((await ask('GET', `/api/patients/${id}`)).body.version).toBe(1);
  });

  test('of what is of another source, or not there, is refused', async () => {
    const change = { version: 0, bmi: 20 };
    expect((await ask('PATCH', '/api/patients/north:p1', change)).body.code).toBe('RECORD_OF_SOURCE');
    for (const id of ['nobody', '%00', '%F0%9F%98%80']) {
      const { status, body } = await ask('PATCH', `/api/patients/${id}`, change);
      expect([status, body.code]).toEqual([404, 'ROW_NOT_FOUND']);
    }
  });

  test('of the patient of a visit is held to the patients that there are', async () => {
    const visit = { visit_id: newId(), patient_id: await newPatient(), visit_date: '2024-01-05' };
    await ask('POST', '/api/visit', visit);
    const url = `/api/visits/${visit.visit_id}`;
    expect((await ask('PATCH', url, { version: 1, patient_id: 'nobody' })).body.errors).toEqual([
      { field: 'patient_id', value: 'nobody', message: 'There is no patient of this id.' },
    ]);
    expect((await ask('PATCH', url, { version: 1, patient_id: await newPatient() })).status).toBe(200);
  });
});

describe('a visit that is to be another patient’s', () => {
  /** A visit with a prescription, which may name the patient, too; and somebody else. */
  const visitWith = async ({ isNamed = false }) => {
    const [patient, other] = [await newPatient(), await newPatient()];
    const [visit, prescription] = [newId(), newId()];
    await ask('POST', '/api/visit', { visit_id: visit, patient_id: patient, visit_date: '2024-01-05' });
    const sent = { prescription_id: prescription, visit_id: visit, drug_name: 'Aspirin' };
    await ask('POST', '/api/prescription', { ...sent, ...(isNamed && { patient_id: patient }) });
    return { patient, other, visit, prescription };
  };

  test.each([true, false])('stays while a prescription names it, whether with its patient (%s)', async (isNamed) => {
    const { patient, other, visit } = await visitWith({ isNamed });
    const { status, body } = await ask('PATCH', `/api/visits/${visit}`, { version: 1, patient_id: other });
    expect([status, body.code, body.detail]).toEqual([
      ...[409, 'RECORD_IN_USE'],
      `visits ${visit} is named by 1 prescription.`,
    ]);
    // The patient that it has already is no other.
    const same = { version: 1, patient_id: patient, heart_rate: 70 };
    expect((await ask('PATCH', `/api/visits/${visit}`, same)).body.version).toBe(2);
  });

  test('goes once its prescriptions have gone', async () => {
    const { other, visit, prescription } = await visitWith({ isNamed: true });
    const change = (url: string, body: object) => ask('PATCH', url, body).then(({ status }) => status);
    const apart = { version: 1, visit_id: null, patient_id: other };
    expect(await change(`/api/prescriptions/${prescription}`, apart)).toBe(200);
    expect(await change(`/api/visits/${visit}`, { version: 1, patient_id: other })).toBe(200);
    expect(await change(`/api/prescriptions/${prescription}`, { version: 2, visit_id: visit })).toBe(200);
  });
});

describe('a deletion', () => {
  test('leaves a tombstone and the history, and the id may be used again', async () => {
    const id = await newPatient();
    const { status, body } = await ask('DELETE', `/api/patients/${id}?version=1`);
    expect([status, body]).toEqual([200, { success: true, message: expect.any(String), patient_id: id, version: 2 }]);
    expect((await ask('GET', `/api/patients/${id}`)).status).toBe(404);
    expect((await ask('GET', `/api/patients?patient_id=${id}`)).body.total).toBe(0);
    expect((await ask('DELETE', `/api/patients/${id}?version=1`)).body).toMatchObject({
      status: 409,
      conflict: {
        expected: { version: 1, values: { name: 'Ann' } },
        present: { version: 2, deleted: true, values: null },
      },
    });
    expect((await ask('DELETE', `/api/patients/${id}?version=2`)).status).toBe(404);
    expect((await ask('POST', '/api/patient', { patient_id: id, age: 3 })).body.version).toBe(3);
    expect((await ask('GET', `/api/patients/${id}/history`)).body.total).toBe(3);
  });

  test('takes away a row that a file brought', async () => {
    const [{ prescription_id: id }] = (await house.workspace.ask(
      "select prescription_id from prescriptions where source = 'default' limit 1",
    )) as [{ prescription_id: string }];
    const { total } = (await ask('GET', '/api/prescriptions')).body;
    expect((await ask('DELETE', `/api/prescriptions/${id}?version=0`)).body).toMatchObject({
      success: true,
      version: 1,
    });
    expect((await ask('GET', '/api/prescriptions')).body.total).toBe(total - 1);
    expect((await ask('GET', `/api/prescriptions/${id}`)).status).toBe(404);
  });

  test('of what others name is refused with how many they are', async () => {
    const patient = await newPatient();
    const visit = newId();
    await ask('POST', '/api/visit', { visit_id: visit, patient_id: patient, visit_date: '2024-01-05' });
    await ask('POST', '/api/prescription', { prescription_id: newId(), visit_id: visit, drug_name: 'Aspirin' });
    const { body } = await ask('DELETE', `/api/patients/${patient}?version=1`);
    expect(body).toMatchObject({ status: 409, code: 'RECORD_IN_USE', detail: expect.stringContaining('1 visit') });
    expect((await ask('DELETE', `/api/visits/${visit}?version=1`)).body.detail).toContain('1 prescription');
    expect((await ask('DELETE', '/api/patients/p1?version=0')).body.code).toBe('RECORD_IN_USE');
  });

  test('needs the version', async () => {
    const id = await newPatient();
    const { status, body } = await ask('DELETE', `/api/patients/${id}`);
    expect([status, body.code]).toEqual([428, 'RECORD_VERSION_MISSING']);
    expect((await ask('DELETE', `/api/patients/${id}?version=x`)).status).toBe(400);
  });
});

test('every write bears who made it, from where and under which request', async () => {
  const id = await newPatient();
  const records = await house.server.parts.records();
  const [entry] = await records.entries.history('patients', id);
  expect(entry?.audit).toEqual({
    by: expect.stringMatching(/./),
    kind: 'process',
    from: '127.0.0.1',
    request: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
});

test.each([
  ['GET', '/api/patient', 'POST'],
  ['PUT', '/api/patients/p1', 'DELETE, GET, HEAD, PATCH'],
  ['POST', '/api/patients', 'GET, HEAD'],
  ['POST', '/api/visits/v1', 'DELETE, GET, HEAD, PATCH'],
  ['DELETE', '/api/patients/p1/history', 'GET, HEAD'],
] as const)('%s %s is 405 with Allow', async (method, url, allow) => {
  const { status, headers } = await ask(method, url);
  expect([status, headers.allow]).toEqual([405, allow]);
});

test('a body that is no JSON, or of another kind, is refused by a code', async () => {
  const send = (type: string, payload: string) =>
    house.server.inject({ method: 'POST', url: '/api/patient', headers: { 'content-type': type }, payload });
  for (const [type, text, status] of [
    ['application/json', '{', 400],
    ['application/json', '', 400],
    ['application/json', '{"__proto__": {"a": 1}}', 400],
    ['application/x-www-form-urlencoded', 'patient_id=1', 415],
    ['text/plain', '{"patient_id":"1","age":3}', 400],
    ['application/json', `{"name":"${'x'.repeat(2 ** 21)}"}`, 413],
  ] as const) {
    const { statusCode, body } = await send(type, text);
    expect([statusCode, JSON.parse(body).success]).toEqual([status, false]);
  }
});
