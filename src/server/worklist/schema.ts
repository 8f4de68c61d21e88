// The shapes of the work list as answers show it.
import { Type } from 'typebox';
import { reasons, states } from './item.js';

export const dateSchema = Type.String({ format: 'date' });
const time = Type.String({ format: 'date-time' });
const orNull = <Of extends Parameters<typeof Type.Union>[0][number]>(schema: Of, description?: string) =>
  Type.Union([schema, Type.Null()], description === undefined ? {} : { description });

export const reasonSchema = Type.Enum([...reasons], {
  description: 'The model that put the patient on the list; `other`: a person did, and the note says why.',
});
export const stateSchema = Type.Enum([...states]);
export const userSchema = Type.String({ minLength: 1, maxLength: 100 });
export const noteSchema = Type.String({ minLength: 1, maxLength: 2000 });

const patientSchema = Type.Object(
  {
    name: orNull(Type.String()),
    birth_date: orNull(dateSchema),
    age: orNull(Type.Integer()),
    gender: orNull(Type.String()),
    death_date: orNull(dateSchema),
  },
  { description: 'As the patient is now.' },
);

const saidSchema = Type.Object({
  prediction: Type.String(),
  probability: Type.Number({ minimum: 0, maximum: 1, description: 'Of what is predicted.' }),
  recommendation: Type.String(),
  recommendation_source: Type.String(),
  model: Type.Object({ name: Type.String(), version: Type.String() }),
  case: orNull(Type.Object({ id: Type.String(), index_date: orNull(dateSchema) })),
  run: Type.String({ description: 'The run that the model looked at.' }),
});

const properties = {
  id: Type.String(),
  version: Type.Integer({ minimum: 1, description: 'Changes name the version that they are made from.' }),
  patient_id: Type.String(),
  patient: orNull(patientSchema, 'Null where there is no such patient any more.'),
  reason: reasonSchema,
  state: stateSchema,
  due: orNull(dateSchema, 'The day by which it is to be done.'),
  overdue: Type.Boolean({ description: 'Whether it is open and that day has passed.' }),
  assigned_to: orNull(Type.String(), 'Who does it; null where nobody has taken it.'),
  note: orNull(Type.String()),
  said: orNull(
    saidSchema,
    'What the model said when the patient came onto the list; null where a person put them there.',
  ),
  created_at: time,
  created_by: Type.String(),
  changed_at: time,
  changed_by: Type.String(),
};

export const itemSchema = Type.Object(properties);

export const wholeItemSchema = Type.Object({
  ...properties,
  steps: Type.Array(
    Type.Object({
      at: time,
      by: Type.String(),
      state: stateSchema,
      assigned_to: orNull(Type.String()),
      note: orNull(Type.String()),
    }),
    { description: 'What was done with it, the newest last; the newest 50.' },
  ),
});

const at = { created_at: '2026-03-01T08:15:30.123Z', created_by: 'ann' };

export const itemExample = {
  ...{ id: '3f1b0c77a9d24e5680f1c2d3', version: 1, patient_id: 'P1001', reason: 'readmission' as const },
  patient: { name: 'Ann Example', birth_date: '1958-03-14', age: 67, gender: 'Female', death_date: null },
  ...{ state: 'open' as const, due: '2026-03-03', overdue: false, assigned_to: null, note: null },
  said: {
    ...{ prediction: 'HIGH_RISK', probability: 0.27 },
    recommendation: 'Contact within 2 business days after the discharge, and a follow-up visit within 7 days.',
    recommendation_source: 'CMS, Transitional Care Management Services',
    model: { name: 'readmission', version: '000001-0f3a6c1be2d4' },
    ...{ case: { id: 'V1001', index_date: '2026-02-27' }, run: '000002-1f0c9a7b' },
  },
  ...{ ...at, changed_at: at.created_at, changed_by: at.created_by },
};

export const wholeItemExample = {
  ...itemExample,
  steps: [{ at: at.created_at, by: at.created_by, state: 'open' as const, assigned_to: null, note: null }],
};
