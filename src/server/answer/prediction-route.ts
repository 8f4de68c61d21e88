// A route that asks one model about one patient.
import { type TProperties, Type } from 'typebox';
import { CarelakeError } from '../../errors.js';
import type { ModelName } from '../../models/plan.js';
import { problems } from '../problem.js';
import type { Route } from '../route.js';
import { answerOf, runOf } from './answer.js';
import { keepPredictions } from './kept-predictions.js';
import { exampleOf } from './prediction-schema.js';
import { publishedRows } from './published-rows.js';

/** Fields in the words of whoever asks: see docs/features.md. Which there are, and how they are spelled, the model knows. */
const fieldsBody = Type.Object(
  {},
  {
    additionalProperties: true,
    description:
      'Fields of a patient, as many as are known (docs/features.md); or `patient_id` alone, for a patient of the published run.',
    examples: [{ age: 65, gender: 'Male', bmi: 28.5, length_of_stay: 5, severity_score: 7 }, { patient_id: 'P1' }],
  },
);

export function predictionRoute(model: ModelName, summary: string, properties: TProperties): Route {
  return async (app) => {
    const answer = Type.Object({ success: Type.Literal(true), ...properties }, { examples: [exampleOf(model)] });
    const schema = { tags: ['predictions'], summary, body: fieldsBody, response: { 200: answer, ...problems } };
    app.post('', { schema, config: { reads: 'run' } }, async (request) => {
      const patient = patientOf(request.body);
      const { predictor } = app;
      const result =
        patient === undefined
          ? (await predictor.ofFields(model, [request.body]))[0]
          : await predictor.ofPatient(model, patient, publishedRows(answerOf(request), runOf(request)));
      if (!result || 'failure' in result) throw result?.failure ?? new Error('A question has an answer.');
      await keepPredictions(app.parts, [{ ...result, patient: patient ?? null }]);
      return { success: true, ...result.answer };
    });
  };
}

/** @throws REQUEST_INVALID where more stands beside it. */
function patientOf(body: object): string | undefined {
  const { patient_id: patient, ...others } = body as Record<string, unknown>;
  if (patient === undefined) return undefined;
  const faults = [
    ...(typeof patient === 'string' ? [] : [{ field: 'patient_id', message: 'It must be a text.' }]),
    ...Object.keys(others).map((field) => ({ field, message: 'A patient of the published run is asked about alone.' })),
  ];
  if (faults.length === 0) return patient as string;
  throw new CarelakeError('REQUEST_INVALID', faults.map(({ field, message }) => `${field}: ${message}`).join('\n'), {
    faults,
  });
}
