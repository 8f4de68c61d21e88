// Rows as CSV that any spreadsheet opens, and in which no text of the data is taken for a formula.

export type CsvCell = string | number | null;

/** RFC 4180 with a byte order mark, by which Excel knows UTF-8. */
export function csvText(headings: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  return `\ufeff${[headings, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')}`;
}

/** The rule of src/analytics/export/formula.ts, from which nothing is taken but types; a test holds the two together. */
const armed = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
const number = /^[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?$/;

function csvCell(value: CsvCell): string {
  if (value === null) return '';
  const text = String(value);
  const isFormula = typeof value === 'string' && armed.test(text) && !number.test(text);
  const safe = isFormula ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
