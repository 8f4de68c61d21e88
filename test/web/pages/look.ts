// A page looked at on a desk and on a phone, light and dark: a picture of each, what axe says of it, and nothing beyond its edge.
import type { Page } from '@playwright/test';
import { expect } from 'vitest';
import { axeFaults, keepPicture } from './browser.js';

const sizes = [
  { name: '1440', viewport: { width: 1440, height: 900 } },
  { name: '390', viewport: { width: 390, height: 844 } },
];

export async function look(page: Page, name: string): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize(size.viewport);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await keepPicture(page, `${name}-${size.name}-${colorScheme}`);
      expect([name, size.name, colorScheme, await axeFaults(page)]).toEqual([name, size.name, colorScheme, []]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: 'light' });
}
