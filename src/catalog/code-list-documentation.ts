// The part of the data dictionary that shows the code lists, each with its source.
import { type CodeRange, charlson } from './codes/charlson.js';
import { ageGroups, type Band, bmiCategories, severityLevels } from './codes/clinical-thresholds.js';
import { diseaseKeywords } from './codes/disease-keywords.js';
import type { ChapterRange } from './codes/diseases.js';
import { drugIngredients } from './codes/drug-ingredients.js';
import { icd9Chapters } from './codes/icd9-chapters.js';
import { icd10Chapters } from './codes/icd10-chapters.js';
import { loincMeasurements } from './codes/loinc-measurements.js';
import { smokingStatus } from './codes/smoking-status.js';
import { syntheaPayers } from './codes/synthea-payers.js';
import { uciAdmissionSources } from './codes/uci-admission-sources.js';
import { uciAdmissionTypes } from './codes/uci-admission-types.js';
import { uciDischargeDispositions } from './codes/uci-discharge-dispositions.js';
import { markdownTable } from './markdown.js';

export function codeListSections(): readonly string[] {
  return [
    ...section(ageGroups, bands(ageGroups.bands)),
    ...section(bmiCategories, bands(bmiCategories.bands)),
    `Below the age of ${bmiCategories.adultsFrom} the category is left out.`,
    ...section(severityLevels, bands(severityLevels.bands)),
    ...section(icd9Chapters, chapters(icd9Chapters.chapters)),
    ...section(icd10Chapters, chapters(icd10Chapters.chapters)),
    ...section(diseaseKeywords, keywords()),
    ...section(charlson, charlsonGroups()),
    ...section(loincMeasurements, measurements()),
    ...section(smokingStatus, smoking()),
    ...section(drugIngredients, ingredients()),
    ...section(syntheaPayers, payers()),
    ...section(uciAdmissionTypes, uciCodes(uciAdmissionTypes.codes)),
    ...section(uciAdmissionSources, uciCodes(uciAdmissionSources.codes)),
    ...section(uciDischargeDispositions, uciDispositions()),
  ];
}

function section({ name, source }: { readonly name: string; readonly source: string }, table: string): string[] {
  return [`### ${name}`, `Source: ${source}`, table];
}

function bands(list: readonly Band[]): string {
  const rows = list.map(({ label, from, below }) => [label, from?.toString() ?? '', below?.toString() ?? '']);
  return markdownTable(['label', 'from', 'below'], rows);
}

function chapters(list: readonly ChapterRange[]): string {
  return markdownTable(
    ['categories', 'disease'],
    list.map(({ start, end, disease }) => [`${start}-${end}`, disease]),
  );
}

function keywords(): string {
  const rows = diseaseKeywords.entries.map(({ keyword, disease }) => [keyword, disease]);
  return markdownTable(['keyword, the first in this order decides', 'disease'], rows);
}

function charlsonGroups(): string {
  const codes = (list: readonly CodeRange[]) =>
    list.map(({ start, end }) => (start === end ? start : `${start}-${end}`)).join(' ');
  const rows = charlson.groups.map((group) => [
    group.label,
    String(group.weight),
    codes(group.icd9),
    codes(group.icd10),
    charlson.groups.find(({ name }) => name === group.replaces)?.label ?? '',
  ]);
  return markdownTable(['group', 'weight', 'ICD-9-CM', 'ICD-10', 'replaces'], rows);
}

function measurements(): string {
  const rows = loincMeasurements.codes.map(({ code, description, field, units }) => [
    code,
    description,
    field,
    units.join(' '),
  ]);
  return markdownTable(['LOINC', 'description', 'field', 'units that mean its own'], rows);
}

function smoking(): string {
  const rows = smokingStatus.codes.map(({ code, descriptions, value }) => [
    code,
    descriptions.join('; '),
    value ?? 'missing',
  ]);
  return markdownTable(['SNOMED CT', 'descriptions', 'value'], rows);
}

function ingredients(): string {
  const rows = drugIngredients.entries.map(({ ingredient, atc, category }) => [ingredient, atc, category]);
  return markdownTable(['ingredient, the first in this order decides', 'ATC', 'category'], rows);
}

function payers(): string {
  return markdownTable(
    ['name', 'value'],
    syntheaPayers.codes.map(({ name, value }) => [name, value]),
  );
}

function uciCodes(
  codes: readonly { readonly code: number; readonly description: string; readonly value: string | null }[],
): string {
  return markdownTable(
    ['code', 'description', 'value'],
    codes.map(({ code, description, value }) => [String(code), description, value ?? 'missing']),
  );
}

function uciDispositions(): string {
  return markdownTable(
    ['code', 'description', 'value', 'in full', 'follow-up'],
    uciDischargeDispositions.codes.map(({ code, description, value, detail, endsFollowUp }) => [
      String(code),
      description,
      value ?? 'missing',
      detail ?? 'missing',
      endsFollowUp ? 'ends' : '',
    ]),
  );
}
