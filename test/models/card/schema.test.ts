// A card is what its schema says, and stays so on its way through a file.
import { Check, Errors } from 'typebox/value';
import { expect, test } from 'vitest';
import { modelCard } from '../../../src/models/card/schema.js';
import { progressionCard, readmissionCard } from './example.js';

test.each([
  ['readmission', readmissionCard],
  ['progression', progressionCard],
] as const)('the card of %s fits its schema after a way through JSON', (_, card) => {
  const read = JSON.parse(JSON.stringify(card));
  expect(read).toEqual(card);
  expect([...Errors(modelCard, read)]).toEqual([]);
  expect(Check(modelCard, { ...read, promotion: undefined })).toBe(false);
});
