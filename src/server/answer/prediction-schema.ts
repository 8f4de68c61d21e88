// The shapes of predictions, as all routes that give them show them.
import { type TProperties, Type } from 'typebox';
import { asOfExample } from './as-of.js';

const every = {
  recommendation: Type.String(),
  recommendation_source: Type.String({ description: 'The publication that the recommendation follows.' }),
  model: Type.Object({ name: Type.String(), version: Type.String() }),
  case: Type.Union(
    [
      Type.Object({
        id: Type.String(),
        index_date: Type.Union([Type.String({ format: 'date' }), Type.Null()], {
          description: 'The day as of which it is predicted; null where the source has no dates.',
        }),
      }),
      Type.Null(),
    ],
    {
      description:
        'The stay, visit or day of a known patient that it is about: what happens then is compared with it. Null where fields were given.',
    },
  ),
  explanation: Type.Array(
    Type.Object({
      feature: Type.String(),
      value: Type.Union([Type.Number(), Type.String(), Type.Null()]),
      contribution: Type.Number(),
    }),
    {
      description:
        'What each feature adds, in log-odds. With the entries `base` and `calibration` they sum to the log-odds of the probability; of several classes, to the margin of the one that is predicted.',
    },
  ),
  warnings: Type.Array(Type.Object({ field: Type.String(), message: Type.String() })),
};

const example = {
  model: { name: 'readmission', version: '000001-0f3a6c1be2d4' },
  case: null,
  explanation: [
    { feature: 'earlier_stays', value: 3, contribution: 0.61 },
    { feature: 'base', value: null, contribution: -2.1 },
    { feature: 'calibration', value: null, contribution: 0.02 },
  ],
  warnings: [{ field: 'shoe_size', message: 'No such field is known.' }],
};

export const readmissionProperties = {
  prediction: Type.Enum(['HIGH_RISK', 'MEDIUM_RISK', 'LOW_RISK'], {
    description: 'High: the tenth of the training population with the highest probabilities; medium: the next fifth.',
  }),
  probability: Type.Number({ minimum: 0, maximum: 1 }),
  baseline: Type.Union([Type.Object({ name: Type.String(), score: Type.Number() }), Type.Null()], {
    description: 'A published score of the same patient; null where its items are not known.',
  }),
  ...every,
} satisfies TProperties;

export const riskProperties = {
  risk_score: Type.Number({ minimum: 0, maximum: 100, description: '100 × the probability of an acute visit.' }),
  category: Type.Enum(['Low Risk', 'Moderate Risk', 'High Risk']),
  percentile: Type.Number({ minimum: 0, maximum: 100 }),
  ...every,
} satisfies TProperties;

const share = Type.Number({ minimum: 0, maximum: 1 });

export const progressionProperties = {
  prediction: Type.Enum(['IMPROVING', 'STABLE', 'WORSENING']),
  progression: Type.Enum(['Improving', 'Stable', 'Worsening']),
  confidence: Type.Number({ minimum: 0, maximum: 1, description: 'The probability of what is predicted.' }),
  probabilities: Type.Object({ improving: share, stable: share, worsening: share }),
  ...every,
} satisfies TProperties;

export const predictionExamples = {
  readmission: { prediction: 'HIGH_RISK', probability: 0.27, baseline: { name: 'LACE', score: 11 } },
  risk: { risk_score: 41.5, category: 'High Risk', percentile: 93 },
  progression: {
    prediction: 'STABLE',
    progression: 'Stable',
    confidence: 0.71,
    probabilities: { improving: 0.12, stable: 0.71, worsening: 0.17 },
  },
};

export const exampleOf = (model: keyof typeof predictionExamples) => ({
  success: true,
  as_of: asOfExample,
  ...predictionExamples[model],
  recommendation: 'Contact within 2 business days after the discharge, and a follow-up visit within 7 days.',
  recommendation_source: 'CMS, Transitional Care Management Services',
  ...example,
});
