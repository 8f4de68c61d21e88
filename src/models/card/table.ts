// Tables of a card. Cells are HTML already; the first cell of a row names it.
import { escaped } from '../../report-page/page.js';

interface Table {
  readonly caption: string;
  readonly head: readonly string[];
  /** As many cells as the head has; all but the first are numbers unless `words` says otherwise. */
  readonly rows: readonly (readonly string[])[];
  /** The numbers of columns that hold words. */
  readonly words?: readonly number[];
}

/** It scrolls sideways by itself where it is too wide, and by keyboard too. */
export function table({ caption, head, rows, words = [] }: Table): string {
  const kind = (column: number) => (column === 0 || words.includes(column) ? '' : ' class="number"');
  const cells = (row: readonly string[]) =>
    row.map((cell, column) => (column === 0 ? `<th scope="row">${cell}</th>` : `<td${kind(column)}>${cell}</td>`));
  return `<div class="wide" tabindex="0" role="region" aria-label="${escaped(caption)}"><table><caption>${escaped(caption)}</caption>
<thead><tr>${head.map((name, column) => `<th scope="col"${kind(column)}>${name}</th>`).join('')}</tr></thead>
<tbody>
${rows.map((row) => `<tr>${cells(row).join('')}</tr>`).join('\n')}
</tbody></table></div>`;
}

/** Names and what they are; values are HTML already. */
export const facts = (pairs: readonly (readonly [string, string])[]): string =>
  `<dl>${pairs.map(([name, value]) => `<dt>${escaped(name)}</dt><dd>${value}</dd>`).join('')}</dl>`;
