// The pages about people: users, keys, one's account, the audit log; and that everybody lands on a page of their own.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Place } from '../../end-to-end/place.js';
import { type Server, startServer } from '../../end-to-end/server.js';
import { hasBrowser, launch, openPage, type WatchedPage } from './browser.js';
import { look } from './look.js';

const password = 'four words nobody expects';

describe.skipIf(!hasBrowser)('people (CARELAKE_TEST_CHROMIUM)', () => {
  let browser: Browser;
  let place: Place;
  let server: Server;
  /** What the browser of the administrator keeps. */
  let kept: Awaited<ReturnType<BrowserContext['storageState']>>;

  beforeAll(async () => {
    browser = await launch();
    place = await Place.make();
    await mkdir(join(place.path, 'in'));
    await writeFile(join(place.path, 'in/patients.csv'), 'patient_id,name,age,gender\np1,Ann,45,F\np2,Bob,50,M\n');
    await place.json(['ingest', 'in']);
    await place.json(['run']);
    server = await startServer(place, { environment: { CARELAKE_AUTH: 'on' } });
    const { page, close } = await openPage(browser, server.url);
    await choosePassword(page, new URL(server.told.first_sign_in?.url ?? '').hash);
    await page.getByText('Every record is accounted for').waitFor();
    kept = await page.context().storageState();
    await close();
  });
  afterAll(async () => {
    await browser?.close();
    server?.process.kill('SIGTERM');
    await server?.end;
    await place?.remove();
  });

  const asAdmin = async (path: string): Promise<WatchedPage> => {
    const opened = await openPage(browser, server.url, { storageState: kept, viewport: { width: 1440, height: 900 } });
    await opened.page.goto(path);
    return opened;
  };

  async function choosePassword(page: Page, hash: string): Promise<void> {
    await page.goto(`/welcome${hash}`);
    await page.getByRole('textbox', { name: 'Password' }).fill(password);
    await page.getByRole('button', { name: 'Set the password and sign in' }).click();
    await page.getByRole('button', { name: /^Account of / }).waitFor();
  }

  /** Adds a user on the page, and returns what stands behind the # of their link. */
  async function added(page: Page, name: string, role: string): Promise<string> {
    await page.getByRole('button', { name: 'Add a user' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill(name);
    await page.getByRole('checkbox', { name: role }).check();
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    const link = page.getByRole('textbox', { name: 'Link' });
    await link.waitFor();
    const { origin, hash } = new URL(await link.inputValue());
    expect(origin).toBe(server.url);
    await page.getByRole('button', { name: 'Done' }).click();
    return hash;
  }

  /** A new user with that role, who has signed in. */
  async function person(name: string, role: string): Promise<WatchedPage> {
    const admin = await asAdmin('/users');
    const hash = await added(admin.page, name, role);
    await admin.close();
    const own = await openPage(browser, server.url, { viewport: { width: 1440, height: 900 } });
    await choosePassword(own.page, hash);
    return own;
  }

  const rowOf = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });

  test('an administrator adds a user, changes their roles, and disables them', async () => {
    const { page, messages, strangers, close } = await asAdmin('/');
    await page.getByRole('link', { name: 'Users' }).click();
    await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor();
    await page.getByRole('button', { name: 'Add a user' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('no such name');
    await page.getByRole('checkbox', { name: 'Clinician' }).check();
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByText(/It must have 1 to 100 characters/).waitFor();
    await look(page, 'users-add');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    const hash = await added(page, 'cleo', 'Clinician');
    await rowOf(page, 'cleo').getByText('invited').waitFor();
    const cleo = await openPage(browser, server.url);
    await choosePassword(cleo.page, hash);
    await page.reload();
    await rowOf(page, 'cleo').getByText('Active').waitFor();
    await look(page, 'users');

    await page.getByRole('button', { name: 'Actions for cleo' }).press('Enter');
    await page.getByRole('menuitem', { name: 'Change roles' }).press('Enter');
    await page.getByRole('checkbox', { name: 'Analyst' }).check();
    await page.getByRole('button', { name: 'Change the roles' }).click();
    await rowOf(page, 'cleo').getByText('Clinician, Analyst').waitFor();
    // Other roles end what is open.
    await cleo.page.reload();
    await cleo.page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await cleo.close();

    await page.getByRole('button', { name: 'Actions for cleo' }).click();
    await page.getByRole('menuitem', { name: 'Disable' }).click();
    await page.getByText('All sessions of cleo end at once').waitFor();
    await page.getByRole('button', { name: 'Disable', exact: true }).click();
    await rowOf(page, 'cleo').getByText('disabled').waitFor();

    await page.getByRole('button', { name: 'Actions for admin' }).click();
    await page.getByRole('menuitem', { name: 'Disable' }).click();
    await page.getByRole('button', { name: 'Disable', exact: true }).click();
    await page.getByRole('alert').getByText('LAST_ADMIN').waitFor();
    expect(strangers).toEqual([]);
    expect(messages.filter((message) => !/status of 4(09|22|00)/.test(message))).toEqual([]);
    await close();
  });

  test('a link is shown once, and a lost one is replaced by another', async () => {
    const { page, close } = await asAdmin('/users');
    await added(page, 'lena', 'Analyst');
    await page.getByRole('button', { name: 'Actions for lena' }).click();
    await page.getByRole('menuitem', { name: 'Make a link for a password' }).click();
    await page.getByRole('button', { name: 'Make the link' }).click();
    const link = page.getByRole('textbox', { name: 'Link' });
    await link.waitFor();
    expect(await link.inputValue()).toMatch(/\/welcome#.{40}/);
    await look(page, 'users-link');
    await page.getByRole('button', { name: 'Done' }).click();
    expect(await page.content()).not.toContain('/welcome#');
    await close();
  });

  test('a key is made with some of one’s roles, shown once, used, and revoked', async () => {
    const { page, close } = await person('kim', 'Analyst');
    await page.getByRole('link', { name: 'API keys' }).click();
    await page.getByText('You have no keys.').waitFor();
    await page.getByRole('button', { name: 'Make a key' }).click();
    await page.getByRole('textbox', { name: 'What it is for' }).fill('nightly report');
    expect(await page.getByRole('checkbox').count()).toBe(1);
    await look(page, 'keys-make');
    await page.getByRole('button', { name: 'Make the key' }).click();
    const secret = await page.getByRole('textbox', { name: 'Secret' }).inputValue();
    await page.getByRole('button', { name: 'Done' }).click();
    expect(await page.content()).not.toContain(secret);
    await rowOf(page, 'nightly report').getByText('never').waitFor();

    const bearer = { headers: { authorization: `Bearer ${secret}` } };
    expect((await fetch(`${server.url}/api/dashboard`, bearer)).status).toBe(200);
    await page.reload();
    await rowOf(page, 'nightly report').waitFor();
    expect(await rowOf(page, 'nightly report').getByText('never').count()).toBe(0);
    await look(page, 'keys');

    const admin = await asAdmin('/account/keys');
    await admin.page.getByRole('combobox', { name: 'Whose' }).click();
    await admin.page.getByRole('option', { name: 'kim' }).click();
    await rowOf(admin.page, 'nightly report').waitFor();
    await admin.close();

    await page.getByRole('button', { name: 'Revoke nightly report' }).click();
    await page.getByRole('button', { name: 'Revoke', exact: true }).click();
    await page.getByText('You have no keys.').waitFor();
    expect((await fetch(`${server.url}/api/dashboard`, bearer)).status).toBe(401);
    await close();
  });

  test('whoever types records lands on their account, sees where they are signed in, and changes their password', async () => {
    const { page, close } = await person('dana', 'Data entry');
    await page.getByRole('heading', { level: 1, name: 'Account' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/account');
    const pages = await page.getByRole('navigation', { name: 'Pages' }).getByRole('link').allInnerTexts();
    expect(pages).toEqual(['Account', 'API keys']);

    const other = await openPage(browser, server.url);
    await other.page.goto('/sign-in');
    await other.page.getByRole('textbox', { name: 'Name' }).fill('dana');
    await other.page.getByRole('textbox', { name: 'Password' }).fill(password);
    await other.page.getByRole('button', { name: 'Sign in' }).click();
    await other.page.getByRole('heading', { level: 1, name: 'Account' }).waitFor();
    await page.reload();
    await page.getByText('this one').waitFor();
    await look(page, 'account-page');
    await page.getByRole('button', { name: /^End the session of Chrome/ }).click();
    await expect.poll(() => page.getByRole('button', { name: /^End the session/ }).count()).toBe(0);
    await other.page.reload();
    await other.page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await other.close();

    const fields = ['Present password', 'New password'] as const;
    const change = async (present: string, wanted: string) => {
      await page.getByRole('textbox', { name: fields[0] }).fill(present);
      await page.getByRole('textbox', { name: fields[1] }).fill(wanted);
      await page.getByRole('button', { name: 'Change the password' }).click();
    };
    await change('not my password at all', 'other words nobody expects');
    await page.getByText('It is not your password.').waitFor();
    await change(password, 'password1234');
    await page.getByText('commonly used password').waitFor();
    await change(password, 'other words nobody expects');
    await page.getByText('It is changed.').waitFor();
    await page.getByText('this one').waitFor();

    await page.getByRole('button', { name: 'Sign out everywhere' }).click();
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await close();
  });

  test('an auditor lands on the log, narrows it down, verifies it and takes it away', async () => {
    const { page, messages, close } = await person('olga', 'Auditor');
    await page.getByRole('heading', { level: 1, name: 'Audit log' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/audit');
    await page.getByText('by password').or(page.getByText('by a link')).first().waitFor();
    await page.getByRole('textbox', { name: 'Who' }).fill('olga');
    await page.getByRole('combobox', { name: 'Did' }).click();
    await page.getByRole('option', { name: 'Sign in' }).click();
    const rows = page.getByRole('region', { name: 'Lines' }).locator('tbody tr');
    await expect.poll(() => rows.count()).toBe(1);
    await page.getByRole('textbox', { name: 'Patient, by id' }).fill('nobody');
    await page.getByText('No line is like this').waitFor();
    await page.getByRole('button', { name: 'Clear all' }).click();
    await expect.poll(() => rows.count()).toBeGreaterThan(2);
    await page.getByRole('button', { name: 'Verify' }).click();
    await page.getByText('The log is as it was written').waitFor();
    await rows.first().locator('summary').last().click();
    await look(page, 'audit');

    await page.getByRole('button', { name: 'Export' }).click();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'These lines as CSV' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('audit.csv');
    expect(await file.failure()).toBe(null);
    await page.goto('/users');
    await page.getByRole('heading', { name: 'This page is not for your role' }).waitFor();
    await look(page, 'not-for-role');
    expect(messages).toEqual([]);
    await close();
  });

  test('while an answer is on its way the page says so, and a refusal is shown with a way to try again', async () => {
    const { page, close } = await asAdmin('/account');
    for (const [path, question, title] of [
      ['/users', '**/api/users', 'Users'],
      ['/audit', '**/api/audit?*', 'Audit log'],
      ['/account/keys', '**/api/keys?*', 'API keys'],
    ] as const) {
      let answer = () => {};
      const held = new Promise<void>((resolve) => {
        answer = resolve;
      });
      await page.route(question, async (route) => {
        await held;
        const problem = { title: 'The log is damaged', status: 500, code: 'AUDIT_FAILED', detail: 'It is so.' };
        await route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify(problem) });
      });
      await page.goto(path);
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      await page.getByRole('status', { name: 'Loading' }).waitFor();
      answer();
      await page.getByRole('alert').getByText('The log is damaged').waitFor();
      if (path === '/users') await look(page, 'failed-users');
      await page.unroute(question);
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByRole('alert').waitFor({ state: 'detached' });
      await page.locator('tbody tr').or(page.getByText('You have no keys.')).first().waitFor();
    }
    await close();
  });
});
