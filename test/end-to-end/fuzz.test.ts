// A running server is asked everything that its OpenAPI document allows, and much that it does not, by an administrator and by
// nobody: no answer is a failure that nobody foresaw, and none is outside of its schema. fuzz.toml says how answers are judged.
import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ended, Place } from './place.js';
import { ask, type Server, startServer } from './server.js';

const program = process.env.CARELAKE_TEST_SCHEMATHESIS ?? '';
const here = (name: string) => join(import.meta.dirname, name);
const hasProgram = program !== '' || process.env.REQUIRE_SERVICES === '1';

/** No example of the document, or whoever tries those out changes it. */
const password = 'three dull horses whistle tunes';
const models = ['readmission', 'risk', 'progression'];

/** Each of them is asked with a session of its own: it may be the last thing that this session does. */
const endings = ['postAuthSignOut', 'deleteAuthSessions', 'deleteAuthSessionsId'];

const all = ['--phases', 'examples,coverage,fuzzing'];

interface Session {
  /** Of the cookie, with its name and alone. */
  readonly pair: string;
  readonly value: string;
  readonly csrf: string;
}

describe.skipIf(!hasProgram)('schemathesis finds nothing', () => {
  let place: Place;
  beforeAll(async () => {
    place = await Place.make();
    await place.json(['demo', '--patients', '1200', '--no-serve', '--no-train']);
    for (const model of models) {
      await place.json(['train', model, '--algorithm', 'logistic', '--trials', '1', '--folds', '3']);
    }
  }, 300_000);
  afterAll(() => place.remove());

  let server: Server;
  beforeEach(async () => {
    const environment = { CARELAKE_AUTH: 'on', CARELAKE_RUN_AFTER: 'off', CARELAKE_RATE_SIGN_IN: 'off' };
    server = await startServer(place, { environment: { ...environment, CARELAKE_RATE_USER: 'off' } });
  });
  afterEach(async () => {
    server.process.kill('SIGTERM');
    expect(await server.end).toMatchObject({ code: 0, stderr: expect.not.stringMatching(/Request .*Error|Warning/) });
  });

  /** @param session Of whoever asks; nobody where none is given. */
  async function fuzz(session: Session | undefined, ...options: string[]): Promise<void> {
    const auth = session ? `\n[auth.openapi.session]\napi_key = "${session.value}"\n` : '';
    await writeFile(join(place.path, 'fuzz.toml'), (await readFile(here('fuzz.toml'), 'utf8')) + auth);
    const header = session ? ['--header', `X-CSRF-Token: ${session.csrf}`] : [];
    const args = ['run', `${server.url}/api/openapi.json`, '--no-color', '--seed', '1', ...header, ...options];
    const child = spawn(program, ['--config-file', 'fuzz.toml', ...args], {
      cwd: place.path,
      env: {
        ...{ PATH: process.env.PATH, HOME: place.path },
        ...{ SCHEMATHESIS_HOOKS: here('fuzz.py'), PYTHONDONTWRITEBYTECODE: '1' },
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const { code, stdout, stderr } = await ended(child);
    // A line of curl may be as long as a head may be.
    const said = (stdout + stderr).replace(/(?<=^.{400}).+$/gm, '…').slice(-20_000);
    expect([code, code === 0 ? '' : said]).toEqual([0, '']);
  }

  /** Signs an administrator in; the first time by the link that the server prints. */
  async function signedIn(): Promise<Session> {
    const { url, told } = server;
    const token = told.first_sign_in && new URL(told.first_sign_in.url).hash.slice(1);
    const answer = token
      ? await ask(`${url}/api/auth/link`, 'POST', { token, password })
      : await ask(`${url}/api/auth/sign-in`, 'POST', { name: 'admin', password });
    expect(answer.status).toBe(200);
    const cookie = answer.headers.getSetCookie().find((one) => one.startsWith('carelake_session')) ?? '';
    const [pair = ''] = cookie.split(';', 1);
    return { pair, value: pair.slice(pair.indexOf('=') + 1), csrf: answer.body.csrf_token };
  }

  test('as an administrator, of models that are served', async () => {
    const session = await signedIn();
    const headers = { cookie: session.pair, 'x-csrf-token': session.csrf };
    for (const name of ['predict/readmission', 'predict/risk-score', 'predict/disease-progression', 'batch-predict']) {
      const answer = await ask(`${server.url}/api/ml/${name}`, 'POST', { age: 65, severity_score: 7 }, headers);
      expect([name, answer.status]).toEqual([name, 200]);
    }
    const without = endings.flatMap((id) => ['--exclude-operation-id', id]);
    // Events have no end.
    await fuzz(session, ...all, '--max-examples', '2', '--exclude-path', '/api/events', ...without);
    // Who had been signed out on the way would have been refused from there on, which is no finding.
    expect((await ask(`${server.url}/api/users`, 'GET', undefined, headers)).status).toBe(200);
  }, 600_000);

  test.each(endings)(
    'as an administrator whose session ends with it: %s',
    async (id) => {
      await fuzz(await signedIn(), '--include-operation-id', id, '--phases', 'examples,fuzzing', '--max-examples', '1');
    },
    60_000,
  );

  test('as nobody', () => fuzz(undefined, ...all, '--max-examples', '1'), 600_000);
});
