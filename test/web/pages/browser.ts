// A real Chromium, and pages in it that write down all that they complain about and ask for.
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContextOptions, chromium, type Page } from '@playwright/test';

const executablePath = process.env.CARELAKE_TEST_CHROMIUM ?? '/usr/bin/chromium';

/** Where services are required and there is none, the tests run and fail. */
export const hasBrowser = existsSync(executablePath) || process.env.REQUIRE_SERVICES === '1';

// The sandbox of Chromium does not run as the superuser; the rest keeps it from asking anybody anything.
const args = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const launch = (): Promise<Browser> => chromium.launch({ executablePath, args });

export interface WatchedPage {
  readonly page: Page;
  /** Messages on the console, and errors that nobody caught. */
  readonly messages: readonly string[];
  /** Addresses outside of the server that were asked for. */
  readonly strangers: readonly string[];
  close(): Promise<void>;
}

export async function openPage(
  browser: Browser,
  base: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({ baseURL: base, reducedMotion: 'reduce', ...options });
  // What is slow on a machine that does much else is not to fail.
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const messages: string[] = [];
  const strangers: string[] = [];
  page.on('console', (message) => messages.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => messages.push(`uncaught: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(base) && !/^(data|blob):/.test(request.url())) strangers.push(request.url());
  });
  const close = async () => {
    // An answer that a test changes on its way may still be on it when the page closes.
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await context.close();
  };
  return { page, messages, strangers, close };
}

/** Keeps a picture where CARELAKE_TEST_SCREENSHOTS names a folder. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = process.env.CARELAKE_TEST_SCREENSHOTS;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

/** What axe finds wrong with the page: the rule, and the elements that break it. */
export async function axeFaults(page: Page): Promise<string[][]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]);
}
