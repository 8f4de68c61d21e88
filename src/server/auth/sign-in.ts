// Signs somebody in, whichever way they have proved who they are: a new session, whatever the browser had before.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CarelakeError } from '../../errors.js';
import { deviceLasts } from '../../records/directory/device.js';
import { isPassword } from '../../records/directory/password.js';
import { nameOf, type User } from '../../records/directory/user.js';
import { openTurns } from '../answer/turns.js';
import { clearCookie, cookieIn, setCookie } from './cookies.js';
import { note } from './noted.js';
import { sessionAnswer } from './session-answer.js';
import type { Attempt } from './throttle.js';

/** Each takes 19 MiB and a core for some hundredths of a second. */
const turns = openTurns(2, 50);

/**
 * The user whose password it is. Who is there, and who is disabled, is not told: all are refused alike, and after the same
 * work. @throws SIGN_IN_FAILED, SIGN_IN_TOO_OFTEN, SERVER_BUSY
 */
export async function userBy(
  request: FastifyRequest,
  reply: FastifyReply,
  name: string,
  password: string,
): Promise<User> {
  const { users } = await request.server.directory();
  const user = await users.get(name);
  const kept = user && (user.disabled ? null : user.password);
  const fits = await checkPassword(request, reply, { name, password, kept });
  if (user && fits) return user;
  // A name that nobody has is not written down: people type passwords there.
  await note(request, {
    action: 'sign-in',
    outcome: 'refused',
    ...(user && { by: user.name }),
    detail: user?.disabled ? 'disabled' : 'by password',
  });
  throw new CarelakeError('SIGN_IN_FAILED', 'There is nobody who signs in with this name and this password.');
}

interface Check {
  readonly name: string;
  readonly password: string;
  /** The hash; null of somebody who has none, or may not use it; undefined where there is no such user. */
  readonly kept: string | null | undefined;
}

/** @throws SIGN_IN_TOO_OFTEN, SERVER_BUSY */
export async function checkPassword(
  request: FastifyRequest,
  reply: FastifyReply,
  { name, password, kept }: Check,
): Promise<boolean> {
  const { throttle } = request.server;
  const attempt = await attemptOf(request, nameOf(name));
  const wait = throttle.begin(attempt);
  if (wait > 0) {
    const seconds = Math.ceil(wait / 1000);
    reply.header('retry-after', String(seconds));
    const known = kept === undefined ? undefined : nameOf(name);
    const times = throttle.refused({ user: known ?? '', address: request.ip });
    // A name that nobody has is not written down here, either.
    if (times > 0) {
      const detail = `too often: ${times} since the last such line`;
      await note(request, { action: 'sign-in', outcome: 'refused', ...(known !== undefined && { by: known }), detail });
    }
    throw new CarelakeError('SIGN_IN_TOO_OFTEN', `The next attempt from here is looked at in ${seconds} s.`);
  }
  const done = await turns.take(AbortSignal.timeout(10_000));
  try {
    const fits = await isPassword(kept, password);
    if (fits) throttle.passed(attempt);
    return fits;
  } finally {
    done();
  }
}

async function attemptOf(request: FastifyRequest, user: string): Promise<Attempt> {
  const { devices } = await request.server.directory();
  const device = cookieIn(request, 'device');
  const known = device !== undefined && (await devices.isOf(user, device));
  return { user, address: request.ip, device: known ? device : undefined };
}

/**
 * Opens a session for a user, ends the one that the browser had, and answers what is said of it.
 * @param how For the audit log: `by password`.
 */
export async function signIn(request: FastifyRequest, reply: FastifyReply, user: User, how: string) {
  // What is not written down is not done.
  await note(request, { action: 'sign-in', by: user.name, detail: how });
  const { sessions, devices, users } = await request.server.directory();
  await endCurrent(request);
  const { token, session } = await sessions.open(user, {
    from: request.ip,
    agent: request.headers['user-agent'] ?? '',
  });
  setCookie(request, reply, 'session', token);
  const device = cookieIn(request, 'device');
  if (device === undefined || !(await devices.isOf(user.name, device))) {
    setCookie(request, reply, 'device', await devices.add(user.name, device), deviceLasts);
  }
  await users.change(user.name, () => ({ signed_in_at: session.started_at }));
  request.signedIn = { session, user };
  request.actor = { name: user.name, kind: 'user', id: user.name, roles: user.roles };
  return sessionAnswer(request);
}

export async function signOut(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  await endCurrent(request);
  clearCookie(request, reply, 'session');
}

/** Also of a browser in which somebody else was signed in before. */
async function endCurrent(request: FastifyRequest): Promise<void> {
  const token = cookieIn(request, 'session');
  if (token === undefined) return;
  const { sessions } = await request.server.directory();
  const found = request.signedIn ?? (await sessions.find(token, false));
  if (found) await sessions.end(found.user.name, found.session.id);
}
