// The chapters of ICD-10 by category, with the categories that ICD-10-CM adds (D49, O9A, Y99).
import type { ChapterRange } from './diseases.js';

const chapters: readonly ChapterRange[] = [
  { start: 'A00', end: 'B99', disease: 'Infectious' },
  { start: 'C00', end: 'D49', disease: 'Neoplasms' },
  { start: 'D50', end: 'D89', disease: 'Blood and immune' },
  { start: 'E00', end: 'E90', disease: 'Endocrine and metabolic' },
  { start: 'F00', end: 'F99', disease: 'Mental' },
  { start: 'G00', end: 'G99', disease: 'Nervous system and senses' },
  { start: 'H00', end: 'H95', disease: 'Nervous system and senses' },
  { start: 'I00', end: 'I99', disease: 'Circulatory' },
  { start: 'J00', end: 'J99', disease: 'Respiratory' },
  { start: 'K00', end: 'K95', disease: 'Digestive' },
  { start: 'L00', end: 'L99', disease: 'Skin' },
  { start: 'M00', end: 'M99', disease: 'Musculoskeletal' },
  { start: 'N00', end: 'N99', disease: 'Genitourinary' },
  { start: 'O00', end: 'O9A', disease: 'Pregnancy and birth' },
  { start: 'P00', end: 'P96', disease: 'Perinatal' },
  { start: 'Q00', end: 'Q99', disease: 'Congenital' },
  { start: 'R00', end: 'R99', disease: 'Symptoms' },
  { start: 'S00', end: 'T98', disease: 'Injury and poisoning' },
  { start: 'U00', end: 'U99', disease: 'Special purposes' },
  { start: 'V00', end: 'Y99', disease: 'External causes' },
  { start: 'Z00', end: 'Z99', disease: 'Other health factors' },
];

export const icd10Chapters = {
  name: 'ICD-10 chapters',
  source:
    'International Statistical Classification of Diseases and Related Health Problems, 10th Revision, WHO 2019; ' +
    'ICD-10-CM, CDC/NCHS, FY 2024. Eye (H00-H59) and ear (H60-H95) stand with the nervous system, as in ICD-9-CM.',
  system: 'icd-10',
  chapters,
} as const;
