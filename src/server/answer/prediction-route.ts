// A route that asks one model about one patient.
import { type TProperties, Type } from 'typebox';
import type { ModelName } from '../../models/plan.js';
import { refusals } from '../problem.js';
import type { Route } from '../route.js';
import { answerOf, runOf } from './answer.js';
import { asOfRun, asOfSchema } from './as-of.js';
import { askedPatient } from './asked-patient.js';
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
    const answer = Type.Object(
      { success: Type.Literal(true), as_of: asOfSchema, ...properties },
      { examples: [exampleOf(model)] },
    );
    const schema = {
      tags: ['predictions'],
      summary,
      body: fieldsBody,
      response: {
        200: answer,
        ...refusals('FEATURE_EMPTY', 'FEATURE_INVALID', 'ROW_NOT_FOUND', 'MODEL_NO_CASE', 'MODEL_NOT_SERVED'),
      },
    };
    app.post('', { schema, config: { reads: 'run', permission: 'predictions:ask', audit: 'ask' } }, async (request) => {
      const patient = askedPatient(request.body);
      request.audited = { table: 'patients', ids: patient === undefined ? [] : [patient] };
      const { predictor } = app;
      const served = await predictor.served(model);
      const [result] =
        patient === undefined
          ? predictor.ofFields(served, [request.body])
          : predictor.ofKnown(
              served,
              await predictor.known(served, [patient], publishedRows(answerOf(request), runOf(request))),
            );
      if (!result || 'failure' in result) throw result?.failure ?? new Error('A question has an answer.');
      await keepPredictions(app.parts, [{ ...result, patient: patient ?? null }]);
      app.measures.asked(model, 1);
      return { success: true, as_of: asOfRun(request), ...result.answer };
    });
  };
}
