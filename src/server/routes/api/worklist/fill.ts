// POST /api/worklist/fill: a model puts onto the work list whom it judges most urgent of those who were seen lately.
import { Type } from 'typebox';
import { refusals } from '../../../problem.js';
import type { Route } from '../../../route.js';
import { mostCandidates } from '../../../worklist/candidates.js';
import { fillWorklist } from '../../../worklist/fill.js';

/** How long an answer may take. */
const seconds = 300;

const body = Type.Object(
  {
    model: Type.Enum(['readmission', 'risk', 'progression']),
    days: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 366,
        description: 'Patients who were seen in so many days before the last visit or discharge; else 14.',
      }),
    ),
    most: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1000, description: 'How many are added at most; else 50.' }),
    ),
  },
  { additionalProperties: false, examples: [{ model: 'readmission', days: 14, most: 50 }] },
);

const count = (description: string) => Type.Integer({ minimum: 0, description });

const filledSchema = Type.Object(
  {
    success: Type.Literal(true),
    looked_at: count('Patients who were seen in these days.'),
    urgent: count('Of these whom the model judges urgent: HIGH_RISK, High Risk, WORSENING.'),
    added: count('Who are on the list now and were not before, the most probable first.'),
    there: count('Who were on it already, or were seen to since.'),
  },
  { examples: [{ success: true, looked_at: 240, urgent: 24, added: 20, there: 4 }] },
);

export const worklistFilling: Route = async (app) => {
  const schema = {
    tags: ['worklist'],
    summary: 'Have a model put onto the work list whom it judges most urgent of those who were seen lately',
    description: `Of up to ${mostCandidates.toLocaleString('en-US')} patients who are alive. Whoever was seen to comes back only when something new has happened to them.`,
    body,
    response: { 200: filledSchema, ...refusals('MODEL_NOT_SERVED', 'NOT_PUBLISHED') },
  };
  const config = { reads: 'run', seconds, permission: 'worklist:use', audit: 'ask' } as const;
  app.post('', { schema, config }, async (request) => {
    const { model, days = 14, most = 50 } = request.body;
    return { success: true, ...(await fillWorklist(request, model, { days, most })) };
  });
};
