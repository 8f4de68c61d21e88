// POST /api/ml/batch-predict: all three models about one patient, or about up to 10,000.
import { setImmediate as turnOfOthers } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { CarelakeError } from '../../../../errors.js';
import type { ModelName } from '../../../../models/plan.js';
import type { Predictor, Result } from '../../../../models/predict/predictor.js';
import { keepPredictions } from '../../../answer/kept-predictions.js';
import { progressionProperties, readmissionProperties, riskProperties } from '../../../answer/prediction-schema.js';
import { problems } from '../../../problem.js';
import type { Route } from '../../../route.js';

const most = 10_000;

/** Patients that are answered before whoever else asks has a turn. */
const atOnce = 25;

const failure = Type.Object({ code: Type.String(), message: Type.String() });
const allThree = {
  readmission: Type.Union([Type.Object(readmissionProperties), failure]),
  risk_score: Type.Union([Type.Object(riskProperties), failure]),
  disease_progression: Type.Union([Type.Object(progressionProperties), failure]),
};
const answerSchema = Type.Union([
  Type.Object({ success: Type.Literal(true), ...allThree }),
  Type.Object({ success: Type.Literal(true), results: Type.Array(Type.Object(allThree)) }),
]);

const bodySchema = Type.Object(
  {},
  {
    additionalProperties: true,
    description:
      'Fields of one patient, which may be parted into patient_data and visit_data; or `patients`, a list of such.',
    examples: [
      { patient_data: { age: 65, gender: 'Male' }, visit_data: { length_of_stay: 5, severity_score: 7 } },
      { patients: [{ age: 65 }, { age: 70 }] },
    ],
  },
);

export const batchPredict: Route = async (app) => {
  const schema = {
    tags: ['predictions'],
    summary: 'All three predictions at once; where one fails, why stands in its place',
    body: bodySchema,
    response: { 200: answerSchema, ...problems },
  };
  app.post('', { schema, bodyLimit: 32 * 2 ** 20 }, async (request) => {
    const { patients, ...others } = request.body as Record<string, unknown>;
    if (patients === undefined) {
      if (Object.keys(others).length === 0) throw new CarelakeError('FEATURE_EMPTY', 'Nothing is given.');
      const [answer] = await allOf(app, [request.body]);
      return { success: true, ...answer };
    }
    requireList(patients, Object.keys(others));
    return { success: true, results: await allOf(app, patients) };
  });
};

function requireList(patients: unknown, others: readonly string[]): asserts patients is unknown[] {
  const wrong = !Array.isArray(patients) || patients.length === 0 || patients.length > most;
  const faults = [
    ...(wrong ? [{ field: 'patients', message: `It must be a list of 1 to ${most.toLocaleString('en-US')}.` }] : []),
    ...others.map((field) => ({ field, message: 'Nothing stands beside patients.' })),
  ];
  if (faults.length === 0) return;
  throw new CarelakeError('REQUEST_INVALID', faults.map(({ field, message }) => `${field}: ${message}`).join('\n'), {
    faults,
  });
}

async function allOf(
  { parts, predictor }: FastifyInstance,
  bodies: readonly unknown[],
): Promise<Record<keyof typeof allThree, object>[]> {
  const [readmission, risk, progression] = [
    await resultsOf(predictor, 'readmission', bodies),
    await resultsOf(predictor, 'risk', bodies),
    await resultsOf(predictor, 'progression', bodies),
  ];
  for (const results of [readmission, risk, progression]) {
    const given = results.flatMap((one) => ('failure' in one ? [] : [{ ...one, patient: null }]));
    await keepPredictions(parts, given);
  }
  return bodies.map((_, row) => ({
    readmission: shown(readmission[row]),
    risk_score: shown(risk[row]),
    disease_progression: shown(progression[row]),
  }));
}

/** A model that is not served fails for each. */
async function resultsOf<Name extends ModelName>(
  predictor: Predictor,
  name: Name,
  bodies: readonly unknown[],
): Promise<Result<Name>[]> {
  try {
    const results: Result<Name>[] = [];
    for (let from = 0; from < bodies.length; from += atOnce) {
      results.push(...(await predictor.ofFields(name, bodies.slice(from, from + atOnce))));
      await turnOfOthers();
    }
    return results;
  } catch (failure) {
    if (failure instanceof CarelakeError) return bodies.map(() => ({ failure }));
    throw failure;
  }
}

function shown(result: Result<ModelName> | undefined): object {
  if (!result) throw new Error('Every question has a result.');
  return 'failure' in result ? { code: result.failure.code, message: messageOf(result.failure) } : result.answer;
}

const messageOf = ({ message, faults }: CarelakeError): string =>
  [message, ...faults.map((fault) => `${fault.field}: ${fault.message}`)].join('\n');
