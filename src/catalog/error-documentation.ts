// The reference of errors and reasons as Markdown text. Pure; scripts/write-docs.mjs writes it to docs/errors.md.
import { markdownTable } from './markdown.js';
import { reasons } from './reasons.js';

/** What the reference says of an error; the table of errors stands above the catalog and is handed in. */
export interface DocumentedError {
  readonly title: string;
  readonly fix: string;
  readonly status: number;
  readonly exit: number;
}

export function errorReference(table: Readonly<Record<string, DocumentedError>>): string {
  const errors = Object.entries(table).map(([code, { title, fix, status, exit }]) => [
    `\`${code}\``,
    title,
    fix,
    String(status),
    String(exit),
  ]);
  const why = Object.entries(reasons).map(([code, text]) => [`\`${code}\``, text]);
  return `${[
    '# Errors and reasons',
    'Generated from `src/errors/` and `src/catalog/reasons.ts` by `npm run docs`; change them there.',
    '## Errors',
    'What stops a command or a request. The exit status is that of the command line: 1 failed, 2 wrong use.',
    markdownTable(['code', 'what happened', 'what to do', 'HTTP status', 'exit status'], errors),
    '## Reasons',
    'Why a value was set missing, or a record was rejected, a duplicate or not used. Every record ends in one of them or is used.',
    markdownTable(['code', 'meaning'], why),
  ].join('\n\n')}\n`;
}
