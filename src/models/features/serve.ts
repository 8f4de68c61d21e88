// One encoder for serving: a request, or a patient of the published run, as the row that a model reads.
import { type Engine, rowsOf } from '../../engine/engine.js';
import { CarelakeError } from '../../errors.js';
import type { ModelPlan } from '../plan.js';
import { modelSql } from './compile.js';
import { type Column, Encoder } from './encode.js';
import type { ModelTable } from './facts.js';
import type { RequestReader, Warning } from './request.js';
import { patientParameters } from './rows.js';
import { catalogFeature, catalogHashOf, type FeatureSchema } from './schema.js';

/** Rows for a model, with what each says in words. */
export interface Encoded {
  readonly columns: readonly Column[];
  /** For each row, by feature, in the order of the schema; null is missing. */
  readonly values: readonly Readonly<Record<string, number | string | null>>[];
}

export function encodeValues(
  schema: FeatureSchema,
  rows: readonly Readonly<Record<string, unknown>>[],
): Encoded & { readonly warnings: readonly (readonly Warning[])[] } {
  const encoder = new Encoder(schema, rows.length);
  const warnings = rows.map((values, row) =>
    encoder.setRow(row, values).map((field) => ({
      field,
      message: 'The model does not know this value; it is taken as missing.',
      value: values[field],
    })),
  );
  return { columns: encoder.columns, values: rows.map((values) => shown(schema, values)), warnings };
}

/** @throws FEATURE_INVALID, FEATURE_EMPTY */
export function encodeRequest(schema: FeatureSchema, reader: RequestReader, body: unknown) {
  const { values, warnings } = reader.read(body);
  const encoded = encodeValues(schema, [values]);
  return { ...encoded, warnings };
}

/** A patient at the model's moment: values by feature, as `encodeValues` takes them, and which stay, visit or day it is. */
export interface KnownCase {
  readonly values: Readonly<Record<string, unknown>>;
  readonly id: string;
  /** YYYY-MM-DD; null where the source has no dates. */
  readonly indexDate: string | null;
}

/**
 * Patients as the published run knows them, at the model's moment: the latest stay, the day after the run's date, the latest
 * visit with a severity score. Of those who have none there is nothing.
 * @param plan The plan of the run's facts.
 * @throws MODEL_FEATURES_CHANGED where this version reads the features otherwise.
 */
export async function casesOfPatients(
  schema: FeatureSchema,
  plan: ModelPlan,
  engine: Engine,
  tables: Readonly<Record<ModelTable, readonly string[]>>,
  patients: readonly string[],
): Promise<Map<string, KnownCase>> {
  const own = servingPlan(schema, plan);
  const asked = [...new Set(patients)];
  const rows = await rowsOf<Record<string, unknown>>(engine, {
    name: `models/${schema.model}/patients`,
    sql: modelSql(own, 'predict', engine.dialect, asked.length),
    inputs: tables,
    parameters: patientParameters(asked),
  });
  return new Map(
    rows.map((values) => [
      String(values.patient_id),
      { values, id: String(values.case_id), indexDate: (values.index_date ?? null) as string | null },
    ]),
  );
}

/** Why there is nothing of a patient to predict from. */
export const noCase = ({ model, source }: FeatureSchema): CarelakeError =>
  new CarelakeError(
    'MODEL_NO_CASE',
    `The published run has nothing of this patient that the ${model} model of the source ${source} could look at.`,
  );

/** A plan with the features that the model was trained on, whatever the source shows by now. */
function servingPlan(schema: FeatureSchema, plan: ModelPlan): ModelPlan {
  const names = schema.features.map(({ name }) => name);
  if (schema.catalogHash !== catalogHashOf(names)) {
    throw new CarelakeError(
      'MODEL_FEATURES_CHANGED',
      `The ${schema.model} model was trained on features that this version defines otherwise.`,
    );
  }
  return { ...plan, features: names.flatMap((name) => catalogFeature(name) ?? []) };
}

function shown({ features }: FeatureSchema, values: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(
    features.map(({ name, dictionary }) => {
      const value = values[name] ?? null;
      const known = value === null || !dictionary || dictionary.includes(String(value));
      return [name, known ? (value as number | string | null) : null];
    }),
  );
}
