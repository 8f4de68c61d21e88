// A small Synthea export through the pipeline: which value wins, what is missing, and files as they should not be.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CarelakeError } from '../../src/errors.js';
import { traceRow } from '../../src/pipeline/lineage.js';
import { csv, headers, laterHeaders, type Records } from '../sources/synthea/export.js';
import { openWorkspace, type Workspace } from './harness.js';

let workspace: Workspace;
beforeEach(async () => {
  workspace = await openWorkspace();
});
afterEach(() => workspace.close());

const ann = { Id: 'ann', BIRTHDATE: '1950-02-03', FIRST: 'Ann1', LAST: 'Lee2', GENDER: 'F', RACE: 'white' };
const visit = { PATIENT: 'ann', ENCOUNTERCLASS: 'ambulatory', ORGANIZATION: 'org', PAYER: 'pay', PROVIDER: 'doc' };
const first = { ...visit, Id: 'v1', START: '2020-03-01T10:00:00Z', STOP: '2020-03-01T10:15:00Z' };
const second = { ...visit, Id: 'v2', START: '2020-06-01T10:00:00Z', STOP: '2020-06-01T10:15:00Z' };
const seen = { PATIENT: 'ann', ENCOUNTER: 'v1', DATE: '2020-03-01T10:00:00Z' };
const glucose = { ...seen, CODE: '2339-0', DESCRIPTION: 'Glucose', UNITS: 'mg/dL', TYPE: 'numeric' };
const bmi = { ...seen, CODE: '39156-5', DESCRIPTION: 'Body Mass Index', UNITS: 'kg/m2', TYPE: 'numeric' };
const smoking = { ...seen, CODE: '72166-2', DESCRIPTION: 'Tobacco smoking status NHIS', TYPE: 'text' };
const pressure = (code: '8480-6' | '8462-4', VALUE: string, DATE = seen.DATE) => ({
  ...{ ...seen, DATE, VALUE },
  ...{ CODE: code, DESCRIPTION: 'Blood Pressure', UNITS: 'mm[Hg]', TYPE: 'numeric' },
});

type Export = Readonly<Record<string, Records>>;

async function land(records: Export, from = headers) {
  const files = Object.entries(records).map(([kind, rows]) => [`${kind}.csv`, csv(kind, rows, from)] as const);
  return workspace.land(Object.fromEntries(files));
}

async function run(records: Export) {
  const landed = await land(records);
  await workspace.run();
  return landed;
}

async function refused(records: Readonly<Record<string, string>>): Promise<CarelakeError> {
  const error: unknown = await workspace.land(records).catch((thrown: unknown) => thrown);
  if (error instanceof CarelakeError) return error;
  throw new Error('Nothing coded was thrown.', { cause: error });
}

const account = async () => {
  const { accounting } = await workspace.manifest();
  return Object.fromEntries(accounting.map(({ file, records }) => [file, records]));
};

describe('what is measured several times', () => {
  test('a visit has the last value by time, whatever the order in the file', async () => {
    await land({
      patients: [ann],
      encounters: [first],
      observations: [
        { ...glucose, DATE: '2020-03-01T10:30:00Z', VALUE: '111.0' },
        { ...glucose, DATE: '2020-03-01T10:20:00Z', VALUE: '99.0' },
        { ...glucose, CODE: '2345-7', DATE: '2020-03-01', VALUE: '88.0' },
      ],
    });
    expect(await workspace.clean('visits', 'select glucose_level from t')).toEqual([{ glucose_level: 111 }]);
  });

  test('of one time the last in the file; a record that states nothing is passed over', async () => {
    await land({
      patients: [ann],
      encounters: [first],
      observations: [
        { ...glucose, VALUE: '90.0' },
        { ...glucose, VALUE: '95.0' },
        { ...glucose, VALUE: '' },
      ],
    });
    expect(await workspace.clean('visits', 'select glucose_level from t')).toEqual([{ glucose_level: 95 }]);
  });

  test('blood pressure is the last pair of one time, never halves of two', async () => {
    await land({
      patients: [ann],
      encounters: [first],
      observations: [
        pressure('8480-6', '120.0'),
        pressure('8462-4', '79.5'),
        pressure('8480-6', '180.0', '2020-03-01T11:00:00Z'),
      ],
    });
    const rows = await workspace.clean('visits', 'select blood_pressure, systolic, diastolic from t');
    expect(rows).toEqual([{ blood_pressure: '120/80', systolic: 120, diastolic: 80 }]);
  });

  test('is told as it came by the lineage of the visit, though it lies in another file', async () => {
    await run({
      patients: [ann],
      encounters: [first],
      observations: [pressure('8480-6', '120.4'), pressure('8462-4', '79.5'), { ...glucose, VALUE: '95.0' }],
    });
    const { rows } = await traceRow(workspace.lake, workspace.engine, 'visits', 'synthea:v1');
    const of = (field: string) => rows[0]?.values.find((value) => value.field === field);
    expect(of('glucose_level')).toMatchObject({ column: 'VALUE of observations.csv', original: '95.0', value: 95 });
    expect(of('blood_pressure')).toMatchObject({ column: 'VALUE of observations.csv', value: '120/80' });
    expect(of('blood_pressure')?.original).not.toBeNull();
    expect(of('heart_rate')).toMatchObject({ original: null, value: null });
    expect(of('visit_date')).toMatchObject({ column: 'START', original: '2020-03-01T10:00:00Z' });
  });

  test('a patient has the last BMI and the last smoking status that says something', async () => {
    await land({
      patients: [ann],
      encounters: [first, second],
      observations: [
        { ...bmi, ENCOUNTER: 'v2', DATE: '2020-06-01T10:00:00Z', VALUE: '31.2' },
        { ...bmi, VALUE: '24.1' },
        { ...smoking, VALUE: 'Smokes tobacco daily (finding)', UNITS: 'null' },
        { ...smoking, ENCOUNTER: 'v2', DATE: '2020-06-01T10:00:00Z', VALUE: 'Unknown if ever smoked' },
      ],
    });
    const rows = await workspace.clean('patients', 'select bmi, smoker_status from t');
    expect(rows).toEqual([{ bmi: 31.2, smoker_status: 'Current' }]);
  });

  test('a measurement that names another patient than its visit reaches neither', async () => {
    await land({
      patients: [ann, { ...ann, Id: 'bob', GENDER: 'M' }],
      encounters: [first],
      observations: [{ ...glucose, PATIENT: 'bob', VALUE: '500' }],
    });
    expect(await workspace.clean('visits', 'select glucose_level from t')).toEqual([{ glucose_level: null }]);
  });

  test('another unit is converted where the field knows it, else refused by name', async () => {
    await land({
      patients: [ann],
      encounters: [first, second],
      observations: [
        { ...glucose, VALUE: '5.0', UNITS: 'mmol/L' },
        { ...bmi, VALUE: '24', UNITS: 'stone' },
        { ...pressure('8480-6', '16'), UNITS: 'kPa' },
        { ...pressure('8462-4', '11'), UNITS: 'kPa' },
      ],
    });
    const rows = await workspace.clean(
      'visits',
      `select glucose_level, blood_pressure from t where visit_id = 'synthea:v1'`,
    );
    expect(rows).toEqual([{ glucose_level: 90.1, blood_pressure: null }]);
    expect(await workspace.clean('visits', 'select _issues from t where _issues is not null')).toEqual([
      { _issues: 'blood_pressure␟not_blood_pressure␟missing␟16 kPa/11 kPa' },
    ]);
    expect(await workspace.clean('patients', 'select bmi, _issues from t')).toEqual([
      { bmi: null, _issues: 'bmi␟not_a_number␟missing␟24 stone' },
    ]);
  });
});

describe('what else is read from several files', () => {
  test('names of organization, payer and provider; insurance by the last payer; the last name of an id', async () => {
    await run({
      patients: [ann],
      encounters: [first, { ...second, PAYER: 'gov', ORGANIZATION: 'unlisted', PROVIDER: 'unlisted' }],
      organizations: [
        { Id: 'org', NAME: 'OLD NAME' },
        { Id: 'org', NAME: 'NEW NAME' },
        { Id: '', NAME: 'NO ID' },
      ],
      payers: [
        { Id: 'pay', NAME: 'NO_INSURANCE' },
        { Id: 'gov', NAME: 'Dual Eligible' },
      ],
      providers: [{ Id: 'doc', SPECIALITY: 'CARDIOLOGY' }],
    });
    const rows = await workspace.rows('visits', 'select facility, payer, specialty from t order by visit_id');
    expect(rows).toEqual([
      { facility: 'NEW NAME', payer: 'NO_INSURANCE', specialty: 'CARDIOLOGY' },
      { facility: 'unlisted', payer: 'Dual Eligible', specialty: null },
    ]);
    expect(await workspace.rows('patients', 'select insurance_type from t')).toEqual([
      { insurance_type: 'Government' },
    ]);
    expect((await account())['organizations.csv']).toMatchObject({ total: 3, used: 2, not_used: 1 });
  });

  test('death ends the last inpatient or emergency encounter around it, and no other', async () => {
    const stay = { ...visit, ENCOUNTERCLASS: 'inpatient' };
    await land({
      patients: [{ ...ann, DEATHDATE: '2020-06-09' }],
      encounters: [
        { ...stay, Id: 'a', START: '2020-06-01T01:00:00Z', STOP: '2020-06-09T01:00:00Z' },
        { ...stay, Id: 'b', START: '2020-06-09T02:00:00Z', STOP: '2020-06-10T01:00:00Z' },
        { ...visit, Id: 'c', START: '2020-06-09T03:00:00Z', STOP: '2020-06-09T04:00:00Z' },
      ],
    });
    const rows = await workspace.clean('visits', 'select visit_id, discharge_disposition as ended from t order by 1');
    expect(rows).toEqual([
      { visit_id: 'synthea:a', ended: null },
      { visit_id: 'synthea:b', ended: 'died' },
      { visit_id: 'synthea:c', ended: null },
    ]);
  });

  test('a medication ended and ordered anew at once is two; one that stands twice is a duplicate', async () => {
    const order = { PATIENT: 'ann', ENCOUNTER: 'v1', CODE: '314076', START: '2020-03-01T10:00:00Z' };
    const drug = { ...order, DESCRIPTION: 'lisinopril 10 MG Oral Tablet', DISPENSES: '1' };
    await run({
      patients: [ann],
      encounters: [first],
      medications: [drug, { ...drug, STOP: '2020-03-01T10:00:00Z' }, { ...drug, STOP: '2020-03-01T10:00:00Z' }],
    });
    const id = 'synthea:v1:314076:2020-03-01T10:00:00Z';
    const rows = await workspace.rows('prescriptions', 'select prescription_id, drug_category, _row from t order by 1');
    expect(rows).toEqual([
      { prescription_id: id, drug_category: 'Antihypertensive', _row: 3 },
      { prescription_id: `${id}:2`, drug_category: 'Antihypertensive', _row: 1 },
    ]);
    expect((await account())['medications.csv']).toMatchObject({ total: 3, used: 2, duplicates: 1 });
  });

  test('a procedure done twice on one day is two; one that stands twice is a duplicate', async () => {
    const done = { PATIENT: 'ann', ENCOUNTER: 'v1', CODE: '710824005', DESCRIPTION: 'Assessment', BASE_COST: '1' };
    const times = ['2020-03-01T10:00:00Z', '2020-03-01T10:10:00Z', '2020-03-01T10:10:00Z'];
    await run({ patients: [ann], encounters: [first], procedures: times.map((START) => ({ ...done, START })) });
    const rows = await workspace.rows('procedures', 'select rank, procedure_system from t order by 1');
    expect(rows).toEqual([
      { rank: 1, procedure_system: 'snomed' },
      { rank: 2, procedure_system: 'snomed' },
    ]);
    expect((await account())['procedures.csv']).toMatchObject({ total: 3, used: 2, duplicates: 1 });
  });

  test('a later release says the code system, the middle name and who owns a payer', async () => {
    await land(
      {
        patients: [{ ...ann, MIDDLE: 'Mae3', CITY: 'Boston', STATE: 'Massachusetts' }],
        encounters: [first],
        conditions: [{ ...seenOn, SYSTEM: 'http://hl7.org/fhir/sid/icd-10-cm', CODE: 'E11', DESCRIPTION: 'Diabetes' }],
        payers: [{ Id: 'pay', NAME: 'Sunshine Health', OWNERSHIP: 'PRIVATE' }],
      },
      laterHeaders,
    );
    const patients = await workspace.clean('patients', 'select name, location, insurance_type from t');
    expect(patients).toEqual([
      { name: 'Ann1 Mae3 Lee2', location: 'Boston, Massachusetts', insurance_type: 'Private' },
    ]);
    expect(await workspace.clean('diagnoses', 'select diagnosis_system from t')).toEqual([
      { diagnosis_system: 'icd-10' },
    ]);
  });
});

const seenOn = { PATIENT: 'ann', ENCOUNTER: 'v1', START: '2020-03-01' };

describe('hostile input', () => {
  test('files that are missing are said with what follows, and the rest is read', async () => {
    const { warnings } = await run({ conditions: [{ ...seenOn, CODE: '44054006', DESCRIPTION: 'Diabetes' }] });
    expect(warnings).toHaveLength(8);
    expect(warnings[0]).toMatch(/^Without patients[.]csv among these files there are no patients/);
    expect(await workspace.rows('diagnoses', 'select patient_known, visit_known, disease from t')).toEqual([
      { patient_known: false, visit_known: false, disease: 'Endocrine and metabolic' },
    ]);
  });

  test('names of encounters are not used where there are no encounters', async () => {
    await run({ payers: [{ Id: 'pay', NAME: 'Aetna' }], supplies: [{ PATIENT: 'ann', QUANTITY: '2' }] });
    expect(await account()).toMatchObject({
      'payers.csv': { total: 1, used: 0, not_used: 1 },
      'supplies.csv': { total: 1, used: 0, not_used: 1 },
    });
  });

  test('a column that is missing is refused by name before anything is stored', async () => {
    const error = await refused({
      'patients.csv': csv('patients', [ann]),
      'observations.csv': 'DATE,PATIENT,ENCOUNTER,CODE,DESCRIPTION,VALUE\n2020-01-01,ann,v1,2339-0,Glucose,90\n',
    });
    expect(error.code).toBe('SYNTHEA_COLUMN_MISSING');
    expect(error.message).toContain('UNITS in observations.csv');
    expect((await workspace.plan().catch(() => ({ batches: [] }))).batches).toEqual([]);
  });

  test('a patient whom nobody knows is kept and flagged, with all that is his', async () => {
    await run({
      patients: [ann],
      encounters: [{ ...first, PATIENT: 'ghost' }],
      observations: [{ ...glucose, PATIENT: 'ghost', VALUE: '90' }],
    });
    const rows = await workspace.rows('visits', 'select patient_id, patient_known, glucose_level from t');
    expect(rows).toEqual([{ patient_id: 'synthea:ghost', patient_known: false, glucose_level: 90 }]);
    expect(await workspace.rows('observations', 'select patient_known from t')).toEqual([{ patient_known: false }]);
  });

  test('times with a zone are taken as written, dates without a time have none', async () => {
    await land({
      patients: [ann],
      encounters: [
        { ...first, START: '2020-03-01T23:30:00-05:00', STOP: '2020-03-02T00:10:00.250+0530' },
        { ...second, START: '2020-06-01', STOP: '' },
      ],
    });
    const rows = await workspace.clean(
      'visits',
      `select cast(visit_date as varchar) as started, cast(discharge_date as varchar) as stopped,
        cast(admitted_at as varchar) as "at", cast(discharged_at as varchar) as until from t order by visit_id`,
    );
    expect(rows).toEqual([
      { started: '2020-03-01', stopped: '2020-03-02', at: '2020-03-01 23:30:00', until: '2020-03-02 00:10:00' },
      { started: '2020-06-01', stopped: null, at: null, until: null },
    ]);
    expect(await workspace.clean('visits', 'select _issues from t where _issues is not null')).toEqual([]);
  });

  test('quoted commas, quotes and line ends stay in their value, and the lines add up', async () => {
    await land({
      patients: [{ ...ann, LAST: 'Lee, "the elder"', CITY: 'St. Mary,\nUpper End', STATE: 'Maine' }],
      encounters: [{ ...first, REASONCODE: '195662009', REASONDESCRIPTION: 'Pharyngitis, viral' }],
      organizations: [{ Id: 'org', NAME: 'HOSPITAL, GENERAL' }],
    });
    const patients = await workspace.clean('patients', 'select name, location from t');
    expect(patients).toEqual([{ name: 'Ann1 Lee, "the elder"', location: 'St. Mary,\nUpper End, Maine' }]);
    expect(await workspace.clean('visits', 'select diagnosis_description, facility from t')).toEqual([
      { diagnosis_description: 'Pharyngitis, viral', facility: 'HOSPITAL, GENERAL' },
    ]);
  });

  test('a record without what its row needs is rejected, one without an encounter is not', async () => {
    await run({
      patients: [ann, { ...ann, Id: '' }],
      encounters: [first, { ...second, START: 'yesterday' }],
      conditions: [{ PATIENT: 'ann', START: '2020-01-01', CODE: '44054006', DESCRIPTION: 'Diabetes' }],
      observations: [{ ...glucose, ENCOUNTER: '', CODE: 'QALY', VALUE: '50' }],
    });
    expect(await account()).toMatchObject({
      'patients.csv': { used: 1, rejected: 1 },
      'encounters.csv': { used: 1, rejected: 1 },
      'conditions.csv': { used: 0, rejected: 1 },
      'observations.csv': { used: 1, rejected: 0 },
    });
  });
});
