// GET /api/jobs/:id: how far a job is, and what came of it. DELETE ends one that runs.
import { Type } from 'typebox';
import { refusals } from '../../../problem.js';
import type { Route } from '../../../route.js';
import { jobExample, jobSchema } from '../../../training/job.js';

const answer = Type.Object(
  { success: Type.Literal(true), job: jobSchema },
  { examples: [{ success: true, job: jobExample }] },
);

export const job: Route = async (app) => {
  const schema = {
    tags: ['predictions'],
    params: Type.Object({ id: Type.String() }),
    response: { 200: answer, ...refusals('JOB_NOT_FOUND') },
  };
  const reading = { ...schema, summary: 'How far a training is, and what came of it' };
  app.get('', { schema: reading, config: { permission: 'models:read', audit: 'none' } }, async ({ params }) => ({
    success: true,
    job: await app.jobs.get(params.id),
  }));
  const stopping = { ...schema, summary: 'Stop a training that runs' };
  app.delete('', { schema: stopping, config: { permission: 'models:write', audit: 'write' } }, async ({ params }) => ({
    success: true,
    job: await app.jobs.stop(params.id),
  }));
};
