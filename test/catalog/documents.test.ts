// The generated documents say what the code says.
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { checkReference } from '../../src/catalog/check-documentation.js';
import { dataDictionary } from '../../src/catalog/documentation.js';
import { errorReference } from '../../src/catalog/error-documentation.js';
import { featureDocumentation } from '../../src/catalog/feature-documentation.js';
import { metricDocumentation } from '../../src/catalog/metric-documentation.js';
import { errorTable } from '../../src/errors.js';

const document = (name: string) => readFile(new URL(`../../docs/${name}`, import.meta.url), 'utf8');

test.each([
  ['data-dictionary.md', () => dataDictionary()],
  ['metrics.md', () => metricDocumentation()],
  ['features.md', () => featureDocumentation()],
  ['checks.md', () => checkReference()],
  ['errors.md', () => errorReference(errorTable)],
])('docs/%s is the one generated from the code', async (name, generate) => {
  const same = (await document(name)) === generate();
  expect(same, `docs/${name} is out of date: npm run build && npm run docs`).toBe(true);
});

test('a bar in a cell does not end it', () => {
  const text = errorReference({ ODD: { title: 'a | b', fix: 'c', status: 400, exit: 1 } });
  expect(text).toContain('| `ODD` | a \\| b | c | 400 | 1 |');
});
