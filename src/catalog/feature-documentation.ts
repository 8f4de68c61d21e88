// The reference of features as Markdown text. Pure; scripts/write-docs.mjs writes it to docs/features.md.
import type { Feature } from './features/feature.js';
import { features } from './features.js';
import { bulletList, markdownTable } from './markdown.js';

export function featureDocumentation(): string {
  const cited = [...new Set(features.flatMap(({ source }) => source ?? []))];
  return `${[
    '# Features',
    'Generated from the catalog (`src/catalog/features`) by `npm run docs`; change it there. What the models look at, for ' +
      'every case what was known at its moment: of readmission a stay at its discharge; of risk an index date (1 January, ' +
      '1 July), with what was known at the end of the day before; of progression a visit when it ends. "The visit" is that ' +
      'stay or visit, and before an index date the latest that has ended.',
    'A model has those that its source can show. Any may be missing. No feature is an identifier under HIPAA Safe Harbor ' +
      'but an age above 89; race and facility are never features, figures are told apart by them. A registration counts from ' +
      'its own date on, with the values that it has today: the source keeps no earlier ones.',
    'A request names a feature by its name or a synonym; only letters and digits matter, whatever their case. `diagnosis_code` ' +
      'and `diagnosis_description` give the disease, `blood_pressure` ("120/80") both pressures, `chronic_conditions` (a list) ' +
      'their number. A number beyond its bounds is refused; a category that the model does not know is taken as missing, ' +
      'with a warning.',
    markdownTable(
      ['name', 'label', 'type', 'unit', 'values', 'known from', 'sources', 'definition', 'synonyms'],
      features.map(row),
    ),
    'Definitions of comorbidity:',
    bulletList(cited),
  ].join('\n\n')}\n`;
}

function row({ name, label, type, unit = '', known, only, definition, synonyms, ...feature }: Feature): string[] {
  const sources = only === undefined ? 'all' : `${only === 'dated' ? 'with' : 'without'} dates`;
  return [`\`${name}\``, label, type, unit, allowed(feature), known, sources, definition, synonyms.join(', ')];
}

function allowed({ values, min, max }: Pick<Feature, 'values' | 'min' | 'max'>): string {
  if (values) return values.map(({ value }) => value).join(', ');
  return min === undefined || max === undefined ? 'those of the data' : `${min} to ${max}`;
}
