// POST /api/models/:name/train: learns a model from the published run, beside everything else.
import { Type } from 'typebox';
import { modelNames } from '../../../../../models/plans.js';
import { trainingSettings, usualTraining } from '../../../../../models/train/settings.js';
import { refusals } from '../../../../problem.js';
import type { Route } from '../../../../route.js';
import { jobExample, jobSchema } from '../../../../training/job.js';

const body = Type.Partial(trainingSettings, {
  additionalProperties: false,
  description: 'What is not given is as `carelake train` has it; {} is all of that.',
  examples: [{}, { source: 'uci-diabetes', algorithm: ['logistic'], trials: 1 }],
});

export const train: Route = async (app) => {
  const schema = {
    tags: ['predictions'],
    summary: 'Train a model; the job that is answered tells of its progress. One training runs at a time',
    params: Type.Object({ name: Type.Enum([...modelNames]) }),
    body,
    response: {
      202: Type.Object(
        { success: Type.Literal(true), job: jobSchema },
        { examples: [{ success: true, job: jobExample }] },
      ),
      ...refusals('TRAINING_RUNNING'),
    },
  };
  app.post(
    '',
    { schema, config: { permission: 'models:write', audit: 'write' } },
    async ({ params, body: settings }, reply) => {
      const job = await app.jobs.start(params.name, { ...usualTraining, ...settings });
      reply.code(202).header('location', `/api/jobs/${job.id}`);
      return { success: true, job };
    },
  );
};
