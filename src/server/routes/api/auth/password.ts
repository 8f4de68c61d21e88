// POST /api/auth/password: another password for whoever is signed in.
import { Type } from 'typebox';
import { CarelakeError } from '../../../../errors.js';
import { hashOfNew, longestPassword } from '../../../../records/directory/password.js';
import { authorOf, handOver, note } from '../../../auth/noted.js';
import { sessionSchema } from '../../../auth/session-answer.js';
import { checkPassword, signIn } from '../../../auth/sign-in.js';
import { refusals } from '../../../problem.js';
import { shownOnce } from '../../../repeats/plugin.js';
import type { Route } from '../../../route.js';

const password = Type.String({ maxLength: 4 * longestPassword });
const body = Type.Object(
  { current: password, password },
  {
    additionalProperties: false,
    examples: [{ current: 'four words nobody expects', password: 'other words nobody expects' }],
  },
);

export const ownPassword: Route = async (app) => {
  const schema = {
    tags: ['sign-in'],
    summary: 'Choose another password: all sessions of the user end, and the answer sets the cookie of a new one',
    description:
      'Sent again under its `Idempotency-Key`, once it was done, it is refused by a code that says so. Of the passwords nothing is kept for that; a request that was refused is not kept at all.',
    body,
    response: {
      200: sessionSchema,
      ...refusals('PASSWORD_WRONG', 'PASSWORD_WEAK', 'SIGN_IN_TOO_OFTEN', 'SIGN_IN_REQUIRED', 'IN_PERSON_ONLY'),
    },
  };
  app.post(
    '',
    { schema, config: { permission: 'account:own', audit: 'rights', repeats: 'password' } },
    async (request, reply) => {
      const { users } = await app.directory();
      const { current, password: wanted } = request.body;
      const { name } = request.actor;
      const { password: kept = null } = (await users.get(name)) ?? {};
      // Known again by its key and by the password that it has made theirs, which is kept as its slow hash alone.
      if (await app.answeredBefore(request, reply, null)) {
        if (await checkPassword(request, reply, { name, password: wanted, kept })) throw shownOnce();
        throw new CarelakeError(
          'IDEMPOTENCY_REUSED',
          'The Idempotency-Key stands for another password, or one before it.',
        );
      }
      if (!(await checkPassword(request, reply, { name, password: current, kept }))) {
        await note(request, { action: 'password', outcome: 'refused', detail: 'the present one was wrong' });
        throw new CarelakeError('PASSWORD_WRONG', 'The field current is not the password of this user.', {
          faults: [{ field: 'current', message: 'It is not the password of this user.' }],
        });
      }
      const hash = await hashOfNew(wanted, [name]);
      const user = await users.setPassword(name, hash, authorOf(request), 'their own');
      await handOver(request);
      return signIn(request, reply, user, 'after another password');
    },
  );
};
