// The data dictionary: the catalog as Markdown text. Pure; scripts/write-docs.mjs writes it to docs/data-dictionary.md.
import { publishedTables, tables } from './catalog.js';
import { codeListSections } from './code-list-documentation.js';
import type { DerivedColumn, Field, PublishedTable, Table } from './field.js';
import { bulletList, markdownTable } from './markdown.js';
import { missingValues } from './missing-values.js';
import { scoreSections } from './score-documentation.js';

export function dataDictionary(): string {
  return `${[
    '# Data dictionary',
    'Generated from the catalog (`src/catalog`) by `npm run docs`; change it there. Dates are local calendar dates, ' +
      'clinical bounds are half-open, ranges of fields are inclusive. † marks an identifier under HIPAA Safe Harbor, ' +
      '45 CFR 164.514(b)(2)(i), with the letter of its kind.',
    `As "no value" count, whatever their case: ${missingValues.map(shown).join(', ')}. Of a header only letters and digits matter.`,
    '## Tables that files fill',
    ...Object.values(tables).flatMap(tableSection),
    '## Tables that a run publishes',
    ...Object.values(publishedTables).flatMap(publishedSection),
    '## Code lists',
    ...codeListSections(),
    '## Scores',
    ...scoreSections(),
  ].join('\n\n')}\n`;
}

function tableSection(table: Table): string[] {
  const oneOf = table.oneOf.map((group) => `${group.map(code).join(' or ')} must be there`);
  const references = Object.entries(table.references).map(
    ([name, other]) => `${code(name)} names a row of ${code(other)}`,
  );
  return [
    `### ${table.name}`,
    `${capital(table.grain)}. ${table.description}`,
    bulletList([`key: \`source\`, ${table.key.map(code).join(', ')}`, ...oneOf, ...references]),
    markdownTable(
      ['field', 'type', 'unit, range', 'description', 'other headers', 'where not valid', 'FHIR R4'],
      table.fields.map((field) => [
        nameOf(field),
        field.type,
        rangeOf(field),
        [field.description, field.note].filter(Boolean).join(' '),
        field.synonyms.join(', '),
        validityOf(field),
        field.fhir ?? '',
      ]),
    ),
    ...table.fields.flatMap((field) => (field.values ? [valuesSection(field)] : [])),
  ];
}

function valuesSection({ name, values = [] }: Field): string {
  const lines = values.map(
    ({ value, synonyms }) => `**${value}**${synonyms.length ? `: ${synonyms.map(shown).join(', ')}` : ''}`,
  );
  return `Values of ${code(name)}, and what else is read as them:\n\n${bulletList(lines)}`;
}

function publishedSection(table: PublishedTable): string[] {
  return [
    `### ${table.name} (published)`,
    `${capital(table.grain)}. ${table.description}`,
    bulletList([`key: ${table.key.map(code).join(', ')}`]),
    markdownTable(
      ['column', 'type', 'unit', 'description'],
      table.columns.map((column) => [nameOf(column), column.type, column.unit ?? '', column.description]),
    ),
  ];
}

function nameOf({ name, identifier, ...field }: Field | DerivedColumn): string {
  const required = 'required' in field && field.required ? ' *' : '';
  return `${code(name)}${required}${identifier ? ` †${identifier}` : ''}`;
}

function rangeOf({ unit, min, max, scale, foreignUnits = [], past, mostYearsAgo }: Field): string {
  const parts = [
    unit,
    min === undefined || max === undefined ? undefined : `${min} to ${max}`,
    scale ? `${scale} decimal place${scale > 1 ? 's' : ''}` : undefined,
    past ? 'not in the future' : undefined,
    mostYearsAgo === undefined ? undefined : `not more than ${mostYearsAgo} years ago`,
    ...foreignUnits.map((foreign) => `${foreign.unit} × ${foreign.factor}`),
  ];
  return parts.filter((part) => part !== undefined).join('; ');
}

function validityOf({ required, invalid }: Field): string {
  const outcome = invalid === 'reject' ? 'row rejected' : 'set missing';
  return required ? `${outcome}; also where missing` : outcome;
}

const code = (text: string): string => `\`${text}\``;
const shown = (text: string): string => (text === '' ? 'nothing at all' : code(text));
const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
