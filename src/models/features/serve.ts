// One encoder for serving: a request, or a patient of the published run, as the row that a model reads.
import { type Engine, rowsOf } from '../../engine/engine.js';
import { CarelakeError } from '../../errors.js';
import type { ModelPlan } from '../plan.js';
import { modelSql } from './compile.js';
import { type Column, Encoder } from './encode.js';
import type { ModelTable } from './facts.js';
import type { RequestReader, Warning } from './request.js';
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

/**
 * A patient as the published run knows them, at the model's moment: the latest stay, the day after the run's date, the
 * latest visit with a severity score.
 * @param plan The plan of the run's facts.
 * @throws MODEL_NO_CASE where the patient has none, MODEL_FEATURES_CHANGED where this version reads the features otherwise.
 */
export async function encodePatient(
  schema: FeatureSchema,
  plan: ModelPlan,
  engine: Engine,
  tables: Readonly<Record<ModelTable, readonly string[]>>,
  patient: string,
) {
  const own = servingPlan(schema, plan);
  const [row] = await rowsOf<Record<string, unknown>>(engine, {
    name: `models/${schema.model}/patient`,
    sql: modelSql(own, 'predict', engine.dialect, true),
    inputs: tables,
    parameters: { patient_id: patient },
  });
  if (!row) {
    throw new CarelakeError(
      'MODEL_NO_CASE',
      `The published run has nothing of this patient that the ${schema.model} model of the source ${schema.source} could look at.`,
    );
  }
  const { warnings, ...encoded } = encodeValues(schema, [row]);
  return {
    ...encoded,
    warnings: warnings[0] ?? [],
    caseId: String(row.case_id),
    indexDate: (row.index_date ?? null) as string | null,
  };
}

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
