// What HOSPITAL is made of, from stays that can be read: the last measurement of each, in the unit of the score.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Matrix } from '../../../src/models/features/matrix.js';
import type { FeatureSchema } from '../../../src/models/features/schema.js';
import { planReadmission } from '../../../src/models/readmission.js';
import { type HospitalTables, hospitalItems } from '../../../src/models/scores/hospital-items.js';
import { hospitalScores } from '../../../src/models/train/hospital-column.js';
import { stepFiles } from '../../../src/pipeline/runner.js';
import { type ModelPlace, openModelPlace } from '../place.js';

const files = {
  'patients.csv': 'patient_id,birth_date,gender,registration_date\np1,1950-03-01,Female,2019-01-01\n',
  'visits.csv': `visit_id,patient_id,visit_date,discharge_date,visit_type,admission_type,discharge_disposition,diagnosis_code,specialty
a1,p1,2022-01-10,2022-01-20,inpatient,emergency,home,I50.9,Oncology
a2,p1,2022-06-01,2022-06-03,inpatient,elective,home,I50.9,Cardiology
a3,p1,2023-01-02,2023-01-04,inpatient,emergency,home,C34.9,
a4,p1,2024-01-02,,outpatient,,,C34.9,
`,
  'observations.csv': `visit_id,patient_id,observation_code,observation_description,value,unit,observation_date,observed_at
a1,p1,718-7,Hemoglobin,10.5,g/dL,2022-01-11,
a1,p1,718-7,Hemoglobin,12.5,g/dL,2022-01-19,
a1,p1,718-7,Hemoglobin,9.9,g/dL,2022-01-25,
a1,p1,2951-2,Sodium,133,mmol/L,2022-01-15,
a2,p1,718-7,Hemoglobin,115,g/L,2022-06-02,
a2,p1,2947-0,Sodium,140,mEq/L,2022-06-02,
a3,p1,718-7,Hemoglobin,11,g/dL,2023-01-03,
a3,p1,2951-2,Sodium,hemolyzed,mmol/L,2023-01-03,
a3,p1,2951-2,Sodium,3,furlong,2023-01-03,
`,
  'procedures.csv': `visit_id,patient_id,rank,procedure_system,procedure_code,procedure_description,procedure_date
a2,p1,1,snomed,232717009,Coronary artery bypass graft,2022-06-02
`,
};

let place: ModelPlace;
let tables: HospitalTables;
beforeAll(async () => {
  place = await openModelPlace(files);
  const { tables: made } = await place.workspace.manifest();
  const filesOf = (name: string) => stepFiles(place.workspace.lake, made[name]?.step ?? '');
  tables = {
    stays: await filesOf('stays'),
    visits: await filesOf('visits'),
    observations: await filesOf('observations'),
    procedures: await filesOf('procedures'),
  };
});
afterAll(() => place.workspace.close());

test('are known of stays in which both were measured, each by its last value before the discharge', async () => {
  const items = await hospitalItems(place.workspace.engine, tables, 'default');
  expect(Object.fromEntries(items)).toEqual({
    a1: { haemoglobin: 12.5, sodium: 133, procedures: 0, oncology: true },
    a2: { haemoglobin: 11.5, sodium: 140, procedures: 1, oncology: false },
  });
  expect(await hospitalItems(place.workspace.engine, tables, 'nowhere')).toEqual(new Map());
});

test('make a score of the rows that have them, which is compared where enough have one and else said to be left out', async () => {
  const plan = planReadmission(await place.facts());
  const items = await hospitalItems(place.workspace.engine, tables, 'default');
  const schema = {
    features: [{ name: 'admission_type', dictionary: ['emergency', 'elective'] }],
  } as unknown as FeatureSchema;
  const matrixOf = (cases: readonly string[]) =>
    ({
      cases,
      columns: [
        { name: 'admission_type', kind: 'category', values: Int32Array.from(cases, (id) => (id === 'a1' ? 0 : 1)) },
        { name: 'stays_365_days', kind: 'number', values: Float64Array.from(cases, (id) => (id === 'a1' ? 0 : 1)) },
        { name: 'length_of_stay', kind: 'number', values: Float64Array.from(cases, (id) => (id === 'a1' ? 10 : 2)) },
      ],
    }) as unknown as Matrix;
  const many = [...Array<string>(6).fill('a1'), ...Array<string>(6).fill('a2'), 'a3'];
  const { scores, notes } = hospitalScores(plan, schema, matrixOf(many), items);
  // a1: oncology 2, sodium 1, acute 1, ten days 2. a2: haemoglobin 1, a procedure 1, one admission before 2.
  expect([...(scores[0]?.score ?? [])]).toEqual([...Array(6).fill(6), ...Array(6).fill(4), Number.NaN]);
  expect(notes[0]).toMatch(/^HOSPITAL .* is known of 12 of 13 stays/);
  expect(hospitalScores(plan, schema, matrixOf(['a1', 'a2']), items)).toEqual({
    scores: [],
    notes: [expect.stringMatching(/^HOSPITAL is not compared: .* of too few stays/)],
  });
  expect(hospitalScores(plan, schema, matrixOf(many), new Map()).notes[0]).toMatch(/ of no stays/);
});
