// Every code has one chapter, in both versions of ICD, and words of a description lead to the chapter of their code.
import { describe, expect, test } from 'vitest';
import { diseaseKeywords } from '../../src/catalog/codes/disease-keywords.js';
import { type ChapterRange, diseases } from '../../src/catalog/codes/diseases.js';
import { icd9Chapters } from '../../src/catalog/codes/icd9-chapters.js';
import { icd10Chapters } from '../../src/catalog/codes/icd10-chapters.js';

const chapterOf = (category: string, chapters: readonly ChapterRange[]) =>
  chapters.filter(({ start, end }) => start <= category && category <= end).map(({ disease }) => disease);

describe.each([icd9Chapters, icd10Chapters])('$name', ({ chapters }) => {
  test('the ranges rise and do not overlap', () => {
    const bounds = chapters.flatMap(({ start, end }) => [start, end]);
    expect(bounds).toEqual(bounds.toSorted());
    expect(new Set(chapters.map(({ start }) => start)).size).toBe(chapters.length);
    for (const [index, { end }] of chapters.entries()) expect(chapters[index + 1]?.start).not.toBe(end);
  });

  test('each bound is a category of three characters', () => {
    for (const { start, end } of chapters) expect(`${start} ${end}`).toMatch(/^[0-9A-Z]{3} [0-9A-Z]{3}$/);
  });
});

test('every numeric category of ICD-9-CM from 001 to 999 has one chapter', () => {
  for (let category = 1; category <= 999; category++) {
    expect(chapterOf(String(category).padStart(3, '0'), icd9Chapters.chapters)).toHaveLength(1);
  }
});

test('every letter of ICD-10 has a chapter at its beginning', () => {
  for (const letter of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ') {
    expect(chapterOf(`${letter}01`, icd10Chapters.chapters)).toHaveLength(1);
  }
});

test.each([
  ['250', 'E11', 'Endocrine and metabolic'],
  ['428', 'I50', 'Circulatory'],
  ['486', 'J18', 'Respiratory'],
  ['366', 'H25', 'Nervous system and senses'],
  ['388', 'H93', 'Nervous system and senses'],
  ['285', 'D64', 'Blood and immune'],
  ['239', 'D49', 'Neoplasms'],
  ['648', 'O9A', 'Pregnancy and birth'],
  ['V45', 'Z3A', 'Other health factors'],
  ['E84', 'W19', 'External causes'],
])('ICD-9-CM %s and ICD-10 %s are both %s', (icd9, icd10, disease) => {
  expect(chapterOf(icd9, icd9Chapters.chapters)).toEqual([disease]);
  expect(chapterOf(icd10, icd10Chapters.chapters)).toEqual([disease]);
});

test('every label is used by one version or both', () => {
  const used = [...icd9Chapters.chapters, ...icd10Chapters.chapters].map(({ disease }) => disease);
  expect(new Set(used)).toEqual(new Set(diseases));
});

const diseaseOf = (description: string) => {
  const words = ` ${description.toLowerCase().replaceAll(/[^a-z0-9]+/g, ' ')} `;
  return diseaseKeywords.entries.find(({ keyword }) => words.includes(` ${keyword} `))?.disease;
};

test('keywords are lower-case words, each once', () => {
  const words = diseaseKeywords.entries.map(({ keyword }) => keyword);
  for (const word of words) expect(word).toMatch(/^[a-z0-9]+( [a-z0-9]+)*$/);
  expect(new Set(words).size).toBe(words.length);
});

test('every keyword decides, at least where it stands alone', () => {
  for (const { keyword, disease } of diseaseKeywords.entries)
    expect([keyword, diseaseOf(keyword)]).toEqual([keyword, disease]);
});

test.each([
  ['Type 2 diabetes mellitus', 'Endocrine and metabolic'],
  ['Congestive Heart Failure, unspecified', 'Circulatory'],
  ['Essential (primary) hypertension', 'Circulatory'],
  ['Community-acquired pneumonia', 'Respiratory'],
  ['Gestational diabetes', 'Pregnancy and birth'],
  ['Acute kidney injury', 'Genitourinary'],
  ["Alzheimer's dementia", 'Nervous system and senses'],
  ['Personal history of malignant neoplasm', 'Other health factors'],
  ['Heartburn', undefined],
  ['Follow-up', undefined],
])('"%s" is %s', (description, disease) => {
  expect(diseaseOf(description)).toBe(disease);
});
