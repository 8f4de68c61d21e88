// What happened to one patient: everything once, the newest first, of the source that the patient is of.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHospital } from '../../analytics/metrics/hospital.js';
import { type House, houseOf } from '../house.js';
import { type Ask, asking } from '../records/asking.js';

const files = {
  'patients.csv': 'patient_id,name,age,gender\np1,Ann,60,F\np2,Bob,61,M\np3,Cyd,62,F\n',
  'visits.csv':
    'visit_id,patient_id,visit_date,discharge_date,visit_type,diagnosis_code,diagnosis_description\n' +
    'v1,p1,2024-01-10,2024-01-12,inpatient,I10,Hypertension\nv2,p1,2024-02-10,,outpatient,E11,Diabetes\nv3,p2,2024-01-10,,emergency,,\n',
  'prescriptions.csv':
    'prescription_id,patient_id,visit_id,drug_name,prescribed_date,dosage\nr1,p1,v1,Lisinopril,2024-01-12,10 mg\nr2,,v2,Metformin,2024-02-10,\n',
  'diagnoses.csv':
    'visit_id,patient_id,rank,diagnosis_system,diagnosis_code,diagnosis_description\nv1,p1,1,icd-10,I10,Hypertension\nv1,p1,2,icd-10,E78,Lipids\n',
  'observations.csv':
    'patient_id,visit_id,observation_code,observation_description,value,unit,observation_date\np1,v1,2345-7,Glucose,180,mg/dL,2024-01-11\n',
  'procedures.csv':
    'patient_id,visit_id,procedure_code,procedure_description,procedure_date\np1,v1,93000,ECG,2024-01-10\n',
};

let house: House;
let ask: Ask;
beforeAll(async () => {
  const { workspace } = await openHospital([
    { files },
    {
      source: 'north',
      files: { 'patients.csv': files['patients.csv'], 'visits.csv': files['visits.csv'].replace(/\bv1,p1/, 'v9,p1') },
    },
  ]);
  house = await houseOf(workspace);
  ask = asking(house);
});
afterAll(() => house.close());

type Event = Record<'kind' | 'date' | 'id' | 'code' | 'description' | 'detail', string | null>;
const eventsOf = async (query = ''): Promise<Event[]> =>
  (await ask('GET', `/api/patients/p1/timeline${query}`)).body.events;

test('every kind of event is there, the newest first', async () => {
  const events = await eventsOf();
  expect(events.map(({ kind, date, id, code, detail }) => [kind, date, id, code, detail])).toEqual([
    ['prescription', '2024-02-10', 'r2', null, null],
    ['visit', '2024-02-10', 'v2', 'E11', 'outpatient'],
    ['prescription', '2024-01-12', 'r1', null, '10 mg'],
    ['observation', '2024-01-11', null, '2345-7', '180 mg/dL'],
    ['diagnosis', '2024-01-10', null, 'E78', 'Endocrine and metabolic'],
    ['diagnosis', '2024-01-10', null, 'I10', 'Circulatory'],
    ['procedure', '2024-01-10', null, '93000', null],
    ['stay', '2024-01-10', 'v1', null, null],
    ['visit', '2024-01-10', 'v1', 'I10', 'inpatient'],
  ]);
});

test('pages by cursor give every event once, and kinds and dates narrow it', async () => {
  const all = await eventsOf();
  const seen: Event[] = [];
  for (let next: string | null = ''; next !== null; ) {
    const { body } = await ask('GET', `/api/patients/p1/timeline?limit=2${next ? `&after=${next}` : ''}`);
    expect(body.total).toBe(all.length);
    seen.push(...body.events);
    next = body.next;
  }
  expect(seen).toEqual(all);
  expect((await eventsOf('?kind=visit&kind=stay')).map(({ id }) => id)).toEqual(['v2', 'v1', 'v1']);
  expect((await eventsOf('?date=2024-02-01..')).map(({ id }) => id)).toEqual(['r2', 'v2']);
});

test('what is no kind, and a patient that is not there, are refused; one to whom nothing happened has an empty list', async () => {
  expect(await ask('GET', '/api/patients/p1/timeline?kind=party')).toMatchObject({ status: 400 });
  expect(await ask('GET', '/api/patients/nobody/timeline')).toMatchObject({
    status: 404,
    body: { code: 'ROW_NOT_FOUND' },
  });
  expect(await ask('GET', '/api/patients/p3/timeline')).toMatchObject({ status: 200, body: { total: 0, events: [] } });
});

test('the patient of another source has events of that source alone', async () => {
  const { body } = await ask('GET', '/api/patients/north:p1/timeline?kind=visit');
  expect(body.events.map(({ id }: Event) => id)).toEqual(['north:v2', 'north:v9']);
});

test('what was typed since stands in it', async () => {
  await ask('POST', '/api/visit', {
    visit_id: 'v7',
    patient_id: 'p2',
    visit_date: '2024-03-01',
    visit_type: 'emergency',
  });
  const { body } = await ask('GET', '/api/patients/p2/timeline');
  expect(body.events.map(({ id }: Event) => id)).toEqual(['v7', 'v3']);
  expect(body.as_of.pending_entries).toBeGreaterThan(0);
});
