// GET /api/auth/sessions: where one is signed in. DELETE ends all of it, here too.
import { Type } from 'typebox';
import { CarelakeError } from '../../../../errors.js';
import { clearCookie } from '../../../auth/cookies.js';
import { note } from '../../../auth/noted.js';
import { refusals } from '../../../problem.js';
import type { Route } from '../../../route.js';

const time = Type.String({ format: 'date-time' });

const sessionsSchema = Type.Object(
  {
    success: Type.Literal(true),
    sessions: Type.Array(
      Type.Object({
        id: Type.String(),
        current: Type.Boolean({ description: 'Whether it is the one that asks.' }),
        started_at: time,
        seen_at: Type.String({ format: 'date-time', description: 'When somebody was last at it, to the minute.' }),
        expires_at: time,
        from: Type.String({ description: 'The address that it was opened from.' }),
        agent: Type.String({ description: 'The browser, as it calls itself.' }),
      }),
    ),
  },
  {
    examples: [
      {
        success: true,
        sessions: [
          {
            ...{ id: '5f1d7a84db3b6c8ed2a3b4c5d6e7f809', current: true, from: '10.0.0.7', agent: 'Mozilla/5.0' },
            ...{ started_at: '2026-03-01T08:15:30.123Z', seen_at: '2026-03-01T09:15:30.123Z' },
            expires_at: '2026-03-01T20:15:30.123Z',
          },
        ],
      },
    ],
  },
);

export const endedSchema = Type.Object({ success: Type.Literal(true) }, { examples: [{ success: true }] });

export const ownRefusals = refusals('SIGN_IN_REQUIRED', 'IN_PERSON_ONLY', 'SIGN_IN_OFF');

export const ownSessions: Route = async (app) => {
  const listing = {
    tags: ['sign-in'],
    summary: 'Where one is signed in, the newest first',
    response: { 200: sessionsSchema, ...ownRefusals },
  };
  const ending = {
    tags: ['sign-in'],
    summary: 'End all of one’s sessions, this one too',
    response: { 200: endedSchema, ...ownRefusals },
  };
  const permission = 'account:own';
  app.get('', { schema: listing, config: { permission, audit: 'none', rows: 'sessions' } }, async ({ signedIn }) => {
    const { sessions } = await app.directory();
    const { user, session: own } = signedIn ?? notSignedIn();
    const open = (await sessions.list(user)).map(({ id, started_at, seen_at, expires_at, from, agent }) => ({
      ...{ id, current: id === own.id, started_at, seen_at, expires_at, from, agent },
    }));
    return { success: true, sessions: open };
  });
  app.delete('', { schema: ending, config: { permission, audit: 'sign-in' } }, async (request, reply) => {
    const { users } = await app.directory();
    await note(request, { action: 'sign-out', detail: 'all sessions' });
    await users.change(request.actor.name, ({ epoch }) => ({ epoch: epoch + 1 }));
    clearCookie(request, reply, 'session');
    return { success: true };
  });
};

/** Only people have sessions, and the hook before has seen to it that one asks. */
export function notSignedIn(): never {
  throw new CarelakeError('SIGN_IN_REQUIRED', 'Only who is signed in is answered here.');
}
