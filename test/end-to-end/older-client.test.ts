// A client of the interface as it was before there was sign-in: its paths, fields and answers, with sign-in off.
import { afterAll, beforeAll, expect, test } from 'vitest';
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

/** Bare requests: no token, no cookie, no version, nothing but what curl sends. */
async function curl(path: string, body?: object | FormData) {
  const answer = await fetch(`${server.url}${path}`, {
    ...(body instanceof FormData && { method: 'POST', body }),
    ...(body &&
      !(body instanceof FormData) && {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
  });
  return { status: answer.status, ...((await answer.json()) as Record<string, unknown>) };
}

test('records are typed, listed and counted, files sent, and models asked, by the paths there always were', async () => {
  const events = await listenTo(server.url);
  expect(await curl('/api/health')).toMatchObject({ status: 'ok', success: true });
  const patient = {
    ...{ patient_id: 'P1001', name: 'Ann Example', age: 65, gender: 'Female', location: 'Rome' },
    ...{ registration_date: '2024-01-02', chronic_conditions: 'Diabetes, Hypertension', smoker_status: 'yes' },
  };
  expect(await curl('/api/patient', patient)).toMatchObject({ status: 201, success: true, patient_id: 'P1001' });
  const visit = {
    ...{ visit_id: 'V1', patient_id: 'P1001', visit_date: '2024-01-05', severity_score: 5 },
    ...{ diagnosis_code: 'I10', diagnosis_description: 'Hypertension', length_of_stay: 3 },
  };
  expect(await curl('/api/visit', visit)).toMatchObject({ status: 201, success: true, visit_id: 'V1' });
  const prescription = {
    ...{ prescription_id: 'R1', visit_id: 'V1', patient_id: 'P1001', drug_name: 'Lisinopril', quantity: 30 },
    ...{ drug_category: 'Antihypertensive', days_supply: 30, dosage: '10 mg', prescribed_date: '2024-01-05' },
  };
  expect(await curl('/api/prescription', prescription)).toMatchObject({ status: 201, success: true });
  await events.settled();
  await events.stop();
  for (const table of ['patients', 'visits', 'prescriptions']) {
    expect(await curl(`/api/${table}`)).toMatchObject({ status: 200, success: true, count: 1, [table]: [{}] });
  }
  expect(await curl('/api/patients/P1001')).toMatchObject({ success: true, patient: { name: 'Ann Example' } });
  expect(await curl('/api/get-analytics')).toMatchObject({
    success: true,
    analytics: {
      age_distribution: [{ age_group: '65+', count: 1 }],
      gender_distribution: [{ gender: 'Female', count: 1 }],
    },
  });
  expect(await curl('/api/dashboard')).toMatchObject({ success: true, data: { summary: { totalPatients: 1 } } });

  const form = new FormData();
  form.set('type', 'patients');
  form.set('file', new Blob(['patient_id,name,age,gender\nP2,Bob,70,M\n'], { type: 'text/csv' }), 'patients.csv');
  expect(await curl('/api/upload', form)).toMatchObject({ success: true });

  // What trained models answer by these paths is held by models.test.ts; here none is trained.
  for (const path of ['predict/readmission', 'predict/risk-score', 'predict/disease-progression']) {
    expect([path, await curl(`/api/ml/${path}`, { age: 65 })]).toMatchObject([path, { code: 'MODEL_NOT_SERVED' }]);
  }
  expect(await curl('/api/ml/batch-predict', { patient_data: { age: 65 }, visit_data: {} })).toHaveProperty('success');
  expect(await curl('/api/ml/load-models')).toMatchObject({ status: 200, success: true, models: [] });
});
