// POST /api/ml/batch-predict: all three models about one patient, or about up to 10,000.
import { Readable } from 'node:stream';
import { Type } from 'typebox';
import { CarelakeError } from '../../../../errors.js';
import { answerOf, runOf } from '../../../answer/answer.js';
import { asOfRun, asOfSchema } from '../../../answer/as-of.js';
import {
  exampleOf,
  progressionProperties,
  readmissionProperties,
  riskProperties,
} from '../../../answer/prediction-schema.js';
import { publishedRows } from '../../../answer/published-rows.js';
import { answersTo } from '../../../batch/asking.js';
import { openBatch } from '../../../batch/batch.js';
import { refusals } from '../../../problem.js';
import { mostKept } from '../../../repeats/plugin.js';
import type { Route } from '../../../route.js';

const most = 10_000;

/** So few patients are answered in this thread: another would take longer to be told. */
const few = 5;

/** How long an answer may take. */
const seconds = 300;

const failure = Type.Object({ code: Type.String(), message: Type.String() });
const allThree = {
  readmission: Type.Union([Type.Object(readmissionProperties), failure]),
  risk_score: Type.Union([Type.Object(riskProperties), failure]),
  disease_progression: Type.Union([Type.Object(progressionProperties), failure]),
};
const { success: _, as_of, ...readmission } = exampleOf('readmission');
const example = {
  readmission,
  risk_score: { code: 'MODEL_NOT_SERVED', message: 'No version of risk is served.' },
  disease_progression: { code: 'MODEL_NOT_SERVED', message: 'No version of progression is served.' },
};
const answerSchema = Type.Union(
  [
    Type.Object({ success: Type.Literal(true), as_of: asOfSchema, ...allThree }),
    Type.Object({ success: Type.Literal(true), as_of: asOfSchema, results: Type.Array(Type.Object(allThree)) }),
  ],
  {
    examples: [
      { success: true, as_of, ...example },
      { success: true, as_of, results: [example] },
    ],
  },
);

const bodySchema = Type.Object(
  {},
  {
    additionalProperties: true,
    description:
      'Fields of one patient, which may be parted into patient_data and visit_data, or `patient_id` alone; or `patients`, a list of such.',
    examples: [
      { patient_data: { age: 65, gender: 'Male' }, visit_data: { length_of_stay: 5, severity_score: 7 } },
      { patients: [{ age: 65 }, { patient_id: 'P1' }] },
    ],
  },
);

export const batchPredict: Route = async (app) => {
  const schema = {
    tags: ['predictions'],
    summary: 'All three predictions at once; where one fails, why stands in its place',
    body: bodySchema,
    response: { 200: answerSchema, ...refusals('FEATURE_EMPTY') },
  };
  const here = openBatch(app.predictor, app.parts.records);
  app.post(
    '',
    { schema, bodyLimit: 32 * 2 ** 20, config: { reads: 'run', seconds, permission: 'predictions:ask', audit: 'ask' } },
    async (request, reply) => {
      const { patients, ...others } = request.body as Record<string, unknown>;
      if (patients === undefined && Object.keys(others).length === 0) {
        throw new CarelakeError('FEATURE_EMPTY', 'Nothing is given.');
      }
      if (patients !== undefined) requireList(patients, Object.keys(others));
      const bodies = patients === undefined ? [request.body] : patients;
      request.audited = { table: 'patients', ids: bodies.flatMap(namedPatient) };
      const answer = answerOf(request);
      const texts = await answersTo(bodies, {
        predictor: app.predictor,
        batch: bodies.length > few ? app.parts.batch : here,
        published: publishedRows(answer, runOf(request)),
        signal: answer.signal(),
      });
      app.measures.asked('all', bodies.length);
      reply.type('application/json; charset=utf-8');
      const start = `{"success":true,"as_of":${JSON.stringify(asOfRun(request))},`;
      const pieces = patients === undefined ? oneOf(start, texts) : listOf(start, texts);
      // As a whole it is kept for who asks again under the same Idempotency-Key.
      const isShort = texts.reduce((bytes, { length }) => bytes + length, 0) < mostKept / 2;
      return reply.send(
        isShort ? Buffer.concat([...pieces].map((piece) => Buffer.from(piece))) : Readable.from(pieces),
      );
    },
  );
};

/** Of a question that is refused, too: it was asked. */
function namedPatient(body: unknown): string[] {
  const { patient_id: id } = (typeof body === 'object' && body !== null ? body : {}) as { patient_id?: unknown };
  return typeof id === 'string' ? [id] : [];
}

function* oneOf(start: string, [text]: readonly Uint8Array[]): Generator<Uint8Array | string> {
  yield start;
  // Without its own bracket.
  yield text?.subarray(1) ?? '}';
}

/** Handed out piece by piece: of 10,000 patients it is some 100 MB. */
function* listOf(start: string, texts: readonly Uint8Array[]): Generator<Uint8Array | string> {
  yield `${start}"results":[`;
  for (const [at, text] of texts.entries()) {
    if (at > 0) yield ',';
    yield text;
  }
  yield ']}';
}

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
