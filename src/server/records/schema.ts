// The shapes of what is typed and answered of a record, derived from the catalog, with examples that hold against them.
import { type TSchema, Type } from 'typebox';
import { publishedTableNamed, tableNamed } from '../../catalog/catalog.js';
import type { Field } from '../../catalog/field.js';
import type { RecordTable } from '../../records/entry.js';
import { formOf } from '../../records/reading/read-value.js';
import { asOfExample, asOfSchema } from '../answer/as-of.js';
import { rowSchema, typeOf } from '../answer/row-schema.js';
import { oneOf, rowOfValues } from './row.js';

const examples = {
  patients: {
    ...{
      patient_id: 'P1001',
      name: 'Ann Example',
      birth_date: '1958-03-14',
      gender: 'Female',
      location: 'Springfield',
    },
    ...{ bmi: 27.4, smoker_status: 'Former', alcohol_use: 'Moderate', physical_activity_level: 'Low' },
    ...{ chronic_conditions: ['diabetes', 'hypertension'], registration_date: '2024-02-01', insurance_type: 'Private' },
  },
  visits: {
    ...{ visit_id: 'V1001', patient_id: 'P1001', visit_date: '2024-02-10', discharge_date: '2024-02-13' },
    ...{ visit_type: 'inpatient', admission_type: 'emergency', diagnosis_code: 'I10', severity_score: 6.5 },
    ...{
      diagnosis_description: 'Essential hypertension',
      blood_pressure: '150/95',
      glucose_level: 140,
      heart_rate: 82,
    },
  },
  prescriptions: {
    ...{
      prescription_id: 'R1001',
      patient_id: 'P1001',
      visit_id: 'V1001',
      drug_name: 'Lisinopril',
      dosage: '10 mg daily',
    },
    ...{
      drug_category: 'Antihypertensive',
      quantity: 30,
      days_supply: 30,
      prescribed_date: '2024-02-13',
      refill_count: 2,
    },
  },
} as const;

/** As answers show it. */
export const exampleRow = (table: RecordTable) => {
  const [key] = Object.values(examples[table]);
  return rowOfValues(table, String(key), examples[table]);
};

export const versionSchema = Type.Integer({
  minimum: 0,
  description:
    'Which version it is; 0 of a record that was never typed or changed here. Changes name the one they are made from.',
});

/** What `POST` takes; every field may also stand under a synonym, in any spelling. */
export function newRecordSchema(table: RecordTable) {
  const { fields, oneOf: groups } = tableNamed(table);
  const required = fields.filter((field) => field.required).map(({ name }) => name);
  const anyOf = groups.length > 0 ? groups.map((group) => group.join(' or ')).join('; ') : undefined;
  return Type.Object(fieldSchemas(fields), {
    required,
    additionalProperties: false,
    description: anyOf === undefined ? 'One record.' : `One record. At least one of: ${anyOf}.`,
    examples: [examples[table]],
  });
}

/** What `PATCH` takes: the fields that are to be another, null for one that is to have no value. */
export const changeSchema = (table: RecordTable) =>
  Type.Object(
    { version: versionSchema, ...fieldSchemas(tableNamed(table).fields) },
    { required: ['version'], additionalProperties: false, examples: [{ version: 1, ...lastFields(table) }] },
  );

const lastFields = (table: RecordTable) => Object.fromEntries(Object.entries(examples[table]).slice(-2));

function fieldSchemas(fields: readonly Field[]): Record<string, TSchema> {
  const schemas = fields.map((field) => [field.name, fieldSchema(field)] as const);
  return Object.fromEntries(schemas);
}

function fieldSchema(field: Field): TSchema {
  const { description } = field;
  return Type.Optional(
    Type.Union([typeOf(field), Type.Null()], { description: `${description} It is ${formOf(field)}.` }),
  );
}

/** What a write answers. */
export function writtenSchema(table: RecordTable) {
  const { id, shown } = namesOf(table);
  const example = { success: true, message: `The ${shown} is kept.`, [id]: exampleRow(table)[id], version: 1 };
  return Type.Object(
    {
      success: Type.Literal(true),
      message: Type.String(),
      [id]: Type.String(),
      version: versionSchema,
      [shown]: rowSchema(publishedTableNamed(table)),
    },
    { examples: [{ ...example, [shown]: exampleRow(table) }] },
  );
}

/** What a deletion answers: the version of the tombstone. */
export function deletedSchema(table: RecordTable) {
  const { id, shown } = namesOf(table);
  return Type.Object(
    { success: Type.Literal(true), message: Type.String(), [id]: Type.String(), version: versionSchema },
    { examples: [{ success: true, message: `The ${shown} is deleted.`, [id]: exampleRow(table)[id], version: 2 }] },
  );
}

export const asOfOrNull = Type.Union([asOfSchema, Type.Null()], {
  description: 'null where no run is published yet, and all there is was typed.',
});

/** What `GET` of one answers. */
export const recordSchema = (
  table: RecordTable,
  more: Record<string, TSchema> = {},
  moreOfExample: Record<string, unknown> = {},
) =>
  Type.Object(
    {
      success: Type.Literal(true),
      as_of: asOfOrNull,
      version: versionSchema,
      [oneOf(table)]: rowSchema(publishedTableNamed(table)),
      ...more,
    },
    {
      examples: [
        { success: true, as_of: asOfExample, version: 1, [oneOf(table)]: exampleRow(table), ...moreOfExample },
      ],
    },
  );

export const namesOf = (table: RecordTable) => ({ id: tableNamed(table).key[0] ?? '', shown: oneOf(table) });

/** Of a path to one record. */
export const recordParams = Type.Object({
  id: Type.String({ description: 'As the table shows it; `source:id` of other sources than default.' }),
});
