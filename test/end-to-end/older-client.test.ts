// A client of the interface as it was before there was sign-in: its paths, fields and answers by curl, with sign-in off. What
// trained models answer by these paths is held by models.test.ts; here none is trained.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { curl, curlPost } from './curl.js';
import { Place } from './place.js';
import { listenTo, type Server, startServer } from './server.js';

let place: Place;
let server: Server;
beforeAll(async () => {
  place = await Place.make();
  server = await startServer(place, { environment: { CARELAKE_AUTH: 'off', CARELAKE_RUN_AFTER: '0.2' } });
});
afterAll(async () => {
  server.process.kill('SIGTERM');
  expect((await server.end).stderr).toContain('Sign-in is off (CARELAKE_AUTH=off)');
  await place.remove();
});

const get = (path: string) => curl(`${server.url}${path}`);
const post = (path: string, body: object) => curlPost(`${server.url}${path}`, body);

test('records are typed, listed and counted, files sent, and models asked, by the paths there always were', async () => {
  const events = await listenTo(server.url);
  // Not ready is what it says, too, while the machine lets it wait for seconds.
  let health = await get('/api/health');
  while (health.code === 'NOT_READY') health = await get('/api/health');
  expect(health).toMatchObject({ status: 200, success: true });
  const patient = {
    ...{ patient_id: 'P1001', name: 'Ann Example', age: 65, gender: 'Female', location: 'Rome' },
    ...{ registration_date: '2024-01-02', chronic_conditions: 'Diabetes, Hypertension', smoker_status: 'yes' },
  };
  expect(await post('/api/patient', patient)).toMatchObject({ status: 201, success: true, patient_id: 'P1001' });
  const visit = {
    ...{ visit_id: 'V1', patient_id: 'P1001', visit_date: '2024-01-05', severity_score: 5 },
    ...{ diagnosis_code: 'I10', diagnosis_description: 'Hypertension', length_of_stay: 3 },
  };
  expect(await post('/api/visit', visit)).toMatchObject({ status: 201, success: true, visit_id: 'V1' });
  const prescription = {
    ...{ prescription_id: 'R1', visit_id: 'V1', patient_id: 'P1001', drug_name: 'Lisinopril', quantity: 30 },
    ...{ drug_category: 'Antihypertensive', days_supply: 30, dosage: '10 mg', prescribed_date: '2024-01-05' },
  };
  expect(await post('/api/prescription', prescription)).toMatchObject({
    ...{ status: 201, success: true, prescription_id: 'R1' },
  });
  await events.settled();
  await events.stop();

  const one = { status: 200, success: true, count: 1, total: 1, page: 1, pages: 1 };
  expect(await get('/api/patients')).toMatchObject({ ...one, patients: [{ patient_id: 'P1001', age: 65 }] });
  expect(await get('/api/visits?page=1&limit=50')).toMatchObject({ ...one, visits: [{ visit_id: 'V1' }] });
  expect(await get('/api/prescriptions')).toMatchObject({ ...one, prescriptions: [{ drug_name: 'Lisinopril' }] });
  expect(await get('/api/patients/P1001')).toMatchObject({ success: true, patient: { name: 'Ann Example' } });
  expect(await get('/api/get-analytics')).toEqual({
    status: 200,
    success: true,
    analytics: {
      age_distribution: [{ age_group: '65+', count: 1 }],
      gender_distribution: [{ gender: 'Female', count: 1 }],
      disease_distribution: [{ disease: 'Circulatory', count: 1 }],
    },
    as_of: expect.objectContaining({ run: expect.any(String), pending_entries: 0 }),
  });
  expect(await get('/api/dashboard')).toMatchObject({
    success: true,
    data: {
      summary: { totalPatients: 1, totalVisits: 1, totalPrescriptions: 1, activeCases: expect.any(Number) },
      ageDistribution: [{ ageGroup: '65+', count: 1 }],
      visitTrends: [{ month: '2024-01', visits: 1 }],
      diseaseDistribution: [{ disease: 'Circulatory', count: 1 }],
      genderDistribution: [{ gender: 'Female', value: 1 }],
    },
  });

  const file = join(place.path, 'patients.csv');
  await writeFile(file, 'patient_id,name,age,gender\nP2,Bob,70,M\nP3,Cleo,71,F\n');
  const url = `${server.url}/api/upload`;
  expect(await curl('-X', 'POST', url, '-F', `file=@${file}`, '-F', 'type=patients')).toMatchObject({
    ...{ status: 200, success: true, records: 2, rejected: 0 },
  });

  const refused = { code: 'MODEL_NOT_SERVED', message: expect.stringMatching(/./) };
  for (const path of ['predict/readmission', 'predict/risk-score', 'predict/disease-progression']) {
    expect([path, await post(`/api/ml/${path}`, { age: 65 })]).toMatchObject([
      path,
      { status: 503, success: false, ...refused },
    ]);
  }
  expect(await post('/api/ml/batch-predict', { patient_data: { age: 65 }, visit_data: {} })).toMatchObject({
    ...{ status: 200, success: true },
    ...{ readmission: refused, risk_score: refused, disease_progression: refused },
  });
  expect(await get('/api/ml/load-models')).toMatchObject({ status: 200, success: true, models: [] });
});
