// GET /api/jobs/:id: how far a job is, and what came of it. DELETE ends one that runs.
import { Type } from 'typebox';
import { problems } from '../../../problem.js';
import type { Route } from '../../../route.js';
import { jobExample, jobSchema } from '../../../training/jobs.js';

const answer = Type.Object(
  { success: Type.Literal(true), job: jobSchema },
  { examples: [{ success: true, job: jobExample }] },
);

export const job: Route = async (app) => {
  const schema = {
    tags: ['predictions'],
    params: Type.Object({ id: Type.String() }),
    response: { 200: answer, ...problems },
  };
  app.get('', { schema: { ...schema, summary: 'How far a training is, and what came of it' } }, async ({ params }) => ({
    success: true,
    job: app.jobs.get(params.id),
  }));
  app.delete('', { schema: { ...schema, summary: 'Stop a training that runs' } }, async ({ params }) => ({
    success: true,
    job: await app.jobs.stop(params.id),
  }));
};
