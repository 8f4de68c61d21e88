// The reference of quality checks as Markdown text. Pure; scripts/write-docs.mjs writes it to docs/checks.md.

import type { Check, Look } from './checks/check.js';
import { checks } from './checks.js';
import { markdownTable } from './markdown.js';

/** Where a check looks: in what came, or in what is published. */
const places: Readonly<Record<Look['at'], string>> = {
  files: 'files: records as they came',
  cleaning: 'cleaning: values as they came, of used and of rejected rows',
  duplicates: 'cleaning: rows of one batch with one key',
  twins: 'published rows',
  absence: 'published rows',
  rows: 'published rows',
};

export function checkReference(): string {
  const tables = [...new Set(checks.map(({ table }) => table))];
  return `${[
    '# Quality checks',
    'Generated from the catalog (`src/catalog/checks`) by `npm run docs`; change it there. `docs/quality.md` says what score, ' +
      'grade, thresholds and waivers are. Classes and categories after Kahn et al. 2016, eGEMs 4:1244, as the OHDSI Data ' +
      'Quality Dashboard uses them.',
    ...tables.flatMap((table) => [
      `## ${table ?? 'Records'}`,
      section(checks.filter((check) => check.table === table)),
    ]),
  ].join('\n\n')}\n`;
}

function section(list: readonly Check[]): string {
  return markdownTable(
    ['check', 'class', 'severity', 'threshold', 'what fails', 'looks at'],
    list.map(({ id, class: own, category, severity, threshold, explanation, look }) => [
      `\`${id}\``,
      own === category ? own : `${own}, ${category}`,
      severity,
      `${Number((100 * threshold).toPrecision(3))} %`,
      explanation,
      places[look.at],
    ]),
  );
}
