// The chapter of a diagnosis that a request names, by the rules by which the table visits has its own.
import { diseaseKeywords } from '../../catalog/codes/disease-keywords.js';
import type { Disease } from '../../catalog/codes/diseases.js';
import { icd9Chapters } from '../../catalog/codes/icd9-chapters.js';
import { icd10Chapters } from '../../catalog/codes/icd10-chapters.js';

/** @param system A value of diagnosis_system; without one, the form of the code tells. */
export function chapterOfCode(code: string, system?: string): Disease | undefined {
  const known = system ?? (/^[0-9]/.test(code) || /^E...[.]/i.test(code) ? 'icd-9-cm' : 'icd-10');
  const stem = (code.split('.')[0] ?? '').replaceAll(/[a-z]/g, (letter) => letter.toUpperCase());
  const category = stem.slice(0, 3);
  if (known === 'icd-9-cm' && /^([0-9]{1,5}|[VE][0-9]{1,4})$/.test(stem)) {
    return chapterOf(stem.length < 3 ? stem.padStart(3, '0') : category, icd9Chapters.chapters);
  }
  if (known === 'icd-10' && /^[A-Z][0-9][0-9A-Z]$/.test(category)) return chapterOf(category, icd10Chapters.chapters);
  return undefined;
}

export function chapterOfWords(description: string): Disease | undefined {
  const words = ` ${description.toLowerCase().replaceAll(/[^a-z0-9]+/g, ' ')} `;
  return diseaseKeywords.entries.find(({ keyword }) => words.includes(` ${keyword} `))?.disease;
}

function chapterOf(category: string, chapters: typeof icd9Chapters.chapters | typeof icd10Chapters.chapters) {
  return chapters.find(({ start, end }) => start <= category && category <= end)?.disease;
}
