// The pages over a demo, in a real browser: sound at both widths and in both schemes, and their numbers those of `query`.
import { readdir, readFile } from 'node:fs/promises';
import type { Browser, Page } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Place } from '../../end-to-end/place.js';
import { freePort, type Served, serving } from '../../end-to-end/served.js';
import { axeFaults, hasBrowser, keepPicture, launch, openPage } from './browser.js';

const pages = [
  ['home', '/', 'Home', /records/],
  ['demographics', '/dashboard/demographics', 'Demographics', /BMI category/],
  ['quality', '/quality', 'Quality', /Reason/],
  ['runs', '/runs', 'Runs', /published/],
] as const;
const widths = [1440, 390] as const;
const schemes = ['light', 'dark'] as const;

describe.skipIf(!hasBrowser)('the pages over a demo (CARELAKE_TEST_CHROMIUM)', () => {
  let place: Place;
  let served: Served;
  let browser: Browser;

  beforeAll(async () => {
    place = await Place.make();
    served = await serving(place, ['demo', '--patients', '2000', '--no-train', '--port', await freePort()]);
    browser = await launch();
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await served?.stop();
    await place?.remove();
  });

  const views = pages.flatMap((page) =>
    widths.flatMap((width) => schemes.map((scheme) => [...page, width, scheme] as const)),
  );
  test.each(views)(
    '%s (%s, %s, %s) at %i px, %s: axe finds nothing, nothing is logged, nothing foreign is fetched',
    async (name, path, title, says, width, colorScheme) => {
      const { page, messages, strangers, close } = await openPage(browser, served.url, {
        viewport: { width, height: 900 },
        colorScheme,
      });
      await page.goto(path);
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      await page.getByText(says).first().waitFor();
      await settled(page);
      await keepPicture(page, `${name}-${width}-${colorScheme}`);
      expect(await axeFaults(page)).toEqual([]);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
      ).toBe(0);
      if (width === 390) expect(await scrollsSideways(page)).toEqual([]);
      expect({ messages, strangers }).toEqual({ messages: [], strangers: [] });
      await close();
    },
  );

  test('the four figures and the table of every chart are what query says', async () => {
    const { page, close } = await openPage(browser, served.url);
    await page.goto('/dashboard/demographics');
    const [[patients, age, bmi, smokers]] = (await place.query(`
      select count(*), avg(age), avg(bmi), 100.0 * count(*) filter (smoker_status = 'Current') / count(smoker_status)
      from patient_summary`)) as [[number, number, number, number]];
    expect(await figures(page)).toEqual([round(patients, 0), round(age, 1), round(bmi, 1), round(smokers, 1)]);
    for (const [title, column] of [
      ['Gender', 'gender'],
      ['Age group', 'age_group'],
      ['Location', 'location'],
      ['BMI category', 'bmi_category'],
    ] as const) {
      const rows = (await place.query(
        `select coalesce(${column}, 'Missing'), count(*) from patient_summary group by 1`,
      )) as [string, number][];
      expect(new Map(await chartTable(page, title))).toEqual(new Map(rows));
    }
    await close();
  });

  test('a choice in one chart filters figures and the other charts, stands in the address, and is taken back', async () => {
    const { page, close } = await openPage(browser, served.url);
    await page.goto('/dashboard/demographics');
    const everybody = await figures(page);
    const genders = await chartTable(page, 'Gender');
    await page.getByRole('button', { name: 'Female', exact: true }).click();
    await page.waitForURL(/gender=Female/);
    const [[women]] = (await place.query(`select count(*) from patient_summary where gender = 'Female'`)) as [[number]];
    await expect.poll(async () => (await figures(page))[0]).toBe(round(women, 0));
    const groups = (await place.query(
      `select age_group, count(*) from patient_summary where gender = 'Female' group by 1`,
    )) as [string, number][];
    expect(new Map(await chartTable(page, 'Age group'))).toEqual(new Map(groups));
    // The chart that was chosen in shows what else there is to choose.
    expect(await rowsOf(page, 'Gender')).toEqual(genders);
    await page.getByRole('button', { name: 'Clear all' }).click();
    await expect.poll(() => figures(page)).toEqual(everybody);
    await close();
  });

  test('a click on a bar chooses it', async () => {
    const { page, close } = await openPage(browser, served.url, { viewport: { width: 1440, height: 900 } });
    await page.goto('/dashboard/demographics');
    await settled(page);
    const plot = page.getByRole('img', { name: /^Age group:/ });
    const box = await plot.boundingBox();
    if (!box) throw new Error('The chart is not drawn.');
    // Near the ground line of the middle bar: every bar reaches down to there.
    await plot.click({ position: { x: box.width / 2 + 20, y: box.height - 62 } });
    await page.waitForURL(/age_group=35-49/);
    await expect.poll(() => page.getByText('Age Group: 35-49').count()).toBe(1);
    await close();
  });

  test('CSV has the numbers of the chart, PNG is a picture', async () => {
    const { page, close } = await openPage(browser, served.url);
    await page.goto('/dashboard/demographics');
    const table = await chartTable(page, 'Location');
    const csv = await download(page, 'Location', 'Download CSV');
    const [head, ...rows] = parse(csv, { bom: true }) as string[][];
    expect(head).toEqual(['Location', 'Total Patients', 'Share %']);
    expect(rows.map(([location, count]) => [location, Number(count)])).toEqual(table);
    const png = await download(page, 'Location', 'Download PNG');
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect({ width: png.readUInt32BE(16), tall: png.readUInt32BE(20) > 300 }).toEqual({ width: 1600, tall: true });
    await close();
  });

  test('grade, score, account and rejected rows are those of the command line', async () => {
    const { page, close } = await openPage(browser, served.url);
    await page.goto('/quality');
    const quality = await place.json<{ grade: string; score: number }>(['quality']);
    const grade = page.getByRole('region', { name: 'Grade' });
    await grade.waitFor();
    expect(await grade.textContent()).toMatch(new RegExp(`^${quality.grade}${quality.score.toFixed(1)}of 100`));
    const { accounting } = await place.json<{ accounting: { file: string; lines?: number; rejected: number }[] }>([
      'status',
    ]);
    // What was typed, as another test may have done, has no lines.
    const isFile = ({ lines }: { lines?: number }) => lines !== undefined;
    const shown = await page
      .getByRole('region', { name: 'Accounting by file, in lines' })
      .locator('tbody tr')
      .allInnerTexts();
    expect(
      shown
        .map((row) => row.split('\t'))
        .map(([file, , , , , rejected, , lines]) => [file, numberOf(rejected), numberOf(lines)]),
    ).toEqual(accounting.filter(isFile).map(({ file, lines, rejected }) => [file, rejected, lines]));
    const rejects = await place.json<{ total: number }>(['rejects', '--limit', '1']);
    await page.getByText(`${rejects.total.toLocaleString('en-US')} flaws`).waitFor();
    await close();
  });

  test('a failed check opens to the rows that fail it', async () => {
    const { page, close } = await openPage(browser, served.url);
    await page.goto('/quality');
    const check = page.getByRole('region', { name: 'Checks', exact: true }).locator('button[aria-expanded]').first();
    const id = (await check.textContent()) ?? '';
    await check.click();
    const { rows } = await place.json<{ rows: { key: string }[] }>(['quality', id, '--limit', '10']);
    const shown = page.getByRole('region', { name: `Rows that fail ${id}` }).locator('tbody tr td:first-child');
    await shown.first().waitFor();
    expect(await shown.allInnerTexts()).toEqual(rows.map(({ key }) => key));
    await close();
  });

  test('a patient who is typed is counted on the open page when the server tells of the run', async () => {
    const { page, close } = await openPage(browser, served.url);
    // It does not look by itself.
    await page.addInitScript(() => Object.assign(window, { setInterval: () => 0 }));
    await page.goto('/dashboard/demographics');
    const patients = async () => numberOf((await figures(page))[0]);
    const before = await patients();
    const typed = await fetch(`${served.url}/api/patient`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ patient_id: 'typed-here', name: 'Ann Example', age: 65, gender: 'Female' }),
    });
    expect(typed.status).toBe(201);
    await expect.poll(patients, { timeout: 60_000 }).toBe(before + 1);
    await close();
  });

  test('a second demo at the same port is refused before it makes anything', async () => {
    const other = await Place.make();
    const port = new URL(served.url).port;
    expect(await other.failure(['demo', '--patients', '10', '--port', port])).toMatchObject({
      code: 'SERVE_PORT',
      detail: expect.stringContaining(port),
    });
    expect(await readdir(other.lake()).catch(() => [])).toEqual([]);
    await other.remove();
  });

  test('an address without a page says so, and an unknown run is named with what to do', async () => {
    const { page, close } = await openPage(browser, served.url);
    await page.goto('/nowhere');
    await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
    await page.goto('/quality?run=none');
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toContain('none');
    expect(await alert.textContent()).toMatch(/[A-Z]+_[A-Z_]+/);
    await close();
  });
});

/** Until every question is answered and every chart is drawn. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await expect.poll(() => page.locator('[role="status"], .waiting').count()).toBe(0);
}

/** The parts of the page that hide something to the right. */
async function scrollsSideways(page: Page): Promise<string[]> {
  const parts = await page.locator('.scrolling').all();
  const wide = await Promise.all(
    parts.map((part) =>
      part.evaluate(({ scrollWidth, clientWidth, ariaLabel }) => (scrollWidth > clientWidth ? [`${ariaLabel}`] : [])),
    ),
  );
  return wide.flat();
}

async function figures(page: Page): Promise<string[]> {
  const shown = page.locator('[data-metric] .big');
  await shown.first().waitFor();
  return shown.allInnerTexts();
}

async function chartTable(page: Page, title: string): Promise<[string, number][]> {
  const button = page.getByRole('button', { name: `${title}: table` });
  await button.waitFor();
  if ((await button.getAttribute('aria-pressed')) === 'false') await button.click();
  return rowsOf(page, title);
}

async function rowsOf(page: Page, title: string): Promise<[string, number][]> {
  const rows = await page
    .getByRole('region', { name: `${title}, table` })
    .locator('tbody tr')
    .allInnerTexts();
  return rows.map((row) => row.split('\t')).map(([value = '', count]) => [value.trim(), numberOf(count)]);
}

async function download(page: Page, title: string, item: string): Promise<Buffer> {
  await page.getByRole('button', { name: `${title}: download` }).click();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: item }).click()]);
  return readFile(await file.path());
}

const numberOf = (text: string | undefined): number => Number(text?.replaceAll(',', ''));

const round = (value: number, digits: number): string =>
  value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
