// The chapters of ICD-9-CM by category. Codes of E are compared by their first three characters too (E849.0 → E84).
import type { ChapterRange } from './diseases.js';

const chapters: readonly ChapterRange[] = [
  { start: '001', end: '139', disease: 'Infectious' },
  { start: '140', end: '239', disease: 'Neoplasms' },
  { start: '240', end: '279', disease: 'Endocrine and metabolic' },
  { start: '280', end: '289', disease: 'Blood and immune' },
  { start: '290', end: '319', disease: 'Mental' },
  { start: '320', end: '389', disease: 'Nervous system and senses' },
  { start: '390', end: '459', disease: 'Circulatory' },
  { start: '460', end: '519', disease: 'Respiratory' },
  { start: '520', end: '579', disease: 'Digestive' },
  { start: '580', end: '629', disease: 'Genitourinary' },
  { start: '630', end: '679', disease: 'Pregnancy and birth' },
  { start: '680', end: '709', disease: 'Skin' },
  { start: '710', end: '739', disease: 'Musculoskeletal' },
  { start: '740', end: '759', disease: 'Congenital' },
  { start: '760', end: '779', disease: 'Perinatal' },
  { start: '780', end: '799', disease: 'Symptoms' },
  { start: '800', end: '999', disease: 'Injury and poisoning' },
  { start: 'E00', end: 'E99', disease: 'External causes' },
  { start: 'V01', end: 'V91', disease: 'Other health factors' },
];

export const icd9Chapters = {
  name: 'ICD-9-CM chapters',
  source: 'International Classification of Diseases, Ninth Revision, Clinical Modification; CDC/NCHS and CMS, FY 2015.',
  system: 'icd-9-cm',
  chapters,
} as const;
