// GET /api/jobs: what this server was asked to do beside answering.
import { Type } from 'typebox';
import { problems } from '../../problem.js';
import type { Route } from '../../route.js';
import { jobExample, jobSchema } from '../../training/jobs.js';

export const jobs: Route = async (app) => {
  const schema = {
    tags: ['predictions'],
    summary: 'The trainings since the server was started, the newest first',
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
    jobs: app.jobs.list(),
  }));
};
