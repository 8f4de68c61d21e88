// From the first start to a user who is disabled, with the program itself: a server, and commands beside it.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ended, Place } from './place.js';
import { ask, type Server, startServer } from './server.js';

const on = { environment: { CARELAKE_AUTH: 'on' } };
const password = 'four words nobody expects';

let place: Place;
const started: Server[] = [];
beforeEach(async () => {
  place = await Place.make();
});
afterEach(async () => {
  for (const { process, end } of started.splice(0)) {
    process.kill('SIGKILL');
    await end;
  }
  await place.remove();
});

async function serve(): Promise<Server> {
  const server = await startServer(place, on);
  started.push(server);
  return server;
}

/** What a browser keeps of an answer and sends again. */
const cookiesOf = (headers: Headers): string =>
  headers
    .getSetCookie()
    .map((one) => one.split(';', 1)[0])
    .join('; ');

async function redeem(url: string, link: string) {
  const token = new URL(link).hash.slice(1);
  const answer = await ask(`${url}/api/auth/link`, 'POST', { token, password });
  expect(answer.status).toBe(200);
  return { cookie: cookiesOf(answer.headers), 'x-csrf-token': answer.body.csrf_token as string };
}

test('a link that is printed makes the administrator; whoever is added, keyed and disabled beside the server is so at once', async () => {
  const server = await serve();
  const { url, told } = server;
  expect(told).toMatchObject({ auth: 'on', first_sign_in: { url: expect.stringContaining(`${url}/welcome#`) } });
  expect((await ask(`${url}/api/patients`)).body.code).toBe('SIGN_IN_REQUIRED');
  const page = await fetch(`${url}/welcome`, { headers: { accept: 'text/html' } });
  expect([page.status, page.headers.get('referrer-policy')]).toEqual([200, 'no-referrer']);
  const root = await redeem(url, told.first_sign_in?.url ?? '');
  expect((await ask(`${url}/api/users`, 'GET', undefined, root)).body.users).toMatchObject([{ name: 'admin' }]);

  const added = await place.json<{ link: { url: string } }>(['user', 'add', 'ann', '--role', 'clinician'], on);
  const ann = await redeem(url, added.link.url);
  const patient = { patient_id: 'P1', name: 'Ann Example', age: 45, gender: 'Female' };
  expect((await ask(`${url}/api/patient`, 'POST', patient, ann)).status).toBe(201);
  expect(
    (await ask(`${url}/api/patient`, 'POST', { ...patient, patient_id: 'P2' }, { cookie: ann.cookie })).status,
  ).toBe(403);
  const { secret } = await place.json<{ secret: string }>(['key', 'create', '--user', 'ann', '--name', 'lab'], on);
  const byKey = () => ask(`${url}/api/patients/P1`, 'GET', undefined, { authorization: `Bearer ${secret}` });
  expect((await byKey()).body).toMatchObject({ patient: { name: 'Ann Example' } });
  expect((await ask(`${url}/api/patients/P1/history`, 'GET', undefined, ann)).body.history).toMatchObject([
    { by: 'ann' },
  ]);

  await place.json(['user', 'disable', 'ann'], on);
  expect((await byKey()).status).toBe(401);
  expect((await ask(`${url}/api/patients/P1`, 'GET', undefined, ann)).status).toBe(401);
  expect(await place.failure(['user', 'disable', 'admin'], on)).toMatchObject({ code: 'LAST_ADMIN', exit: 1 });
  server.process.kill('SIGTERM');
  const { code, stdout, stderr } = await server.end;
  expect(code).toBe(0);
  // Nothing that opens anything is written down but the link, which was good once.
  for (const one of [password, secret, ann.cookie, root['x-csrf-token']])
    expect(`${stdout}${stderr}`).not.toContain(one);
  const again = await serve();
  expect(again.told.first_sign_in).toBeNull();
});

test('a password comes by the input, never as an argument, and a weak one is told what is wrong', async () => {
  const give = async (text: string, ...args: string[]) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, '../../dist/cli/main.js'), ...args, '--json'], {
      ...{ cwd: place.path, env: { PATH: process.env.PATH, HOME: place.path } },
    });
    child.stdin.end(text);
    const { stdout } = await ended(child);
    return JSON.parse(stdout);
  };
  expect(await give(`${password}\n`, 'user', 'password', 'admin')).toMatchObject({
    user: { name: 'admin', state: 'active' },
  });
  expect(await give('password1234\n', 'user', 'password', 'admin')).toMatchObject({ code: 'PASSWORD_WEAK' });
  expect(await give('', 'user', 'password', 'admin')).toMatchObject({ code: 'USAGE' });
  expect(await give('x', 'user', 'password', 'nobody')).toMatchObject({ code: 'USER_NOT_FOUND' });
  const { url } = await serve();
  expect((await ask(`${url}/api/auth/sign-in`, 'POST', { name: 'admin', password })).status).toBe(200);
});

test('other machines are let in only with sign-in, and not to send passwords in the clear', async () => {
  const failure = (environment: Record<string, string>, host: string) =>
    place.failure(['serve', '--port', '0', '--host', host], { environment });
  const proxy = { CARELAKE_TRUSTED_PROXIES: '10.1.2.3' };
  for (const [environment, host] of [
    [{ CARELAKE_AUTH: 'off' }, '0.0.0.0'],
    [{ CARELAKE_AUTH: 'off', ...proxy }, '127.0.0.1'],
    [{ CARELAKE_AUTH: 'off', CARELAKE_PUBLIC_HOSTS: 'carelake.example.org' }, '127.0.0.1'],
    [{ CARELAKE_AUTH: 'on' }, '0.0.0.0'],
    [{ CARELAKE_AUTH: 'on', CARELAKE_PUBLIC_HOSTS: 'carelake.example.org' }, '::'],
  ] as const) {
    expect(await failure(environment, host)).toMatchObject({ code: 'SERVE_ADDRESS', exit: 2 });
  }
  const child = place.start(['serve', '--port', '0', '--host', '0.0.0.0', '--json'], {
    environment: { CARELAKE_AUTH: 'on', CARELAKE_PUBLIC_HOSTS: 'carelake.example.org', ...proxy },
  });
  const end = ended(child);
  const told = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk) => {
      text += chunk;
      if (text.trimEnd().endsWith('}')) resolve(text);
    });
    end.then(({ stderr }) => reject(new Error(stderr)), reject);
  });
  expect(JSON.parse(told).first_sign_in.url).toMatch(/^https:[/][/]carelake[.]example[.]org[/]welcome#/);
  child.kill('SIGTERM');
  expect((await end).stderr).toContain('It answers in the clear at 0.0.0.0');
});
