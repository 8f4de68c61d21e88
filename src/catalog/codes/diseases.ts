// The labels by which diseases are grouped: the chapters that ICD-9-CM and ICD-10 have in common, in human words.

export const diseases = [
  'Infectious',
  'Neoplasms',
  'Blood and immune',
  'Endocrine and metabolic',
  'Mental',
  'Nervous system and senses',
  'Circulatory',
  'Respiratory',
  'Digestive',
  'Genitourinary',
  'Pregnancy and birth',
  'Skin',
  'Musculoskeletal',
  'Perinatal',
  'Congenital',
  'Symptoms',
  'Injury and poisoning',
  'External causes',
  'Other health factors',
  'Special purposes',
] as const;

export type Disease = (typeof diseases)[number];

/** A run of categories that belong to one chapter. */
export interface ChapterRange {
  /** The first category: the first three characters of a code without its dot, upper case. */
  readonly start: string;
  /** The last category, included; compared bytewise. */
  readonly end: string;
  readonly disease: Disease;
}
