// The code lists of the catalog as tables of text, each with its source: what the data dictionary shows and /api/codes answers.
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

type Cell = string | null;

interface Listed {
  readonly columns: readonly string[];
  /** A cell is null where the list says that nothing is known. */
  readonly rows: readonly (readonly Cell[])[];
}

export interface CodeList extends Listed {
  /** As addresses have it: `icd-10-chapters`. */
  readonly id: string;
  readonly name: string;
  readonly source: string;
  readonly note?: string;
}

export const codeLists: readonly CodeList[] = [
  list(ageGroups, bands(ageGroups.bands)),
  list(
    bmiCategories,
    bands(bmiCategories.bands),
    `Below the age of ${bmiCategories.adultsFrom} the category is left out.`,
  ),
  list(severityLevels, bands(severityLevels.bands)),
  list(icd9Chapters, chapters(icd9Chapters.chapters)),
  list(icd10Chapters, chapters(icd10Chapters.chapters)),
  list(diseaseKeywords, {
    columns: ['keyword, the first in this order decides', 'disease'],
    rows: diseaseKeywords.entries.map(({ keyword, disease }) => [keyword, disease]),
  }),
  list(charlson, charlsonGroups()),
  list(loincMeasurements, {
    columns: ['LOINC', 'description', 'field', 'units that mean its own'],
    rows: loincMeasurements.codes.map(({ code, description, field, units }) => [
      code,
      description,
      field,
      units.join(' '),
    ]),
  }),
  list(smokingStatus, {
    columns: ['SNOMED CT', 'descriptions', 'value'],
    rows: smokingStatus.codes.map(({ code, descriptions, value }) => [code, descriptions.join('; '), value]),
  }),
  list(drugIngredients, {
    columns: ['ingredient, the first in this order decides', 'ATC', 'category'],
    rows: drugIngredients.entries.map(({ ingredient, atc, category }) => [ingredient, atc, category]),
  }),
  list(syntheaPayers, {
    columns: ['name', 'value'],
    rows: syntheaPayers.codes.map(({ name, value }) => [name, value]),
  }),
  list(uciAdmissionTypes, uciCodes(uciAdmissionTypes.codes)),
  list(uciAdmissionSources, uciCodes(uciAdmissionSources.codes)),
  list(uciDischargeDispositions, uciDispositions()),
];

function list({ name, source }: Pick<CodeList, 'name' | 'source'>, listed: Listed, note?: string): CodeList {
  const id = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return { id, name, source, ...listed, ...(note !== undefined && { note }) };
}

function bands(all: readonly Band[]): Listed {
  const rows = all.map(({ label, from, below }) => [label, from?.toString() ?? '', below?.toString() ?? '']);
  return { columns: ['label', 'from', 'below'], rows };
}

function chapters(all: readonly ChapterRange[]): Listed {
  return {
    columns: ['categories', 'disease'],
    rows: all.map(({ start, end, disease }) => [`${start}-${end}`, disease]),
  };
}

function charlsonGroups(): Listed {
  const codes = (all: readonly CodeRange[]) =>
    all.map(({ start, end }) => (start === end ? start : `${start}-${end}`)).join(' ');
  const rows = charlson.groups.map((group) => [
    group.label,
    String(group.weight),
    codes(group.icd9),
    codes(group.icd10),
    charlson.groups.find(({ name }) => name === group.replaces)?.label ?? '',
  ]);
  return { columns: ['group', 'weight', 'ICD-9-CM', 'ICD-10', 'replaces'], rows };
}

interface UciCode {
  readonly code: number;
  readonly description: string;
  readonly value: string | null;
}

function uciCodes(codes: readonly UciCode[]): Listed {
  const rows = codes.map(({ code, description, value }) => [String(code), description, value]);
  return { columns: ['code', 'description', 'value'], rows };
}

function uciDispositions(): Listed {
  const rows = uciDischargeDispositions.codes.map(({ code, description, value, detail, endsFollowUp }) => [
    String(code),
    description,
    value,
    detail,
    endsFollowUp ? 'ends' : '',
  ]);
  return { columns: ['code', 'description', 'value', 'in full', 'follow-up'], rows };
}
