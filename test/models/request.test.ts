// What people send to have something predicted, in their own words.
import { expect, test } from 'vitest';
import type { CarelakeError } from '../../src/errors.js';
import { RequestReader } from '../../src/models/features/request.js';
import { type FeatureSchema, schemaOf } from '../../src/models/features/schema.js';
import { encodeRequest, encodeValues } from '../../src/models/features/serve.js';
import type { ModelPlan } from '../../src/models/plan.js';
import { fixedPlans } from './fixed-facts.js';

/** The schema of a model that has seen every allowed value, and ages from 18 to 90. */
function schemaFor(plan: ModelPlan): FeatureSchema {
  return schemaOf(
    plan,
    plan.features.map(({ name, type, unit = null, definition, values = [] }) => ({
      name,
      type,
      unit,
      definition,
      ...(type === 'category'
        ? { dictionary: values.map(({ value }) => value) }
        : { seen: name === 'age' ? [18, 90] : null }),
    })),
  );
}

const schemas = fixedPlans.filter(({ source }) => source === 'default').map(schemaFor);
const schemaNamed = (model: string): FeatureSchema => {
  const schema = schemas.find((one) => one.model === model);
  if (!schema) throw new Error(`No model ${model}.`);
  return schema;
};

function read(model: string, body: unknown) {
  const { values, warnings } = new RequestReader(schemaNamed(model)).read(body);
  return { values, warnings };
}

function refusal(model: string, body: unknown): Pick<CarelakeError, 'code' | 'faults'> {
  try {
    read(model, body);
  } catch (error) {
    return error as CarelakeError;
  }
  throw new Error('It was accepted.');
}

test('readmission, as it has always been asked', () => {
  expect(
    read('readmission', {
      age: 65,
      gender: 'Male',
      bmi: 28.5,
      smoker_status: 'yes',
      number_of_previous_visits: 3,
      length_of_stay: 5,
      severity_score: 7,
      diagnosis_description: 'Diabetes',
      previous_visit_gap_days: 30,
    }),
  ).toEqual({
    values: {
      age: 65,
      gender: 'Male',
      bmi: 28.5,
      smoker_status: 'Current',
      number_of_previous_visits: 3,
      length_of_stay: 5,
      severity_score: 7,
      disease: 'Endocrine and metabolic',
      previous_visit_gap_days: 30,
    },
    warnings: [],
  });
});

test('risk, as it has always been asked', () => {
  const body = { age: 70, gender: 'Female', bmi: 32, smoker_status: 'no', number_of_previous_visits: 5 };
  const visit = { length_of_stay: 7, severity_score: 8, diagnosis_description: 'Heart Disease' };
  expect(read('risk', { ...body, ...visit })).toEqual({
    values: { ...body, length_of_stay: 7, severity_score: 8, smoker_status: 'Never', disease: 'Circulatory' },
    warnings: [],
  });
});

test('progression, by either name of the severity, in one or two parts', () => {
  const values = { severity_score: 6, length_of_stay: 4, age: 55, bmi: 27 };
  expect(read('progression', values)).toEqual({ values, warnings: [] });
  const { severity_score: prev_severity, ...others } = values;
  expect(read('progression', { ...others, prev_severity })).toEqual({ values, warnings: [] });
  const parted = {
    patient_data: { age: 55, bmi: 27, alcohol_use: 'yes' },
    visit_data: { prev_severity, length_of_stay: 4 },
  };
  expect(read('progression', parted)).toEqual({ values: { ...values, alcohol_use: 'Moderate' }, warnings: [] });
});

test('values as people and programs write them', () => {
  const body = {
    AGE: '65.0',
    BMI: 'N/A',
    sex: 'f',
    blood_pressure: '140/90',
    chronic_conditions: ['diabetes', 'COPD'],
    heart_failure: true,
    diagnosis_code: 'I50.9',
    diagnosis_description: 'whatever',
    alcohol_use: 'none',
  };
  expect(read('readmission', body)).toEqual({
    values: {
      age: 65,
      bmi: null,
      gender: 'Female',
      systolic: 140,
      diastolic: 90,
      number_of_chronic_conditions: 2,
      heart_failure: 1,
      disease: 'Circulatory',
      alcohol_use: 'None',
    },
    warnings: [],
  });
});

test('what is not understood is missing, and said', () => {
  const body = {
    age: 97,
    colour: 'blue',
    facility: 'North',
    gender: 'Martian',
    diagnosis_description: 'Vapours',
    severity: 4,
    prev_severity: 5,
  };
  const { values, warnings } = read('readmission', body);
  expect(values).toEqual({ age: 97, severity_score: 4 });
  expect(warnings).toEqual([
    { field: 'age', value: 97, message: 'The model was trained on values from 18 to 90.' },
    { field: 'colour', value: 'blue', message: 'No such field is known.' },
    { field: 'facility', value: 'North', message: 'The model does not use it.' },
    { field: 'gender', value: 'Martian', message: expect.stringContaining('It knows Male, Female, Other, Unknown.') },
    { field: 'prev_severity', value: 5, message: 'The field severity says it too, and counts.' },
    { field: 'diagnosis_description', value: 'Vapours', message: expect.stringContaining('chapter') },
  ]);
});

test('what cannot be is refused, all of it at once', () => {
  const { code, faults } = refusal('readmission', {
    age: 412,
    bmi: 'heavy',
    severity_score: 11,
    gender: {},
    blood_pressure: '80/120',
  });
  expect(code).toBe('FEATURE_INVALID');
  expect(faults?.map(({ field, message }) => [field, message])).toEqual([
    ['age', 'It must lie between 0 and 150.'],
    ['bmi', 'It must be a number of kg/m2.'],
    ['severity_score', 'It must lie between 0 and 10.'],
    ['gender', 'It must be a number or a text.'],
    ['blood_pressure', 'It must be two numbers, the greater first: 120/80.'],
  ]);
});

test.each([{}, { colour: 'blue' }, { age: null, bmi: '' }])('nothing to predict from is refused: %j', (body) => {
  expect(refusal('risk', body).code).toBe('FEATURE_EMPTY');
});

test.each([null, 'age=65', [{ age: 65 }], { patient_data: 5 }])('a body that is no object is refused: %j', (body) => {
  expect(refusal('risk', body).code).toBe('FEATURE_INVALID');
});

test('missing is NaN in numbers and −1 in categories, in the order of the schema', () => {
  const schema = schemaNamed('progression');
  const { columns } = encodeRequest(schema, new RequestReader(schema), { age: 55, gender: 'Female' });
  expect(columns.map(({ name }) => name)).toEqual(schema.features.map(({ name }) => name));
  const of = (name: string) => columns.find((column) => column.name === name)?.values[0];
  expect([of('age'), of('gender'), of('bmi'), of('smoker_status')]).toEqual([55, 1, Number.NaN, -1]);
});

test('many at once, each with its own warnings', () => {
  const schema = schemaNamed('progression');
  const { columns, values, warnings } = encodeValues(schema, [{ age: 55 }, { gender: 'Martian' }]);
  expect(columns.find(({ name }) => name === 'age')?.values).toEqual(Float64Array.of(55, Number.NaN));
  expect(values.map(({ age, gender }) => [age, gender])).toEqual([
    [55, null],
    [null, null],
  ]);
  expect(warnings).toEqual([[], [expect.objectContaining({ field: 'gender', value: 'Martian' })]]);
});

test('a schema is known by its meaning', () => {
  const plan = fixedPlans[0] as ModelPlan;
  const schema = schemaFor(plan);
  expect(schemaFor(plan).hash).toBe(schema.hash);
  const [first, ...others] = schema.features;
  if (!first) throw new Error('It has no feature.');
  const hashes = [
    schemaOf(plan, others).hash,
    schemaOf(plan, [{ ...first, definition: 'Another.' }, ...others]).hash,
    schemaOf(plan, [{ ...first, unit: 'd' }, ...others]).hash,
    schemaOf(plan, [...others, first]).hash,
    schemaOf({ ...plan, source: 'another' }, schema.features).hash,
    schemaOf(
      plan,
      schema.features.map((one) => (one.dictionary ? { ...one, dictionary: [...one.dictionary].reverse() } : one)),
    ).hash,
  ];
  expect(new Set([schema.hash, ...hashes]).size).toBe(hashes.length + 1);
  expect(schemaOf(plan, [{ ...first, seen: [1, 2] }, ...others]).hash).toBe(schema.hash);
});
