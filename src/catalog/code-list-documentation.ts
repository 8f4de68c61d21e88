// The part of the data dictionary that shows the code lists, each with its source.
import { type CodeList, codeLists } from './code-lists.js';
import { markdownTable } from './markdown.js';

export const codeListSections = (): readonly string[] => codeLists.flatMap(section);

function section({ name, source, note, columns, rows }: CodeList): string[] {
  const table = markdownTable(
    columns,
    rows.map((row) => row.map((cell) => cell ?? 'missing')),
  );
  return [`### ${name}`, `Source: ${source}`, table, ...(note === undefined ? [] : [note])];
}
