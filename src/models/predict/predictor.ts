// From a question to answers: by fields in the words of whoever asks, or by a patient of the published run.
import type { Engine } from '../../engine/engine.js';
import { CarelakeError } from '../../errors.js';
import type { Lake } from '../../lake/lake.js';
import type { ModelTable } from '../features/facts.js';
import { RequestReader } from '../features/request.js';
import { encodePatient, encodeValues } from '../features/serve.js';
import type { ModelName } from '../plan.js';
import { planOf } from '../plans.js';
import { type Given, progressionAnswers, readmissionAnswers, riskAnswers } from './answer.js';
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

export interface Predictor {
  /** The version that answers now. @throws MODEL_NOT_SERVED */
  served(name: ModelName): Promise<ServedModel>;
  /** One result for each body, in their order. @throws MODEL_NOT_SERVED */
  ofFields<Name extends ModelName>(name: Name, bodies: readonly unknown[]): Promise<Result<Name>[]>;
  /** @throws MODEL_NOT_SERVED, MODEL_NO_CASE */
  ofPatient<Name extends ModelName>(name: Name, patient: string, published: PublishedRows): Promise<Result<Name>>;
}

export interface PublishedRows {
  readonly engine: Engine;
  readonly asOf: string;
  readonly paths: Readonly<Record<ModelTable, readonly string[]>>;
}

export function openPredictor(lake: Lake): Predictor {
  const models = servedModels(lake);
  const readers = new WeakMap<ServedModel, RequestReader>();

  function readerOf(served: ServedModel): RequestReader {
    const reader = readers.get(served) ?? new RequestReader(served.serving.schema);
    readers.set(served, reader);
    return reader;
  }

  const answered = <Name extends ModelName>(name: Name, served: ServedModel, given: Given): AnswersOf<Name> =>
    answersOf[name](served, given) as AnswersOf<Name>;

  return {
    served: models.get,
    async ofFields(name, bodies) {
      const served = await models.get(name);
      const reader = readerOf(served);
      const read = bodies.map((body) => {
        try {
          return reader.read(body);
        } catch (failure) {
          if (failure instanceof CarelakeError) return { failure };
          throw failure;
        }
      });
      const whole = read.flatMap((one) => ('failure' in one ? [] : [one]));
      const encoded = encodeValues(
        served.serving.schema,
        whole.map(({ values }) => values),
      );
      const warnings = whole.map((one, row) => [...one.warnings, ...(encoded.warnings[row] ?? [])]);
      const answers = answered(name, served, { ...encoded, warnings });
      let at = 0;
      return read.map((one) => {
        if ('failure' in one) return one;
        const own = at++;
        return { answer: answers[own] as (typeof answers)[number], inputs: encoded.values[own] ?? {} };
      });
    },
    async ofPatient(name, patient, { engine, asOf, paths }) {
      const served = await models.get(name);
      const { schema, facts } = served.serving;
      // As the source was in training: which columns hold anything decides what a feature is read from.
      const plan = planOf(name, { ...facts, asOf });
      const {
        warnings: unread,
        caseId,
        indexDate,
        ...encoded
      } = await encodePatient(schema, plan, engine, paths, patient);
      const message = `As of ${indexDate ?? 'the latest stay'}: ${caseId}.`;
      const warnings = [{ field: 'patient_id', message }, ...unread];
      const cases = [{ id: caseId, index_date: indexDate }];
      const [answer] = answered(name, served, { ...encoded, warnings: [warnings], cases });
      return { answer: answer as AnswersOf<typeof name>[number], inputs: encoded.values[0] ?? {} };
    },
  };
}
