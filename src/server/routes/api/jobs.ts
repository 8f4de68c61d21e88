// GET /api/jobs: what servers of this workspace were asked to do beside answering.
import { Type } from 'typebox';
import { problems } from '../../problem.js';
import type { Route } from '../../route.js';
import { jobExample, jobSchema } from '../../training/job.js';

export const jobs: Route = async (app) => {
  const schema = {
    tags: ['predictions'],
    summary: 'The last hundred trainings, the newest first',
    response: {
      200: Type.Object(
        { success: Type.Literal(true), jobs: Type.Array(jobSchema) },
        { examples: [{ success: true, jobs: [jobExample] }] },
      ),
      ...problems,
    },
  };
  app.get('', { schema, config: { permission: 'models:read', audit: 'none', rows: 'jobs' } }, async () => ({
    success: true,
    jobs: await app.jobs.list(),
  }));
};
