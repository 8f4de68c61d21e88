// GET /api/auth/session: who one is to this server, and what one may do.
import { sessionAnswer, sessionSchema } from '../../../auth/session-answer.js';
import { problems } from '../../../problem.js';
import type { Route } from '../../../route.js';

export const session: Route = async (app) => {
  const schema = {
    tags: ['sign-in'],
    summary: 'Who is signed in, what they may do, and what their writes must bear',
    response: { 200: sessionSchema, ...problems },
  };
  app.get('', { schema, config: { permission: 'open', identifies: true, audit: 'none' } }, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    return sessionAnswer(request);
  });
};
