// Rows as CSV that any spreadsheet opens, and in which no text of the data is taken for a formula.

export type CsvCell = string | number | null;

/** RFC 4180 with a byte order mark, by which Excel knows UTF-8. */
export function csvText(headings: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  return `\ufeff${[headings, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')}`;
}

/** A text that would be taken for a formula gets an apostrophe before it (OWASP, CSV Injection); numbers stay as they are. */
function csvCell(value: CsvCell): string {
  if (value === null) return '';
  const text = String(value);
  const isFormula = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) && !/^[+-]?[0-9.]+$/.test(text);
  const safe = isFormula ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
