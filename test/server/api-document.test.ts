// docs/api.md names every path that the server has.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { emptyHouse, type House } from './house.js';

let house: House;
beforeAll(async () => {
  house = await emptyHouse();
});
afterAll(() => house.close());

const document = readFileSync(new URL('../../docs/api.md', import.meta.url), 'utf8');

test('every path of the interface stands in its document', async () => {
  const { paths } = await house.get<{ paths: Record<string, unknown> }>('/api/openapi.json');
  const all = Object.keys(paths).map((path) => path.replaceAll(/\{([a-z]+)\}/g, ':$1'));
  expect(all.length).toBeGreaterThan(60);
  const missing = all.filter((path) => {
    // `/api/ml/predict/readmission`, `/risk-score`: the last part alone after one that is whole.
    const last = path.slice(path.lastIndexOf('/'));
    return !document.includes(path) && !document.includes(`\`${last}\``);
  });
  expect(missing).toEqual([]);
});
