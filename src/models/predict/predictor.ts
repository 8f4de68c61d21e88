// From a question to answers: by fields in the words of whoever asks, or by patients of the published run.
import type { Engine } from '../../engine/engine.js';
import { CarelakeError } from '../../errors.js';
import type { Lake } from '../../lake/lake.js';
import type { ModelTable } from '../features/facts.js';
import { RequestReader, type Warning } from '../features/request.js';
import { casesOfPatients, encodeValues, type KnownCase, noCase } from '../features/serve.js';
import type { ModelName } from '../plan.js';
import { planOf } from '../plans.js';
import type { Given } from './answer.js';
import { progressionAnswers, readmissionAnswers, riskAnswers } from './answers.js';
import { type ServedModel, servedModels } from './served.js';

/** How each model answers. */
const answersOf = {
  readmission: readmissionAnswers,
  risk: riskAnswers,
  progression: progressionAnswers,
} satisfies Record<ModelName, (served: ServedModel, given: Given) => unknown[]>;

export type AnswersOf<Name extends ModelName> = ReturnType<(typeof answersOf)[Name]>;

/** A row's answer, with what the model was given; or why there is none. */
export type Result<Name extends ModelName> =
  | { readonly answer: AnswersOf<Name>[number]; readonly inputs: Given['values'][number] }
  | { readonly failure: CarelakeError };

export interface PublishedRows {
  readonly engine: Engine;
  readonly asOf: string;
  readonly paths: Readonly<Record<ModelTable, readonly string[]>>;
}

export interface Predictor {
  /** The version that answers now, or the one that is named. @throws MODEL_NOT_SERVED, MODEL_UNKNOWN */
  served<Name extends ModelName>(name: Name, version?: string): Promise<ServedModel<Name>>;
  /** One result for each body, in their order. */
  ofFields<Name extends ModelName>(served: ServedModel<Name>, bodies: readonly unknown[]): Result<Name>[];
  /** What the run knows of each of these patients, in their order. @throws MODEL_FEATURES_CHANGED */
  known(served: ServedModel, patients: readonly string[], published: PublishedRows): Promise<Known[]>;
  /** One result for each of them, in their order. */
  ofKnown<Name extends ModelName>(served: ServedModel<Name>, cases: readonly Known[]): Result<Name>[];
}

export type Known = KnownCase | { readonly failure: CarelakeError };

export function openPredictor(lake: Lake): Predictor {
  const models = servedModels(lake);
  const readers = new WeakMap<ServedModel, RequestReader>();

  function readerOf(served: ServedModel): RequestReader {
    const reader = readers.get(served) ?? new RequestReader(served.serving.schema);
    readers.set(served, reader);
    return reader;
  }

  return {
    served: models.get,
    ofFields: (served, bodies) =>
      answered(
        served,
        bodies.map((body) => whole(() => readerOf(served).read(body))),
      ),
    async known({ name, serving: { schema, facts } }, patients, { engine, asOf, paths }) {
      // As the source was in training: which columns hold anything decides what a feature is read from.
      const found = await casesOfPatients(schema, planOf(name, { ...facts, asOf }), engine, paths, patients);
      return patients.map((patient) => found.get(patient) ?? { failure: noCase(schema) });
    },
    ofKnown: (served, cases) =>
      answered(
        served,
        cases.map((one) => {
          if ('failure' in one) return one;
          const { values, id, indexDate } = one;
          const message = `As of ${indexDate ?? 'the latest stay'}: ${id}.`;
          return { values, warnings: [{ field: 'patient_id', message }], case: { id, index_date: indexDate } };
        }),
      ),
  };
}

/** Values of a row, what to say of them, and what of a known patient they are. */
interface Row {
  readonly values: Readonly<Record<string, unknown>>;
  readonly warnings: readonly Warning[];
  readonly case?: NonNullable<Given['cases']>[number];
}

type Failed = { readonly failure: CarelakeError };

function whole(read: () => Row): Row | Failed {
  try {
    return read();
  } catch (failure) {
    if (failure instanceof CarelakeError) return { failure };
    throw failure;
  }
}

/** The answers to those that can be answered, all at once, each in the place of its row. */
function answered<Name extends ModelName>(served: ServedModel<Name>, rows: readonly (Row | Failed)[]): Result<Name>[] {
  const asked = rows.flatMap((one) => ('failure' in one ? [] : [one]));
  const encoded = encodeValues(
    served.serving.schema,
    asked.map(({ values }) => values),
  );
  const warnings = asked.map((one, row) => [...one.warnings, ...(encoded.warnings[row] ?? [])]);
  const cases = asked.map((one) => one.case ?? null);
  const answers = answersOf[served.name](served, { ...encoded, warnings, cases }) as AnswersOf<Name>;
  let at = 0;
  return rows.map((one) => {
    if ('failure' in one) return one;
    const own = at++;
    return { answer: answers[own] as AnswersOf<Name>[number], inputs: encoded.values[own] ?? {} };
  });
}
