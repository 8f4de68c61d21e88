// Features are told apart by their names and synonyms, and say what a number may be.
import { expect, test } from 'vitest';
import { charlson } from '../../src/catalog/codes/charlson.js';
import { laceComorbidity } from '../../src/catalog/codes/lace-comorbidity.js';
import { features } from '../../src/catalog/features.js';

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

test('every name is a column name, and no synonym of another feature', () => {
  const names = features.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
  for (const { name, synonyms } of features) {
    const others = new Set(names.filter((other) => other !== name).map(plain));
    expect(synonyms.filter((synonym) => others.has(plain(synonym)))).toEqual([]);
  }
});

test('no synonym means two features', () => {
  const meant = new Map<string, string[]>();
  for (const { name, synonyms } of features) {
    for (const synonym of new Set(synonyms.map(plain))) meant.set(synonym, [...(meant.get(synonym) ?? []), name]);
  }
  expect([...meant].filter(([, named]) => named.length > 1)).toEqual([]);
});

test('every number has bounds', () => {
  const numbers = features.filter(({ type }) => type === 'number');
  expect(numbers.filter(({ min, max }) => min === undefined || max === undefined || min >= max)).toEqual([]);
});

test('LACE weighs 15 of the Charlson groups, each once', () => {
  const weighed = laceComorbidity.weights.map(({ group }) => group);
  expect(new Set(weighed).size).toBe(15);
  const groups = charlson.groups.map(({ name }) => name);
  expect(groups.filter((group) => !weighed.includes(group))).toEqual(['peptic_ulcer', 'hemiplegia']);
  expect(weighed.filter((group) => !groups.includes(group))).toEqual([]);
});
