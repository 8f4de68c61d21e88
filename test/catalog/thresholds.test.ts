// The bands of age, body mass and severity meet without gap or overlap, whatever the number.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ageGroups, type Band, bmiCategories, severityLevels } from '../../src/catalog/codes/clinical-thresholds.js';

const labels = (bands: readonly Band[], value: number) =>
  bands
    .filter(({ from, below }) => (from ?? -Infinity) <= value && value < (below ?? Infinity))
    .map(({ label }) => label);

test.each([ageGroups, bmiCategories, severityLevels])('every number from 0 on has one band of $name', ({ bands }) => {
  fc.assert(fc.property(fc.double({ min: 0, max: 200, noNaN: true }), (value) => labels(bands, value).length === 1));
});

test.each([
  [ageGroups, 17, '0-17'],
  [ageGroups, 18, '18-34'],
  [ageGroups, 35, '35-49'],
  [ageGroups, 50, '50-64'],
  [ageGroups, 65, '65+'],
  [bmiCategories, 18.4, 'Underweight'],
  [bmiCategories, 18.5, 'Normal'],
  [bmiCategories, 25, 'Overweight'],
  [bmiCategories, 30, 'Obese'],
  [severityLevels, 3.9, 'Low'],
  [severityLevels, 4, 'Medium'],
  [severityLevels, 7, 'High'],
])('$0.name: %s is in the band that begins there', ({ bands }, value, label) => {
  expect(labels(bands, value)).toEqual([label]);
});
