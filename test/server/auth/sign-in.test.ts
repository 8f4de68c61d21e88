// Signing in and out over HTTP: what is given, what is refused, and what nobody learns.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashOfNew } from '../../../src/records/directory/password.js';
import { digestOf, repeatsCollection } from '../../../src/server/repeats/kept-answers.js';
import { emptyHouse, type House } from '../house.js';
import { author, cookieOf, deviceCookie, type Person, personBy, personOf, sessionCookie, userOf } from './people.js';

const password = 'four words nobody expects';
const other = 'quite another set of words';

let house: House;
beforeAll(async () => {
  house = await emptyHouse({ auth: 'on', network: { trustedProxies: ['10.9.9.9'], rateSignIn: null } });
  const { users } = await house.server.directory();
  const hash = await hashOfNew(password, []);
  await users.add({ name: 'root', roles: ['admin'], password: hash, created_by: 'test' }, author);
  await users.add({ name: 'ann', roles: ['clinician'], password: hash, created_by: 'test' }, author);
});
afterAll(() => house.close());

const post = (url: string, payload: object, headers: Record<string, string> = {}, remoteAddress = '127.0.0.1') =>
  house.server.inject({ method: 'POST', url, payload, headers, remoteAddress });

const signIn = (name: string, given = password, headers: Record<string, string> = {}, from = '127.0.0.1') =>
  post('/api/auth/sign-in', { name, password: given }, headers, from);

/** As a browser that has just signed in. */
async function signedIn(name: string, given = password): Promise<Person> {
  const answer = await signIn(name, given);
  expect(answer.statusCode).toBe(200);
  return personBy(house, await userOf(house, name, []), cookieOf(answer) ?? '', answer.json().csrf_token);
}

async function withPassword(name: string, roles: Parameters<typeof userOf>[2]): Promise<void> {
  const { users } = await house.server.directory();
  await users.add({ name, roles, password: await hashOfNew(password, []), created_by: 'test' }, author);
}

describe('signing in', () => {
  test('gives a session, says who one is and what one may do, and is kept out of reach of scripts', async () => {
    const answer = await signIn(' Ann ');
    expect(answer.json()).toMatchObject({
      ...{ success: true, auth: 'on', idle_seconds: 1800 },
      user: { name: 'ann', kind: 'user', roles: ['clinician'], permissions: expect.arrayContaining(['records:read']) },
      csrf_token: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
    });
    const given = answer.cookies.find(({ name }) => name === sessionCookie);
    expect(given).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/' });
    expect(given).not.toHaveProperty('domain');
    expect(given).not.toHaveProperty('secure');
    expect(answer.body).not.toContain(given?.value);
    const { headers } = await house.server.inject({
      url: '/api/auth/session',
      headers: { cookie: `${sessionCookie}=${given?.value}` },
    });
    expect(headers['cache-control']).toBe('no-store');
  });

  test('under TLS the cookie is of this host alone and never sent without it', async () => {
    const host = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'localhost' };
    const answer = await signIn('ann', password, host, '10.9.9.9');
    const given = answer.cookies.find(({ name }) => name === '__Host-carelake_session');
    expect(given).toMatchObject({ secure: true, httpOnly: true, sameSite: 'Strict', path: '/' });
    expect(answer.cookies.every(({ name, secure }) => name.startsWith('__Host-') && secure)).toBe(true);
    // One that was set without TLS, perhaps by somebody on the way, is none.
    const ask = (cookie: string) =>
      house.server.inject({ url: '/api/auth/sessions', remoteAddress: '10.9.9.9', headers: { ...host, cookie } });
    expect((await ask(`__Host-carelake_session=${given?.value}`)).statusCode).toBe(200);
    expect((await ask(`${sessionCookie}=${given?.value}`)).statusCode).toBe(401);
  });

  test('a wrong name, a wrong password and a user who is disabled are refused in the same words', async () => {
    await withPassword('gone', ['analyst']);
    const { users } = await house.server.directory();
    await users.changeRights('gone', { disabled: true }, author);
    const refused = await Promise.all([signIn('nobody-at-all'), signIn('ann', 'wrong words'), signIn('gone')]);
    for (const { statusCode, body, cookies } of refused) {
      expect([statusCode, body, cookies]).toEqual([401, refused[0]?.body, []]);
    }
    expect(refused[0]?.json()).toMatchObject({ code: 'SIGN_IN_FAILED' });
  });

  test('a session that somebody else put into the browser is not taken over, and the one before ends', async () => {
    const before = await signedIn('ann');
    const fixed = 'x'.repeat(43);
    const answer = await signIn('ann', password, { cookie: `${sessionCookie}=${fixed}` });
    expect(cookieOf(answer)).not.toBe(fixed);
    const again = await signIn('ann', password, { cookie: before.cookie });
    expect((await before.ask('/api/auth/sessions')).statusCode).toBe(401);
    expect(cookieOf(again)).not.toBe(cookieOf(answer));
  });

  test('a body of another form is refused before a password is looked at', async () => {
    for (const body of [
      {},
      { name: 'ann' },
      { name: 'ann', password, roles: ['admin'] },
      { name: { $ne: '' }, password },
    ]) {
      const answer = await post('/api/auth/sign-in', body);
      expect([answer.statusCode, answer.json().code]).toEqual([400, 'REQUEST_INVALID']);
      expect(answer.body).not.toContain(password);
    }
    const text = await house.server.inject({
      ...{ method: 'POST', url: '/api/auth/sign-in', headers: { 'content-type': 'text/plain' } },
      payload: JSON.stringify({ name: 'ann', password }),
    });
    expect(text.statusCode).toBeGreaterThanOrEqual(400);
    expect(text.cookies).toEqual([]);
  });

  test('a page of another site signs nobody in', async () => {
    for (const site of ['cross-site', 'same-site']) {
      const answer = await signIn('ann', password, { 'sec-fetch-site': site });
      expect([answer.statusCode, answer.json().code, answer.cookies]).toEqual([403, 'CSRF_REFUSED', []]);
    }
    expect((await signIn('ann', password, { 'sec-fetch-site': 'same-origin' })).statusCode).toBe(200);
  });

  test('whoever guesses is told to wait; the user elsewhere, and in a browser of theirs, is not', async () => {
    await withPassword('target', ['analyst']);
    const device = cookieOf(await signIn('target'), deviceCookie);
    const guesses = await Promise.all(
      Array.from({ length: 12 }, (_, n) => signIn('target', `guess ${n}`, {}, '10.0.0.66')),
    );
    const codes = guesses.map((guess) => guess.json().code);
    expect(codes.filter((code) => code === 'SIGN_IN_FAILED')).toHaveLength(6);
    const late = guesses.find(({ statusCode }) => statusCode === 429);
    expect(Number(late?.headers['retry-after'])).toBeGreaterThan(0);
    // Not even the right password is looked at there now.
    expect((await signIn('target', password, {}, '10.0.0.66')).json().code).toBe('SIGN_IN_TOO_OFTEN');
    expect((await signIn('target', password, {}, '10.0.0.67')).statusCode).toBe(200);
    expect((await signIn('target', password, { cookie: `${deviceCookie}=${device}` }, '10.0.0.66')).statusCode).toBe(
      200,
    );
    // A name that nobody has is counted alike.
    const unknown = await Promise.all(Array.from({ length: 7 }, () => signIn('no-such-user', 'x', {}, '10.0.0.68')));
    expect(unknown.at(-1)?.statusCode).toBe(429);
  });
});

test('guesses that are not even looked at are written down, in few lines', async () => {
  await withPassword('sought', ['analyst']);
  for (const name of ['sought', 'nobody-1', 'nobody-2']) {
    await Promise.all(Array.from({ length: 12 }, (_, n) => signIn(name, `guess ${n}`, {}, '10.0.0.99')));
  }
  const { lines } = await house.server.parts.audit();
  const found = (await lines.list({ where: { action: 'sign-in' }, limit: 1000 })).map(({ body }) => body);
  const late = found.filter(({ from, detail }) => from === '10.0.0.99' && detail?.startsWith('too often'));
  expect(late.map(({ by, outcome }) => [by, outcome]).sort()).toEqual([
    ['nobody', 'refused'],
    ['sought', 'refused'],
  ]);
});

test('a browser that several people share stays known of each of them', async () => {
  for (const name of ['ward-1', 'ward-2']) await withPassword(name, ['clinician']);
  const first = cookieOf(await signIn('ward-1'), deviceCookie) ?? '';
  const second = cookieOf(await signIn('ward-2', password, { cookie: `${deviceCookie}=${first}` }), deviceCookie) ?? '';
  expect(second).not.toBe(first);
  const { devices } = await house.server.directory();
  for (const name of ['ward-1', 'ward-2']) {
    expect([name, await devices.isOf(name, second), await devices.isOf(name, first)]).toEqual([name, true, false]);
  }
  // Known of both, it is given to neither of them again.
  expect(
    cookieOf(await signIn('ward-1', password, { cookie: `${deviceCookie}=${second}` }), deviceCookie),
  ).toBeUndefined();
});

describe('a session', () => {
  test('changes nothing by its cookie alone: the token of its own is needed, from a page of ours', async () => {
    const ann = await signedIn('ann');
    const bob = await personOf(house, 'bob', ['clinician']);
    const key = { name: 'x' };
    for (const headers of [
      { 'x-csrf-token': '' },
      { 'x-csrf-token': bob.csrf },
      { 'x-csrf-token': `${ann.csrf}x` },
      { 'x-csrf-token': ann.csrf, 'sec-fetch-site': 'cross-site' },
    ]) {
      const answer = await ann.ask('/api/keys', 'POST', key, { headers });
      expect([answer.statusCode, answer.json().code]).toEqual([403, 'CSRF_REFUSED']);
    }
    expect((await ann.ask('/api/keys')).json().count).toBe(0);
    expect((await ann.ask('/api/keys', 'POST', key)).statusCode).toBe(201);
    // Reading needs none, and a key none at all.
    expect((await ann.ask('/api/keys', 'GET', undefined, { headers: { 'x-csrf-token': '' } })).json().count).toBe(1);
  });

  test('signed out it is nobody’s, whoever has the cookie', async () => {
    const ann = await signedIn('ann');
    const answer = await ann.ask('/api/auth/sign-out', 'POST', {});
    expect(cookieOf(answer)).toBe('');
    expect((await ann.ask('/api/auth/sessions')).statusCode).toBe(401);
    expect((await ann.ask('/api/auth/session')).json()).toMatchObject({ auth: 'on', user: null, csrf_token: null });
  });

  test('another password needs the present one, ends every other session and gives this one another token', async () => {
    await withPassword('cara', ['analyst']);
    const [here, there] = [await signedIn('cara'), await signedIn('cara')];
    const change = (body: object) => here.ask('/api/auth/password', 'POST', body);
    expect((await change({ current: 'wrong words', password: other })).json().code).toBe('PASSWORD_WRONG');
    expect((await change({ current: password, password: 'password1234' })).json().code).toBe('PASSWORD_WEAK');
    expect((await there.ask('/api/auth/sessions')).statusCode).toBe(200);
    const changed = await change({ current: password, password: other });
    expect(changed.json().csrf_token).not.toBe(here.csrf);
    for (const { ask } of [here, there]) expect((await ask('/api/auth/sessions')).statusCode).toBe(401);
    const now = personBy(house, here.user, cookieOf(changed) ?? '', changed.json().csrf_token);
    expect((await now.ask('/api/auth/sessions')).json().sessions).toMatchObject([{ current: true }]);
    expect((await signIn('cara')).statusCode).toBe(401);
    expect((await signIn('cara', other)).statusCode).toBe(200);
  });

  test('another password is chosen once under a key, of which no hash that is quickly made is kept', async () => {
    await withPassword('nils', ['analyst']);
    const nils = await signedIn('nils');
    const headers = { 'idempotency-key': 'a key' };
    const change = (who: Person, body: object) => who.ask('/api/auth/password', 'POST', body, { headers });
    const codeOf = async (who: Person, body: object) => (await change(who, body)).json().code;
    // What was refused leaves the key as free as it was.
    expect(await codeOf(nils, { current: password, password: 'password1234' })).toBe('PASSWORD_WEAK');
    expect((await change(nils, { current: password, password: other })).statusCode).toBe(200);
    const { documents } = await house.server.parts.records();
    const kept = await documents.collection(repeatsCollection).list({ limit: 10 });
    expect(kept.map(({ body }) => [body.digest, body.answer?.body])).toEqual([
      [digestOf('POST', '/api/auth/password', null), ''],
    ]);

    // Their sessions have ended with it; whoever lost the answer signs in anew, and may ask again.
    expect(await codeOf(nils, { current: password, password: other })).toBe('SIGN_IN_REQUIRED');
    const answer = await signIn('nils', other);
    const again = personBy(house, nils.user, cookieOf(answer) ?? '', answer.json().csrf_token);
    expect(await codeOf(again, { current: password, password: other })).toBe('IDEMPOTENCY_ONCE');
    const third = 'words of a third password';
    expect(await codeOf(again, { current: other, password: third })).toBe('IDEMPOTENCY_REUSED');
    expect((await again.ask('/api/auth/sessions')).statusCode).toBe(200);
    expect((await signIn('nils', third)).statusCode).toBe(401);
    await documents.collection(repeatsCollection).remove(kept[0]?.key ?? '', kept[0]?.revision ?? 0);
  });

  test('of strangers nothing is kept: who signs in twice under one key has two sessions', async () => {
    await withPassword('olga', ['analyst']);
    const headers = { 'idempotency-key': 'another key' };
    const body = { name: 'olga', password };
    for (let time = 0; time < 2; time++)
      expect((await post('/api/auth/sign-in', body, headers)).headers).not.toHaveProperty('idempotency-replayed');
    const { documents } = await house.server.parts.records();
    expect(await documents.collection(repeatsCollection).count()).toBe(0);
    const olga = await signedIn('olga');
    expect((await olga.ask('/api/auth/sessions')).json().sessions).toHaveLength(3);
  });

  test('lists the user’s own, ends one, ends all; those of others are not there', async () => {
    const [one, two] = [await personOf(house, 'dora', ['analyst']), await personOf(house, 'dora', ['analyst'])];
    const stranger = await personOf(house, 'bob', ['clinician']);
    const list = async ({ ask }: Person) =>
      (await ask('/api/auth/sessions')).json().sessions as { id: string; current: boolean }[];
    const found = await list(one);
    expect(found.map(({ current }) => current).sort()).toEqual([false, true]);
    const [foreign] = await list(stranger);
    const missing = await one.ask(`/api/auth/sessions/${foreign?.id}`, 'DELETE');
    expect([missing.statusCode, missing.json().code]).toEqual([404, 'SESSION_NOT_FOUND']);
    expect(await list(stranger)).not.toEqual([]);
    const second = found.find(({ current }) => !current);
    expect((await one.ask(`/api/auth/sessions/${second?.id}`, 'DELETE')).statusCode).toBe(200);
    expect((await two.ask('/api/auth/sessions')).statusCode).toBe(401);
    expect((await one.ask('/api/auth/sessions', 'DELETE')).statusCode).toBe(200);
    expect((await one.ask('/api/auth/sessions')).statusCode).toBe(401);
  });

  test('whoever sends an API key is whose the key is, whatever cookie the browser adds', async () => {
    const ann = await signedIn('ann');
    const { keys } = await house.server.directory();
    const { secret } = await keys.add(
      await userOf(house, 'bob', ['clinician']),
      {
        name: 'x',
        roles: ['clinician'],
        days: 1,
      },
      author,
    );
    const ask = (authorization: string) =>
      ann.ask('/api/auth/session', 'GET', undefined, { headers: { authorization } });
    expect((await ask(`Bearer ${secret}`)).json()).toMatchObject({
      user: { name: 'bob', kind: 'key' },
      csrf_token: null,
    });
    expect((await ask('Bearer clk_0000000000000000_wrong')).json().user).toBeNull();
  });
});

describe('users and keys', () => {
  test('somebody is invited by a link, chooses a good password with it, and is in', async () => {
    const root = await signedIn('root');
    const added = await root.ask('/api/users', 'POST', { name: 'Emil', roles: ['data_entry'] });
    expect(added.json()).toMatchObject({ user: { name: 'emil', state: 'invited', created_by: 'root' } });
    const [, token = ''] = /^\/welcome#([A-Za-z0-9_-]{43})$/.exec(added.json().link.path) ?? [];
    expect((await post('/api/auth/link/owner', { token })).json()).toMatchObject({ user: 'emil' });
    expect((await post('/api/auth/link', { token, password: 'emil emil emil' })).json().code).toBe('PASSWORD_WEAK');
    const redeemed = await post('/api/auth/link', { token, password: other });
    expect(redeemed.json()).toMatchObject({ user: { name: 'emil', roles: ['data_entry'] } });
    for (const body of [
      { token, password: other },
      { token: 'x'.repeat(43), password: other },
    ]) {
      const again = await post('/api/auth/link', body);
      expect([again.statusCode, again.json().code, again.cookies]).toEqual([410, 'LINK_INVALID', []]);
    }
    expect((await signIn('emil', other)).statusCode).toBe(200);
  });

  test('nothing but what may be said of a user is taken or told', async () => {
    const root = await signedIn('root');
    for (const body of [
      { name: 'x', roles: ['admin'], password },
      { name: 'x', roles: ['superuser'] },
      { name: 'x', roles: [] },
      { name: 'x', roles: ['analyst'], disabled: false },
    ]) {
      expect((await root.ask('/api/users', 'POST', body)).statusCode).toBe(400);
    }
    for (const body of [{ epoch: 0 }, { password }, { name: 'other' }, {}]) {
      expect((await root.ask('/api/users/ann', 'PATCH', body)).statusCode).toBe(400);
    }
    const { body } = await root.ask('/api/users');
    expect(body).not.toMatch(/argon2|epoch|password/);
  });

  test('a disabled user is out at once, with every session and key; the last administrator stays', async () => {
    const root = await signedIn('root');
    await withPassword('finn', ['clinician']);
    const finn = await signedIn('finn');
    const { secret } = (await finn.ask('/api/keys', 'POST', { name: 'mine' })).json();
    const byKey = () => house.server.inject({ url: '/api/models', headers: { authorization: `Bearer ${secret}` } });
    expect((await byKey()).statusCode).toBe(200);
    expect((await root.ask('/api/users/finn', 'PATCH', { disabled: true })).json().user.state).toBe('disabled');
    expect((await finn.ask('/api/auth/sessions')).statusCode).toBe(401);
    expect((await byKey()).statusCode).toBe(401);
    expect((await root.ask('/api/users/finn/link', 'POST', {})).statusCode).toBe(404);
    const self = await root.ask('/api/users/root', 'PATCH', { disabled: true });
    expect([self.statusCode, self.json().code]).toEqual([409, 'LAST_ADMIN']);
    await root.ask('/api/users/finn', 'PATCH', { disabled: false });
    expect((await byKey()).statusCode).toBe(200);
    expect((await finn.ask('/api/auth/sessions')).statusCode).toBe(401);
  });

  test('a key is shown once, is one’s own, and an administrator may see and revoke any', async () => {
    const [gwen, hugo] = [await personOf(house, 'gwen', ['analyst']), await personOf(house, 'hugo', ['analyst'])];
    const made = await gwen.ask('/api/keys', 'POST', { name: 'report', roles: ['analyst'], days: 7 });
    const { key, secret } = made.json();
    expect((await gwen.ask('/api/keys')).body).not.toContain(secret.slice(-43));
    expect((await gwen.ask('/api/keys', 'POST', { name: 'x', roles: ['admin'] })).json().code).toBe('KEY_ROLES');
    expect((await hugo.ask('/api/keys?user=gwen')).statusCode).toBe(403);
    const foreign = await hugo.ask(`/api/keys/${key.id}`, 'DELETE');
    expect([foreign.statusCode, foreign.json().code]).toEqual([404, 'KEY_NOT_FOUND']);
    const root = await signedIn('root');
    expect((await root.ask('/api/keys?user=gwen')).json().keys).toMatchObject([{ id: key.id }]);
    expect((await root.ask(`/api/keys/${key.id}`, 'DELETE')).statusCode).toBe(200);
    const gone = await house.server.inject({ url: '/api/models', headers: { authorization: `Bearer ${secret}` } });
    expect(gone.statusCode).toBe(401);
  });
});

test('every sign-in, refusal and change of rights stands in the audit log, and no secret does', async () => {
  const audit = await house.server.parts.audit();
  const from = String((await audit.head()).sequence).padStart(15, '0');
  const root = await signedIn('root');
  const { link } = (await root.ask('/api/users', 'POST', { name: 'ivy', roles: ['analyst'] })).json();
  await post('/api/auth/link', { token: link.path.split('#')[1], password });
  await signIn('ivy', 'wrong words');
  await signIn('a-password-in-the-wrong-field', 'x');
  const ivy = await signedIn('ivy');
  const { key, secret } = (await ivy.ask('/api/keys', 'POST', { name: 'x' })).json();
  await ivy.ask(`/api/keys/${key.id}`, 'DELETE');
  await ivy.ask('/api/auth/password', 'POST', { current: 'wrong words', password: other });
  await ivy.ask('/api/auth/password', 'POST', { current: password, password: other });
  await root.ask('/api/users/ivy', 'PATCH', { disabled: true });
  await signIn('ivy', other);
  await root.ask('/api/auth/sign-out', 'POST', {});
  const all = (await audit.lines.list({ after: from, limit: 1000 })).map(({ body }) => body);
  // Users that this file began with have lines that waited.
  const lines = all.filter(({ by }) => by !== 'test');
  expect(lines.map(({ action, outcome, by, detail }) => `${action} ${outcome} ${by}: ${detail}`)).toEqual([
    'sign-in done root: by password',
    'user done root: ivy added: analyst',
    'password done ivy: by a link',
    'sign-in done ivy: by a link',
    'sign-in refused ivy: by password',
    'sign-in refused nobody: by password',
    'sign-in done ivy: by password',
    `key done ivy: ${key.id} made for ivy: analyst`,
    `key done ivy: ${key.id} of ivy revoked`,
    'password refused ivy: the present one was wrong',
    'password done ivy: their own',
    'sign-in done ivy: after another password',
    'user done root: ivy is disabled: analyst',
    'sign-in refused ivy: disabled',
    'sign-out done root: this session',
  ]);
  const text = JSON.stringify(lines);
  for (const told of [password, other, 'wrong-field', secret.slice(-43), link.path.slice(-43)])
    expect(text).not.toContain(told);
  expect(house.reported).toEqual([]);
});

test('where sign-in is off everybody is told so, and there is nothing to sign in to', async () => {
  const off = await emptyHouse();
  expect(await off.get('/api/auth/session')).toMatchObject({
    auth: 'off',
    user: { kind: 'process' },
    csrf_token: null,
  });
  for (const [method, url] of [
    ['POST', '/api/auth/sign-in'],
    ['POST', '/api/auth/link'],
    ['GET', '/api/auth/sessions'],
    ['GET', '/api/users'],
    ['POST', '/api/keys'],
  ] as const) {
    const payload = { name: 'ann', password, token: 'x' };
    const answer = await off.server.inject({ method, url, ...(method === 'POST' && { payload }) });
    expect([url, answer.statusCode === 400 ? 'SIGN_IN_OFF' : answer.json().code]).toEqual([url, 'SIGN_IN_OFF']);
  }
  await off.close();
});
