// The card in a real browser: on a phone, in the dark, on paper, and for those who do not see it.
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cardHtml } from '../../../src/models/card/html.js';
import { hasBrowser, launch } from '../../web/pages/browser.js';
import { progressionCard, readmissionCard } from './example.js';

const pictures = process.env.CARELAKE_TEST_SCREENSHOTS;

describe.skipIf(!hasBrowser)('a card in the browser (CARELAKE_TEST_CHROMIUM)', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  test.each([
    { card: readmissionCard, model: 'readmission', width: 1280, colorScheme: 'light' },
    { card: readmissionCard, model: 'readmission', width: 390, colorScheme: 'dark' },
    { card: progressionCard, model: 'progression', width: 390, colorScheme: 'light' },
  ] as const)('$model, $width wide, $colorScheme: nothing runs over the edge, axe finds nothing', async (shown) => {
    const { card, model, width, colorScheme } = shown;
    const context = await browser.newContext({ viewport: { width, height: 844 }, colorScheme });
    const page = await context.newPage();
    await page.setContent(cardHtml(card));
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    if (width === 390) {
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    }
    if (pictures) {
      await page.screenshot({
        path: join(pictures, `card-${model}-${width}-${colorScheme}.png`),
        fullPage: true,
      });
    }
    await context.close();
  });

  test('on paper it fits a sheet of A4 and is light, whatever the screen was', async () => {
    const context = await browser.newContext({ viewport: { width: 718, height: 1000 }, colorScheme: 'dark' });
    const page = await context.newPage();
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await page.setContent(cardHtml(readmissionCard));
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(718);
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)');
    if (pictures) await page.screenshot({ path: join(pictures, 'card-readmission-paper.png'), fullPage: true });
    await context.close();
  });
});
