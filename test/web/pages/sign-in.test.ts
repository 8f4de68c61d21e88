// Signing in with a browser: the first link, the way back to where one was going, roles, and leaving nothing behind.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Place } from '../../end-to-end/place.js';
import { type Server, startServer } from '../../end-to-end/server.js';
import { hasBrowser, keepPicture, launch, openPage } from './browser.js';
import { look } from './look.js';

const on = { environment: { CARELAKE_AUTH: 'on' } };
const password = 'four words nobody expects';

describe.skipIf(!hasBrowser)('signing in (CARELAKE_TEST_CHROMIUM)', () => {
  let browser: Browser;
  let place: Place;
  let server: Server;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    place = await Place.make();
    await mkdir(join(place.path, 'in'));
    await writeFile(join(place.path, 'in/patients.csv'), 'patient_id,name,age,gender\np1,Ann,45,F\np2,Bob,50,M\n');
    await place.json(['ingest', 'in']);
    await place.json(['run']);
    server = await startServer(place, on);
  });
  afterEach(async () => {
    server.process.kill('SIGTERM');
    await server.end;
    await place.remove();
  });

  test('where there is a provider of OpenID Connect, a button leads there and back to where one was going', async () => {
    server.process.kill('SIGTERM');
    await server.end;
    const provider = { CARELAKE_OIDC_ISSUER: 'http://127.0.0.1:9', CARELAKE_OIDC_CLIENT_ID: 'carelake' };
    server = await startServer(place, { environment: { ...on.environment, ...provider } });
    const { page, close } = await openPage(browser, server.url);
    await page.goto('/quality');
    const button = page.getByRole('link', { name: 'Sign in at 127.0.0.1:9' });
    expect(await button.getAttribute('href')).toBe('/api/auth/oidc/start?to=%2Fquality');
    await look(page, 'sign-in-provider');
    // Nobody listens there: the refusal leads back here, and says why.
    await button.click();
    await page.getByRole('alert').getByText('The provider of OpenID Connect does not answer').waitFor();
    expect(page.url()).toBe(`${server.url}/sign-in?problem=OIDC_UNREACHABLE&to=%2Fquality`);
    await look(page, 'sign-in-unreachable');
    await page.goto('/sign-in?problem=Call%20555-0199');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await page.getByText('555').count()).toBe(0);
    await close();
  });

  test('the printed link leads to a password and in; out again, back in, and to where one was going', async () => {
    const { page, messages, strangers, close } = await openPage(browser, server.url);
    await page.goto('/quality');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(page.url()).toBe(`${server.url}/sign-in?to=%2Fquality`);
    await look(page, 'sign-in');

    await page.goto(server.told.first_sign_in?.url ?? '');
    await page.getByText('You sign in as admin').waitFor();
    expect(page.url()).toBe(`${server.url}/welcome`);
    const field = page.getByRole('textbox', { name: 'Password' });
    await field.fill('password1234');
    await page.getByRole('button', { name: 'Set the password and sign in' }).click();
    await page.getByText('commonly used password').waitFor();
    await look(page, 'welcome');
    await field.fill(password);
    await page.getByRole('button', { name: 'Set the password and sign in' }).click();
    await page.getByText('Every record is accounted for').waitFor();
    await page.getByRole('button', { name: 'Account of admin' }).click();
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    await look(page, 'account');
    expect(await page.getByText('Sign-in is off').count()).toBe(0);

    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await page.getByText('accounted for').count()).toBe(0);

    await page.goto('/dashboard/demographics?gender=Female');
    await page.getByRole('textbox', { name: 'Name' }).fill('admin');
    await page.getByRole('textbox', { name: 'Password' }).fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').getByText('Name and password do not fit').waitFor();
    await look(page, 'sign-in-refused');
    await page.getByRole('textbox', { name: 'Password' }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    // Its numbers are asked for by POST, with the token of the session.
    await page.locator('[data-metric="total_patients"] .big').getByText('1', { exact: true }).waitFor();
    expect(page.url()).toBe(`${server.url}/dashboard/demographics?gender=Female`);
    expect(strangers).toEqual([]);
    // The browser itself says which answers were refusals.
    expect(messages.filter((message) => !/status of 4(01|22)/.test(message))).toEqual([]);
    await close();
  });

  test('a session that ends elsewhere ends here, and a used link says that it is', async () => {
    const { page, close } = await openPage(browser, server.url);
    await page.goto(server.told.first_sign_in?.url ?? '');
    await page.getByRole('textbox', { name: 'Password' }).fill(password);
    await page.getByRole('button', { name: 'Set the password and sign in' }).click();
    await page.getByText('Every record is accounted for').waitFor();
    await page.context().clearCookies();
    await page.getByRole('link', { name: 'Quality', exact: true }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(page.url()).toContain('/sign-in?to=%2Fquality');
    await page.goto(server.told.first_sign_in?.url ?? '');
    await page.getByRole('alert').getByText('The link is not good any more').waitFor();
    await keepPicture(page, 'welcome-used');
    await page.goto('/welcome');
    await page.getByText('This page needs the whole link').waitFor();
    await page.goto('/sign-in?to=//evil.example/');
    await page.getByRole('textbox', { name: 'Name' }).fill('admin');
    await page.getByRole('textbox', { name: 'Password' }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Every record is accounted for').waitFor();
    expect(new URL(page.url()).origin).toBe(server.url);
    await close();
  });
});
