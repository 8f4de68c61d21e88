// What a model says of itself: card.json. Whoever reads the card can judge the model, and make it again.
import { type Static, Type } from 'typebox';
import { calibrationTrial } from '../calibrate/choose.js';
import { calibrationMap, classCalibrationMap } from '../calibrate/map.js';
import { binaryEvaluation } from '../evaluate/binary.js';
import { capacity } from '../evaluate/capacity.js';
import { promotion } from '../evaluate/gate.js';
import { numberEvaluation } from '../evaluate/number.js';
import { classEvaluation } from '../evaluate/several-classes.js';

const dateOrNull = Type.Union([Type.String({ description: 'YYYY-MM-DD' }), Type.Null()]);
const setting = Type.Union([Type.Number(), Type.String(), Type.Boolean(), Type.Null()]);
const settings = Type.Record(Type.String(), setting);

/** Raised when a reader of older cards would misread a newer one. */
export const cardFormat = 1;

export const modelCard = Type.Object(
  {
    format: Type.Literal(cardFormat),
    model: Type.String(),
    version: Type.String(),
    title: Type.String({ description: 'What it predicts, in a line.' }),
    source: Type.String({ description: 'The one source whose rows it learned from.' }),
    trained_at: Type.String({ description: 'Date and time, ISO 8601.' }),
    intended_use: Type.String(),
    limits: Type.Array(Type.String()),
    label: Type.Object({
      name: Type.String(),
      definition: Type.String(),
      moment: Type.String({ description: 'When it predicts: nothing that came later was used.' }),
      horizon_days: Type.Union([Type.Integer(), Type.Null()]),
    }),
    population: Type.Object({
      definition: Type.String({ description: 'What one row is.' }),
      exclusions: Type.Array(Type.Object({ reason: Type.String(), rows: Type.Integer() })),
      period: Type.Object({ from: dateOrNull, to: dateOrNull }),
    }),
    provenance: Type.Object({
      run: Type.String({ description: 'The published run.' }),
      data_digest: Type.String(),
      feature_schema_hash: Type.String(),
      catalog_hash: Type.String(),
      code_version: Type.String(),
      seed: Type.Integer(),
    }),
    split: Type.Object({
      by: Type.Union([Type.Literal('patient'), Type.Literal('patient and time')]),
      folds: Type.Integer(),
      cutoff: dateOrNull,
    }),
    algorithm: Type.Object({
      name: Type.String(),
      parameters: settings,
      why: Type.String({ description: 'Why this one of those tried.' }),
      class_weights: Type.Union([Type.String(), Type.Null()], { description: 'Null where all rows weigh the same.' }),
    }),
    tried: Type.Array(
      Type.Object({
        algorithm: Type.String(),
        parameters: settings,
        loss: Type.Number({ description: 'Mean over the folds of the measure named; lower is better.' }),
        standard_error: Type.Number(),
        chosen: Type.Boolean(),
      }),
    ),
    searched: Type.Optional(
      Type.Array(
        Type.Object({
          algorithm: Type.String(),
          usual: Type.Record(Type.String(), Type.Number(), { description: 'What is tried first.' }),
          ranges: Type.Record(
            Type.String(),
            Type.Object({
              from: Type.Number(),
              to: Type.Number(),
              scale: Type.Union([Type.Literal('linear'), Type.Literal('log')]),
              whole: Type.Optional(Type.Literal(true)),
            }),
            { description: 'What every further candidate is drawn from.' },
          ),
        }),
        { description: 'Where candidates came from; cards of earlier versions do not say.' },
      ),
    ),
    loss: Type.String({ description: 'The measure by which candidates were compared.' }),
    calibration: Type.Union([
      Type.Object({ map: Type.Union([calibrationMap, classCalibrationMap]), tried: Type.Array(calibrationTrial) }),
      Type.Null(),
    ]),
    features: Type.Array(
      Type.Object({
        name: Type.String(),
        label: Type.String(),
        unit: Type.Union([Type.String(), Type.Null()]),
        definition: Type.String(),
        importance: Type.Union([Type.Number(), Type.Null()], {
          description: 'By how much the loss rises when the feature is shuffled; null where it was not used.',
        }),
      }),
    ),
    evaluation: Type.Union([binaryEvaluation, classEvaluation, numberEvaluation]),
    in_time: Type.Union([binaryEvaluation, classEvaluation, Type.Null()], {
      description:
        'The same on the rows from the cutoff on, by models that know only what was known before it; null without dates, or with too few rows.',
    }),
    baseline_notes: Type.Array(Type.String(), { description: 'Where a baseline is an approximation, and how.' }),
    capacity: Type.Union([capacity, Type.Null()]),
    promotion,
  },
  {
    description:
      'A model card: Mitchell et al. 2019, FAT* 220; reported after TRIPOD+AI, Collins et al. 2024, BMJ 385:e078378.',
  },
);
export type ModelCard = Static<typeof modelCard>;
