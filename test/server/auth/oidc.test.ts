// Sign-in by OpenID Connect: through a real provider, and against one that lies.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OidcConfig } from '../../../src/config/oidc.js';
import { openProvider } from '../../../src/server/auth/oidc/provider.js';
import { emptyHouse, type House } from '../house.js';
import { author } from './people.js';

const redirect = 'http://localhost/api/auth/oidc/callback';
const clientId = 'carelake';
const secret = 'a-secret-of-the-client';
const settings: OidcConfig = {
  ...{ oidcIssuer: null, oidcClientId: clientId, oidcClientSecret: secret, oidcClaim: 'groups' },
  oidcRoles: [
    ['doctors', 'clinician'],
    ['care-admins', 'admin'],
  ],
  oidcDomains: ['hospital.example'],
};
const codeOf = ({ body }: { body: string }): string => JSON.parse(body).code;
const cookieFrom = ({ cookies }: { cookies: { name: string; value: string }[] }, name: string): string =>
  cookies.find((one) => one.name === name)?.value ?? '';

/** Sends the browser on its way, and hands out what it keeps. */
async function begin(house: House, to = '/quality') {
  const answer = await house.server.inject(`/api/auth/oidc/start?to=${encodeURIComponent(to)}`);
  expect([answer.statusCode, answer.body]).toEqual([303, '']);
  return { url: new URL(String(answer.headers.location)), browser: cookieFrom(answer, 'carelake_oidc_0') };
}

const finish = (house: House, search: string, browser: string) =>
  house.server.inject({ url: `/api/auth/oidc/callback?${search}`, headers: { cookie: `carelake_oidc_0=${browser}` } });

describe('by a real provider', () => {
  let provider: ChildProcess;
  let house: House;
  beforeAll(async () => {
    provider = fork(join(import.meta.dirname, '../../child/oidc-provider.mjs'), { stdio: 'ignore' });
    provider.send({
      client: { client_id: clientId, client_secret: secret, redirect_uris: [redirect] },
      groups: { ann: ['doctors', 'staff'], eve: ['staff'], root: ['care-admins'] },
    });
    const [{ issuer }] = await once(provider, 'message');
    house = await emptyHouse({ auth: 'on', provider: openProvider({ ...settings, oidcIssuer: issuer }) });
  });
  afterAll(async () => {
    await house?.close();
    provider.kill();
  });

  /** As somebody at their browser: signs in at the provider, consents, and is sent back. */
  async function signInThere(start: URL, login: string): Promise<string> {
    const jar = new Map<string, string>();
    let next: URL | string = start;
    for (let step = 0; step < 15; step++) {
      const isForm = /\/interaction\//.test(String(next)) && step > 0;
      const page = isForm ? await (await visit(next)).text() : '';
      const prompt = /name="prompt" value="([a-z]+)"/.exec(page)?.[1];
      const answer: Response = prompt
        ? await visit(next, new URLSearchParams({ prompt, login, password: 'x' }))
        : await visit(next);
      const location: string = answer.headers.get('location') ?? '';
      if (location.startsWith(redirect)) return new URL(location).search.slice(1);
      if (location === '') throw new Error(`${next}: ${answer.status} ${await answer.text()}`);
      next = new URL(location, start);
    }
    throw new Error('It does not come to an end.');

    async function visit(url: URL | string, body?: URLSearchParams): Promise<Response> {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await fetch(url, {
        redirect: 'manual',
        headers: { cookie },
        ...(body && { method: 'POST', body }),
      });
      for (const line of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        jar.set(name, value);
      }
      return answer;
    }
  }

  test('somebody signs in, with the roles of their groups, and comes to the page that they asked for', async () => {
    const { url, browser } = await begin(house);
    expect(url.searchParams.get('code_challenge_method')).toBe('S256');
    for (const name of ['state', 'nonce', 'code_challenge']) expect(url.searchParams.get(name)).toMatch(/^[\w-]{43}$/);
    const search = await signInThere(url, 'ann');
    const answer = await finish(house, search, browser);
    expect([answer.statusCode, answer.headers.location, answer.headers['cache-control']]).toEqual([
      303,
      '/quality',
      'no-store',
    ]);
    const cookie = `carelake_session_0=${cookieFrom(answer, 'carelake_session_0')}`;
    const session = JSON.parse((await house.server.inject({ url: '/api/auth/session', headers: { cookie } })).body);
    expect(session.user).toMatchObject({ name: 'ann@hospital.example', kind: 'user', roles: ['clinician'] });
    // What the provider sent is good once, and only in the browser that began.
    expect(codeOf(await finish(house, search, browser))).toBe('OIDC_REFUSED');
  });

  test('other groups at the next sign-in are other roles, and a disabled user is refused', async () => {
    const again = async () => {
      const { url, browser } = await begin(house);
      return finish(house, await signInThere(url, 'bob'), browser);
    };
    expect((await again()).statusCode).toBe(303);
    provider.send({ groups: { bob: ['care-admins', 'doctors'] } });
    expect((await again()).statusCode).toBe(303);
    const { users } = await house.server.directory();
    expect((await users.get('bob@hospital.example'))?.roles).toEqual(['clinician', 'admin']);
    await users.changeRights('bob@hospital.example', { disabled: true }, author);
    expect(codeOf(await again())).toBe('OIDC_REFUSED');
  });

  test.each([
    ['eve', 'whose groups give no role'],
    ['mallory@evil.example', 'of another domain'],
    ['unproved', 'whose address of mail is not verified'],
  ])('%s, %s, is refused', async (login) => {
    const { url, browser } = await begin(house);
    const answer = await finish(house, await signInThere(url, login), browser);
    expect([answer.statusCode, codeOf(answer)]).toEqual([403, 'OIDC_REFUSED']);
    expect(cookieFrom(answer, 'carelake_session_0')).toBe('');
  });

  test('another subject with the same address of mail does not become that user', async () => {
    const { url, browser } = await begin(house);
    expect((await finish(house, await signInThere(url, 'carl'), browser)).statusCode).toBe(303);
    const other = await begin(house);
    const answer = await finish(house, await signInThere(other.url, 'carl@hospital.example'), other.browser);
    expect(codeOf(answer)).toBe('OIDC_REFUSED');
  });

  test('the session says where one may sign in', async () => {
    const { body } = await house.server.inject('/api/auth/session');
    expect(JSON.parse(body)).toMatchObject({ user: null, provider: expect.stringMatching(/^127.0.0.1:[0-9]+$/) });
  });

  test('another browser, another state, or a refusal of the provider signs nobody in', async () => {
    const { url, browser } = await begin(house);
    const search = await signInThere(url, 'ann');
    const other = await begin(house);
    expect(codeOf(await finish(house, search, other.browser))).toBe('OIDC_REFUSED');
    expect(codeOf(await finish(house, search, ''))).toBe('OIDC_REFUSED');
    const wrong = new URLSearchParams(search);
    wrong.set('state', 'x'.repeat(43));
    expect(codeOf(await finish(house, String(wrong), browser))).toBe('OIDC_REFUSED');
    const denied = await begin(house);
    const from = encodeURIComponent(denied.url.origin);
    const said = `error=access_denied&state=${denied.url.searchParams.get('state')}&iss=${from}`;
    const answer = await finish(house, said, denied.browser);
    expect([codeOf(answer), answer.body]).toEqual(['OIDC_REFUSED', expect.stringContaining('access_denied')]);
  });

  test('a browser that is refused is led to the sign-in page with the code, and to where it was going', async () => {
    const headers = { accept: 'text/html,application/xhtml+xml' };
    const lost = await house.server.inject({ url: '/api/auth/oidc/callback?state=x', headers });
    expect([lost.statusCode, lost.headers.location]).toEqual([303, '/sign-in?problem=OIDC_REFUSED']);
    expect(lost.headers['cache-control']).toBe('no-store');
    const { url, browser } = await begin(house);
    const from = encodeURIComponent(url.origin);
    const denied = `error=access_denied&state=${url.searchParams.get('state')}&iss=${from}`;
    const answer = await house.server.inject({
      url: `/api/auth/oidc/callback?${denied}`,
      headers: { ...headers, cookie: `carelake_oidc_0=${browser}` },
    });
    expect(answer.headers.location).toBe('/sign-in?problem=OIDC_REFUSED&to=%2Fquality');
    expect(cookieFrom(answer, 'carelake_session_0')).toBe('');
  });

  test('where to go then is a page of this server, whatever is asked for', async () => {
    for (const to of [
      'https://evil.example/',
      '//evil.example',
      '/\\evil.example',
      'javascript:alert(1)',
      '/.//evil.example',
    ]) {
      const { url, browser } = await begin(house, to);
      const { headers } = await finish(house, await signInThere(url, 'ann'), browser);
      expect(String(headers.location)).toMatch(/^\/(?![/\\])/);
    }
  });
});

describe('of a provider that lies', () => {
  let server: Server;
  let house: House;
  let issuer: string;
  let forged: { claims?: object; kid?: string; alg?: string; key?: 'own' | 'other' };
  let nonce = '';
  beforeAll(async () => {
    const own = await generateKeyPair('RS256');
    const other = await generateKeyPair('RS256');
    const jwk = { ...(await exportJWK(own.publicKey)), kid: 'own', alg: 'RS256', use: 'sig' };
    server = createServer(async (request, response) => {
      const json = (value: unknown) =>
        response.setHeader('content-type', 'application/json').end(JSON.stringify(value));
      if (request.url === '/.well-known/openid-configuration') {
        return json({
          ...{
            issuer,
            authorization_endpoint: `${issuer}/auth`,
            token_endpoint: `${issuer}/token`,
            jwks_uri: `${issuer}/jwks`,
          },
          ...{ response_types_supported: ['code'], subject_types_supported: ['public'] },
          id_token_signing_alg_values_supported: ['RS256'],
        });
      }
      if (request.url === '/jwks') return json({ keys: [jwk] });
      const now = Math.floor(Date.now() / 1000);
      const claims = {
        ...{ iss: issuer, aud: clientId, sub: 'zoe', iat: now, exp: now + 300, nonce },
        ...{ email: 'zoe@hospital.example', email_verified: true, groups: ['doctors'] },
        ...forged.claims,
      };
      const token = await new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', kid: forged.kid ?? 'own' })
        .sign(forged.key === 'other' ? other.privateKey : own.privateKey);
      const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${token.split('.')[1]}.`;
      return json({ access_token: 'x', token_type: 'bearer', id_token: forged.alg === 'none' ? none : token });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    house = await emptyHouse({ auth: 'on', provider: openProvider({ ...settings, oidcIssuer: issuer }) });
  });
  afterAll(async () => {
    await house.close();
    server.closeAllConnections();
    server.close();
  });

  async function answerTo(lie: typeof forged): Promise<{ statusCode: number; body: string }> {
    forged = lie;
    const { url, browser } = await begin(house);
    nonce = url.searchParams.get('nonce') ?? '';
    return finish(house, `code=abc&state=${url.searchParams.get('state')}`, browser);
  }

  test('what is true is taken', async () => {
    expect((await answerTo({})).statusCode).toBe(303);
  });

  const past = Math.floor(Date.now() / 1000) - 3600;
  test.each<[string, typeof forged]>([
    ['an expired token', { claims: { iat: past - 300, exp: past } }],
    ['one for another audience', { claims: { aud: 'other' } }],
    ['one of another issuer', { claims: { iss: 'https://evil.example' } }],
    ['one with another nonce, such as of another sign-in', { claims: { nonce: 'x' } }],
    ['one without a nonce', { claims: { nonce: undefined } }],
    ['one by an unknown key', { kid: 'unknown' }],
    ['one that another key signed', { key: 'other' }],
    ['one that nobody signed', { alg: 'none' }],
  ])('%s is not', async (_, lie) => {
    const answer = await answerTo(lie);
    expect([answer.statusCode, codeOf(answer)]).toEqual([403, 'OIDC_REFUSED']);
    expect(answer.body).not.toMatch(/zoe|eyJ/);
  });
});

test('a provider that is not there is said so, and that there is none', async () => {
  const gone = await emptyHouse({
    auth: 'on',
    provider: openProvider({ ...settings, oidcIssuer: 'http://127.0.0.1:1' }),
  });
  const none = await emptyHouse({ auth: 'on' });
  try {
    expect(codeOf(await gone.server.inject('/api/auth/oidc/start'))).toBe('OIDC_UNREACHABLE');
    expect(codeOf(await none.server.inject('/api/auth/oidc/start'))).toBe('OIDC_OFF');
    expect(codeOf(await none.server.inject('/api/auth/oidc/callback?code=x&state=y'))).toBe('OIDC_OFF');
  } finally {
    await Promise.all([gone.close(), none.close()]);
  }
});

test('settings that are half there are refused', () => {
  const oidcIssuer = 'https://id.example';
  expect(() => openProvider({ ...settings, oidcIssuer, oidcClientId: null })).toThrow(/CLIENT_ID/);
  expect(() => openProvider({ ...settings, oidcIssuer, oidcRoles: [['x', 'boss']] })).toThrow(/boss/);
  expect(openProvider(settings)).toBeUndefined();
});
