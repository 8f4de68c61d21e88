// Defects of a record's form, the same in every file: fields too few or too many, quotes gone wrong, blank lines.

import type { DefectKind, Injection, StruckTable, Target } from './defect.js';
import { blank, rejected } from './expectation.js';

interface StructureDefect extends Pick<DefectKind, 'what' | 'expected'> {
  readonly name: string;
  readonly lines: (target: Target) => readonly string[];
}

const defects: readonly StructureDefect[] = [
  {
    name: 'too-few-fields',
    what: 'The last fields of the record are cut off.',
    expected: rejected('too_few_fields', 'records.too_few_fields'),
    lines: ({ fields, random }) => [fields.slice(0, -random.between(1, 3)).join(',')],
  },
  {
    name: 'too-many-fields',
    what: 'A field too many follows the last one.',
    expected: rejected('too_many_fields', 'records.too_many_fields'),
    lines: ({ fields }) => [[...fields, 'extra'].join(',')],
  },
  {
    name: 'quote-unterminated',
    what: 'A quote opens the record and is never closed; the next line is whole.',
    expected: rejected('quote_unterminated', 'records.quote_unterminated'),
    // no other quote on the line: the next one a reader meets opens a field on a later line, and a letter follows it
    lines: ({ fields }) => [`"${fields.join(',').replaceAll('"', '')}`],
  },
  {
    name: 'text-after-quote',
    what: 'Text follows the closing quote of the first field.',
    expected: rejected('text_after_quote', 'records.text_after_quote'),
    lines: ({ fields: [first, ...rest] }) => [[`"${first}" copy`, ...rest].join(',')],
  },
  {
    name: 'blank-line',
    what: 'An empty line stands before the record.',
    expected: blank,
    lines: ({ fields }) => ['', fields.join(',')],
  },
];

/** The structural kinds for one table. */
export function structureDefects(table: StruckTable): DefectKind[] {
  return defects.map(({ name, what, expected, lines }) => ({
    id: `${table}/${name}`,
    table,
    what,
    weight: 1,
    expected,
    changesCourse: false,
    applies: () => true,
    inject: (target): Injection => ({ lines: lines(target), struck: 0, field: null, original: null, injected: null }),
  }));
}
