// Rows as CSV after RFC 4180: UTF-8, CRLF, a header, quotes where a field needs them.
import type { ColumnBatch } from '../../engine/engine.js';

const lineEnd = '\r\n';

export const csvLine = (values: readonly unknown[]): string => values.map(field).join(',') + lineEnd;

export function csvRows({ rows, values }: ColumnBatch): string {
  let text = '';
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < values.length; column++) {
      if (column > 0) text += ',';
      text += field(values[column]?.[row]);
    }
    text += lineEnd;
  }
  return text;
}

/** No value is an empty field, an empty text is `""`; a list is joined by `; `. */
function field(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = Array.isArray(value) ? value.join('; ') : String(value);
  return text === '' || /[",\r\n]/.test(text) || text.trim() !== text ? `"${text.replaceAll('"', '""')}"` : text;
}
