// The pages where there is nothing yet, and where the data means harm.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Place } from '../../end-to-end/place.js';
import { freePort, serving } from '../../end-to-end/served.js';
import { axeFaults, hasBrowser, keepPicture, launch, openPage } from './browser.js';

const hostile = ['=cmd|calc', '@SUM(1)', '<img src=x onerror=alert(1)>', '-1+1'];

describe.skipIf(!hasBrowser)('the pages (CARELAKE_TEST_CHROMIUM)', () => {
  let browser: Browser;
  let place: Place;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    place = await Place.make();
  });
  afterEach(() => place.remove());

  const land = async (): Promise<void> => {
    await mkdir(join(place.path, 'in'));
    const rows = hostile.map((location, n) => `p${n},Ann,${40 + n},,"${location}"`);
    await writeFile(join(place.path, 'in/patients.csv'), `patient_id,name,age,gender,location\n${rows.join('\n')}\n`);
    await place.json(['ingest', 'in']);
  };

  test.each(['/', '/dashboard/demographics', '/quality', '/runs'])(
    '%s of an empty workspace names the next command and no number',
    async (path) => {
      const served = await serving(place, ['serve', '--port', '0']);
      const { page, messages, close } = await openPage(browser, served.url);
      await page.goto(path);
      await page.getByRole('heading', { name: 'There is no data yet' }).waitFor();
      await keepPicture(page, `empty${path.replaceAll('/', '-')}`);
      const main = await page.getByRole('main').textContent();
      expect(main).toContain('carelake ingest PATH\ncarelake run');
      expect(main).not.toMatch(/[0-9]/);
      expect(await axeFaults(page)).toEqual([]);
      expect(messages).toEqual([]);
      await close();
      await served.stop();
    },
  );

  test('files that have landed wait for carelake run, and the page fills when it is done', async () => {
    await land();
    const served = await serving(place, ['serve', '--port', '0']);
    const { page, close } = await openPage(browser, served.url);
    await page.goto('/');
    await page.getByRole('heading', { name: 'Files have landed; no run is published yet' }).waitFor();
    await place.json(['run']);
    await page.getByText('Every record is accounted for').waitFor({ timeout: 40_000 });
    await close();
    await served.stop();
  });

  test('while the server is away the numbers stay, beside what is wrong; it goes when the server is back', async () => {
    await land();
    await place.json(['run']);
    const port = await freePort();
    const served = await serving(place, ['serve', '--port', port]);
    const { page, close } = await openPage(browser, served.url);
    await page.clock.install();
    await page.goto('/');
    await page.getByText('Every record is accounted for').waitFor();
    await served.stop();
    await page.clock.runFor(20_000);
    await page.getByRole('alert').getByText('The server does not answer').waitFor();
    await page.getByText('Every record is accounted for').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    const again = await serving(place, ['serve', '--port', port]);
    await page.clock.runFor(20_000);
    await page.getByRole('alert').waitFor({ state: 'detached' });
    await close();
    await again.stop();
  });

  test('a property that is known of nobody is said to be so, and is still a table', async () => {
    await land();
    await place.json(['run']);
    const served = await serving(place, ['serve', '--port', '0']);
    const { page, close } = await openPage(browser, served.url);
    await page.goto('/dashboard/demographics');
    const chart = page.getByRole('region', { name: 'BMI category' });
    await chart.getByText('Not known of any of the 4 patients.').waitFor();
    await chart.getByRole('button', { name: 'BMI category: table' }).click();
    expect(await chart.locator('tbody tr').allInnerTexts()).toEqual(['Missing\t4\t100.0 %']);
    await close();
    await served.stop();
  });

  test.each([320, 1440])('numbers of ten digits stay within their cards at %i px', async (width) => {
    await land();
    await place.json(['run']);
    const served = await serving(place, ['serve', '--port', '0']);
    const { page, close } = await openPage(browser, served.url, { viewport: { width, height: 900 } });
    // The answers of the server, as those of a country would be.
    await page.route(/api.(status|analytics)/, async (route) => {
      const response = await route.fetch();
      const large = (await response.text()).replace(/(?<=:)[1-9][0-9]{0,2}(?=[,}])/g, '1234567890');
      await route.fulfill({ response, body: large });
    });
    for (const path of ['/', '/dashboard/demographics']) {
      await page.goto(path);
      await page.getByText('1,234,567,890').first().waitFor();
      expect(await page.evaluate(outside)).toEqual([]);
    }
    await close();
    await served.stop();
  });

  test('texts of the data are shown as texts, and are no formula in CSV; what is missing is none of the numbers', async () => {
    await land();
    await place.json(['run']);
    const served = await serving(place, ['serve', '--port', '0']);
    const { page, messages, close } = await openPage(browser, served.url);
    await page.goto('/dashboard/demographics');
    // Nobody's body mass index or smoking status is known.
    await page.locator('[data-metric="total_patients"] .big').waitFor();
    expect(await page.locator('[data-metric] .big').allInnerTexts()).toEqual(['4', '41.5', '–', '–']);
    await page.getByRole('button', { name: 'Location: table' }).click();
    for (const location of hostile) await page.getByRole('button', { name: location, exact: true }).waitFor();
    await page.getByRole('button', { name: 'Location: download' }).click();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'Download CSV' }).click(),
    ]);
    const [, ...rows] = parse(await readFile(await file.path()), { bom: true }) as string[][];
    expect(rows.map(([location]) => location).sort()).toEqual(["'-1+1", "'=cmd|calc", "'@SUM(1)", hostile[2]].sort());
    // The missing value can be chosen like any other.
    await page.getByRole('button', { name: 'Gender: table' }).click();
    await page.getByRole('button', { name: 'Missing', exact: true }).click();
    await page.waitForURL(/gender=$/);
    expect(await page.locator('[data-metric="total_patients"] .big').textContent()).toBe('4');
    expect(messages).toEqual([]);
    await close();
    await served.stop();
  });
});

/** The cards, and the page, that hold more than they are wide. Runs in the page. */
function outside(): string[] {
  const parts = [document.documentElement, ...document.querySelectorAll('.figure, .stage, .stage dl')];
  return parts.filter((part) => part.scrollWidth > part.clientWidth).map((part) => part.className || part.tagName);
}
