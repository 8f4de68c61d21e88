// The Charlson groups: complete, with their weights, and no code in two groups but those that the source puts there.
import { describe, expect, test } from 'vitest';
import { type CharlsonGroup, type CodeRange, charlson } from '../../src/catalog/codes/charlson.js';
import { codesIn } from '../../src/catalog/codes/codes-in-range.js';

type System = 'icd9' | 'icd10';
const matches = (code: string, { start, end }: CodeRange) => code >= start && code.slice(0, end.length) <= end;
const groupsOf = (code: string, system: System) =>
  charlson.groups.filter((group) => group[system].some((range) => matches(code, range))).map(({ name }) => name);
const bounds = (group: CharlsonGroup, system: System) => group[system].flatMap(({ start, end }) => [start, end]);

test('there are 17 groups: ten of weight 1, four of 2, one of 3 and two of 6', () => {
  expect(new Set(charlson.groups.map(({ name }) => name)).size).toBe(17);
  const weights = charlson.groups.map(({ weight }) => weight);
  expect(weights.toSorted()).toEqual([...Array(10).fill(1), ...Array(4).fill(2), 3, 6, 6]);
});

test('a group that replaces another weighs more than it', () => {
  const pairs = charlson.groups.flatMap(({ name, weight, replaces }) => {
    const milder = charlson.groups.find((group) => group.name === replaces);
    return milder ? [[name, milder.name, weight > milder.weight]] : [];
  });
  expect(pairs).toEqual([
    ['diabetes_complicated', 'diabetes_uncomplicated', true],
    ['severe_liver', 'mild_liver', true],
    ['metastatic', 'malignancy', true],
  ]);
});

describe.each(['icd9', 'icd10'] as const)('%s', (system) => {
  test('each range is of codes without dots, from low to high', () => {
    for (const { start, end } of charlson.groups.flatMap((group) => group[system])) {
      expect(`${start} ${end}`).toMatch(/^[0-9A-Z][0-9]{2,4} [0-9A-Z][0-9]{2,4}$/);
      expect(start <= end).toBe(true);
    }
  });

  test('the bounds of each group belong to it', () => {
    for (const group of charlson.groups) {
      for (const code of bounds(group, system)) expect(groupsOf(code, system)).toContain(group.name);
    }
  });

  test('only hypertension with heart and kidney failure, and cerebral aneurysm, are in two groups, as the source has it', () => {
    const codes = charlson.groups.flatMap((group) => bounds(group, system));
    const shared = [...new Set(codes)].filter((code) => groupsOf(code, system).length > 1);
    expect(shared.toSorted()).toEqual(system === 'icd9' ? ['40403', '40413', '40493', '4373'] : []);
  });
});

test.each([
  ['41401', 'icd9', []],
  ['41071', 'icd9', ['myocardial_infarction']],
  ['4280', 'icd9', ['heart_failure']],
  ['4253', 'icd9', []],
  ['25002', 'icd9', ['diabetes_uncomplicated']],
  ['25062', 'icd9', ['diabetes_complicated']],
  ['1958', 'icd9', ['malignancy']],
  ['19889', 'icd9', ['metastatic']],
  ['173', 'icd9', []],
  ['E119', 'icd10', ['diabetes_uncomplicated']],
  ['E1122', 'icd10', ['diabetes_complicated']],
  ['I5023', 'icd10', ['heart_failure']],
  ['J449', 'icd10', ['chronic_pulmonary']],
  ['C787', 'icd10', ['metastatic']],
  ['C44', 'icd10', []],
] as const)('%s of %s is in the groups %j', (code, system, groups) => {
  expect(groupsOf(code, system)).toEqual(groups);
});

describe('the codes of a range, listed', () => {
  const all = charlson.groups.flatMap(({ icd9, icd10 }) => [...icd9, ...icd10]);
  test('are those that the range spans, of all codes of either form', () => {
    const digits = [...'0123456789'];
    const last = [...digits, ...'ABCXYZ'];
    const join = (heads: readonly string[], tails: readonly string[]) => heads.flatMap((a) => tails.map((b) => a + b));
    const icd9 = join(join(digits, digits), digits);
    const icd10 = join(join([...'BCDEFGHIJKMNPZV'], digits), last);
    const codes = [...icd9, ...icd10, ...join(icd9, digits), ...join(icd10, digits)];
    for (const range of all) {
      const listed = new Set(codesIn(range));
      const near = codes.filter((code) => code.charAt(0) === range.start.charAt(0) || /^[0-9]/.test(range.start));
      const wrong = near.filter((code) => matches(code, range) !== listed.has(code.slice(0, range.end.length)));
      expect([range, wrong]).toEqual([range, []]);
    }
  });

  test('hold a category with a letter, and the category of a longer bound as a whole code', () => {
    expect(codesIn({ start: 'C77', end: 'C80' })).toContain('C7B');
    const solid = codesIn({ start: '174', end: '1958' });
    expect(['174', '195', '1958'].every((code) => solid.includes(code))).toBe(true);
    expect(solid).not.toContain('1959');
    expect(codesIn({ start: '412', end: '412' })).toEqual(['412']);
  });
});
