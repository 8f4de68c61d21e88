// Access tokens of programs: how one is got and refreshed, what it may do, what ends it, and which are refused.
import { createHmac, createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CarelakeError } from '../../../src/errors.js';
import type { Role } from '../../../src/records/directory/role.js';
import { keysKeptIn, signingKeysIn } from '../../../src/server/auth/signing-keys.js';
import { emptyHouse, type House } from '../house.js';
import { author, personOf, userOf } from './people.js';

const newKey = () =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const ownKey = newKey();
let house: House;
beforeAll(async () => {
  house = await emptyHouse({ auth: 'on', tokenKeys: () => ownKey });
});
afterAll(() => house.close());

let made = 0;
async function keyOf(roles: readonly Role[] = ['analyst'], given: readonly Role[] = roles) {
  made += 1;
  const user = await userOf(house, `program-${made}`, roles);
  const { keys } = await house.server.directory();
  return { user, ...(await keys.add(user, { name: 'test', roles: given, days: 1 }, author)) };
}

const post = async (url: string, payload: object, authorization?: string) => {
  const answer = await house.server.inject({
    method: 'POST',
    url,
    payload,
    headers: { ...(authorization && { authorization }) },
  });
  return { status: answer.statusCode, headers: answer.headers, body: JSON.parse(answer.body) };
};
const tokenOn = (secret: string) => post('/api/auth/token', { grant_type: 'client_credentials' }, `Bearer ${secret}`);
const refresh = (refresh_token: string) => post('/api/auth/token', { grant_type: 'refresh_token', refresh_token });
const codeWith = async (token: string, url = '/api/runs'): Promise<string> => {
  const { statusCode, body } = await house.server.inject({ url, headers: { authorization: `Bearer ${token}` } });
  return statusCode === 200 ? 'answered' : JSON.parse(body).code;
};

test('a token is got on an API key, acts in the name of its owner, and does no more than the key may', async () => {
  const { secret, user } = await keyOf(['admin', 'analyst'], ['analyst']);
  const { status, headers, body } = await tokenOn(secret);
  expect([status, headers['cache-control']]).toEqual([200, 'no-store']);
  expect(body).toMatchObject({ success: true, token_type: 'Bearer', expires_in: 600 });
  const headersOf = { authorization: `Bearer ${body.access_token}` };
  const session = JSON.parse((await house.server.inject({ url: '/api/auth/session', headers: headersOf })).body);
  expect(session.user).toMatchObject({ name: user.name, kind: 'token', roles: ['analyst'] });
  expect(await codeWith(body.access_token)).toBe('answered');
  expect(await codeWith(body.access_token, '/api/patients')).toBe('FORBIDDEN');
  expect(await codeWith(body.access_token, '/api/keys')).toBe('IN_PERSON_ONLY');
});

test('nothing but a key gets one: no session, no token, nobody', async () => {
  const person = await personOf(house, 'ann', ['admin']);
  const asked = { grant_type: 'client_credentials' };
  expect(JSON.parse((await person.ask('/api/auth/token', 'POST', asked)).body).code).toBe('SIGN_IN_REQUIRED');
  const { body } = await tokenOn((await keyOf()).secret);
  expect((await tokenOn(body.access_token)).body.code).toBe('SIGN_IN_REQUIRED');
  expect((await post('/api/auth/token', asked)).body.code).toBe('SIGN_IN_REQUIRED');
});

test('each refresh gives another pair; a token that is shown again ends them all, also those that came after it', async () => {
  const first = (await tokenOn((await keyOf()).secret)).body;
  const second = (await refresh(first.refresh_token)).body;
  expect(await codeWith(second.access_token)).toBe('answered');
  expect((await refresh(first.refresh_token)).body.code).toBe('TOKEN_REFUSED');
  for (const { access_token } of [first, second]) expect(await codeWith(access_token)).toBe('SIGN_IN_REQUIRED');
  expect((await refresh(second.refresh_token)).body.code).toBe('TOKEN_REFUSED');
});

test('only what was given out counts as shown again: who has seen an access token cannot end what it is of', async () => {
  const { user, secret } = await keyOf();
  const { body } = await tokenOn(secret);
  // The claim is there for everybody to read, also in a token that is long over.
  const { grant } = JSON.parse(Buffer.from(body.access_token.split('.')[1], 'base64url').toString());
  const forged = `clr_${grant}_${'A'.repeat(43)}`;
  expect((await refresh(forged)).body.code).toBe('TOKEN_REFUSED');
  expect((await post('/api/auth/token/revoke', { refresh_token: forged })).body).toEqual({ success: true });
  expect(await codeWith(body.access_token)).toBe('answered');
  expect((await refresh(body.refresh_token)).status).toBe(200);
  const { lines } = await house.server.parts.audit();
  const own = (await lines.list({ where: { by: user.name }, limit: 100 })).map(({ body: line }) => line.detail);
  expect(own).not.toContain('shown again: ended');
});

test('of many refreshes an early token still ends it all, and so does revoking by it', async () => {
  for (const end of [refresh, (refresh_token: string) => post('/api/auth/token/revoke', { refresh_token })]) {
    const first = (await tokenOn((await keyOf()).secret)).body;
    let newest = first;
    for (let n = 0; n < 5; n++) newest = (await refresh(newest.refresh_token)).body;
    await end(first.refresh_token);
    expect(await codeWith(newest.access_token)).toBe('SIGN_IN_REQUIRED');
  }
});

describe('while nothing can be written down', () => {
  let audit: { append(event: unknown): Promise<void> };
  let append: typeof audit.append;
  beforeEach(() => {
    audit = house.server.audit as typeof audit;
    append = audit.append;
  });
  afterEach(() => {
    audit.append = append;
  });
  const goDown = () => {
    audit.append = () => Promise.reject(new CarelakeError('AUDIT_FAILED', 'The disk is full.'));
  };

  test('a refresh token stays good for when it can be again, and an older one ends nothing', async () => {
    const first = (await tokenOn((await keyOf()).secret)).body;
    const second = (await refresh(first.refresh_token)).body;
    goDown();
    for (const { refresh_token } of [first, second]) {
      const { status, body } = await refresh(refresh_token);
      expect([status, body.code]).toEqual([503, 'AUDIT_FAILED']);
      // What a disk or a driver said is for whoever runs the server.
      expect(JSON.stringify(body)).not.toContain('The disk is full');
    }
    expect(house.reported.join()).toContain('The disk is full');
    expect((await post('/api/auth/token/revoke', { refresh_token: second.refresh_token })).status).toBe(503);
    audit.append = append;
    const third = (await refresh(second.refresh_token)).body;
    expect(await codeWith(third.access_token)).toBe('answered');
    expect((await refresh(first.refresh_token)).body.code).toBe('TOKEN_REFUSED');
    expect(await codeWith(third.access_token)).toBe('SIGN_IN_REQUIRED');
  });

  test('nobody is signed out', async () => {
    const [here, there] = [await personOf(house, 'ada', ['analyst']), await personOf(house, 'ada', ['analyst'])];
    const { sessions } = (await here.ask('/api/auth/sessions')).json();
    const other = sessions.find(({ current }: { current: boolean }) => !current);
    goDown();
    expect((await here.ask(`/api/auth/sessions/${other.id}`, 'DELETE')).statusCode).toBe(503);
    expect((await here.ask('/api/auth/sessions', 'DELETE')).statusCode).toBe(503);
    expect((await here.ask('/api/auth/sign-out', 'POST', {})).statusCode).toBe(503);
    for (const { ask } of [here, there]) expect((await ask('/api/auth/sessions')).statusCode).toBe(200);
  });
});

test('of two who refresh by one token at once, at most one gets a pair, and it is over', async () => {
  const { refresh_token } = (await tokenOn((await keyOf()).secret)).body;
  const answers = await Promise.all([refresh(refresh_token), refresh(refresh_token)]);
  const given = answers.filter(({ status }) => status === 200);
  expect(given.length).toBeLessThanOrEqual(1);
  for (const { body } of given) expect(await codeWith(body.access_token)).toBe('SIGN_IN_REQUIRED');
});

test.each<[string, (made: Awaited<ReturnType<typeof keyOf>>, token: { refresh_token: string }) => Promise<unknown>]>([
  ['its key is removed', async ({ key }) => (await house.server.directory()).keys.remove(key.id, author)],
  [
    'its user is disabled',
    async ({ user }) => (await house.server.directory()).users.changeRights(user.name, { disabled: true }, author),
  ],
  [
    'its user has another password',
    async ({ user }) => (await house.server.directory()).users.change(user.name, ({ epoch }) => ({ epoch: epoch + 1 })),
  ],
  ['it is revoked', async (_, { refresh_token }) => post('/api/auth/token/revoke', { refresh_token })],
])('when %s it is over at once, and so is its refresh token', async (_, end) => {
  const key = await keyOf();
  const { body } = await tokenOn(key.secret);
  expect(await codeWith(body.access_token)).toBe('answered');
  await end(key, body);
  expect(await codeWith(body.access_token)).toBe('SIGN_IN_REQUIRED');
  expect((await refresh(body.refresh_token)).body.code).toBe('TOKEN_REFUSED');
});

test('to revoke what there is not is answered the same', async () => {
  for (const refresh_token of ['', 'clr_x', `clr_${'0'.repeat(32)}_${'A'.repeat(43)}`]) {
    expect(await post('/api/auth/token/revoke', { refresh_token })).toMatchObject({
      status: 200,
      body: { success: true },
    });
    expect((await refresh(refresh_token)).body.code).toBe('TOKEN_REFUSED');
  }
});

describe('a forged or foreign token is nobody', () => {
  const privateKey = createPrivateKey(ownKey);
  let claims: { sub: string; grant: string };
  let kid: string;
  beforeAll(async () => {
    const { body } = await tokenOn((await keyOf()).secret);
    const [head, payload] = body.access_token
      .split('.')
      .map((part: string) => Buffer.from(part, 'base64url').toString());
    claims = JSON.parse(payload);
    kid = JSON.parse(head).kid;
  });

  interface Forged {
    readonly header?: object;
    readonly issuer?: string;
    readonly audience?: string;
    readonly expires?: string;
    readonly grant?: unknown;
    readonly key?: ReturnType<typeof createPrivateKey>;
  }
  const forge = ({
    header,
    issuer = 'carelake',
    audience = 'carelake',
    expires = '5m',
    grant = claims.grant,
    key,
  }: Forged) =>
    new SignJWT({ grant })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid, ...header })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject(claims.sub)
      .setJti('x')
      .setIssuedAt()
      .setExpirationTime(expires)
      .sign(key ?? privateKey);

  test('but one as the server makes it is not', async () => {
    expect(await codeWith(await forge({}))).toBe('answered');
  });

  test.each<[string, () => Forged]>([
    ['another key', () => ({ key: createPrivateKey(newKey()) })],
    ['an unknown kid', () => ({ header: { kid: 'other' } })],
    ['no kid', () => ({ header: { kid: undefined } })],
    ['another issuer', () => ({ issuer: 'https://evil.example' })],
    ['another audience', () => ({ audience: 'other' })],
    ['another type, such as an ID token', () => ({ header: { typ: 'JWT' } })],
    ['a grant that is not there', () => ({ grant: '0'.repeat(32) })],
    ['a grant that is none', () => ({ grant: { $ne: null } })],
  ])('%s', async (_, forged) => {
    expect(await codeWith(await forge(forged()))).toBe('SIGN_IN_REQUIRED');
  });

  test('an expired one is told so', async () => {
    expect(await codeWith(await forge({ expires: '-1m' }))).toBe('TOKEN_EXPIRED');
  });

  test('no algorithm, or the public key taken for a secret', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const payload = part({ ...claims, exp: Math.floor(Date.now() / 1000) + 300 });
    const none = `${part({ alg: 'none', typ: 'at+jwt', kid })}.${payload}.`;
    expect(await codeWith(none)).toBe('SIGN_IN_REQUIRED');
    const secret = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' });
    const text = `${part({ alg: 'HS256', typ: 'at+jwt', kid })}.${payload}`;
    const hmac = createHmac('sha256', secret).update(text).digest('base64url');
    expect(await codeWith(`${text}.${hmac}`)).toBe('SIGN_IN_REQUIRED');
    expect(await codeWith('eyJ')).toBe('SIGN_IN_REQUIRED');
  });
});

describe('the keys', () => {
  test('a new one before the old one signs, and tokens of the old one are still good', async () => {
    const older = await signingKeysIn(ownKey);
    const both = await signingKeysIn(`${newKey()}\n${ownKey}`);
    expect(both.first.kid).not.toBe(older.first.kid);
    expect([...both.all.keys()]).toContain(older.first.kid);
  });

  test('are made once, for their owner alone', () => {
    const folder = mkdtempSync(join(tmpdir(), 'carelake-keys-'));
    try {
      const file = join(folder, 'data', 'token-keys.pem');
      const text = keysKeptIn(file);
      expect(statSync(file).mode & 0o077).toBe(0);
      expect(keysKeptIn(file)).toBe(text);
      expect(readFileSync(file, 'utf8')).toBe(text);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('that are none are refused', async () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' });
    for (const text of ['', 'secret', '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----', String(rsa)]) {
      await expect(signingKeysIn(text)).rejects.toMatchObject({ code: 'TOKEN_KEY' });
    }
  });
});

test('where sign-in is off there are no tokens', async () => {
  const open = await emptyHouse();
  try {
    const { body } = await open.server.inject({
      method: 'POST',
      url: '/api/auth/token',
      payload: { grant_type: 'refresh_token' },
    });
    expect(JSON.parse(body).code).toBe('SIGN_IN_OFF');
  } finally {
    await open.close();
  }
});
