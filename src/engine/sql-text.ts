// Constants and names as SQL text that DuckDB and Spark read alike. Only values of the catalog may become SQL text.
import { CarelakeError } from '../errors.js';

// Spark reads a backslash in a literal as an escape or not, depending on a setting; control characters hide in messages.
// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
const notPortable = /[\\\u0000-\u001f\u007f]/;

/**
 * A text as an SQL literal: `it's` → `'it''s'`.
 * @throws ENGINE_TEXT_NOT_PORTABLE where the text holds a backslash or a control character.
 */
export function literal(text: string): string {
  refuse(text, 'text');
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * A name as a delimited SQL identifier: `select` → `"select"`.
 * @throws ENGINE_TEXT_NOT_PORTABLE where the name is empty or holds a backslash or a control character.
 */
export function identifier(name: string): string {
  refuse(name, 'name');
  if (name === '') throw new CarelakeError('ENGINE_TEXT_NOT_PORTABLE', 'An SQL name must not be empty.');
  return `"${name.replaceAll('"', '""')}"`;
}

function refuse(text: string, what: 'text' | 'name'): void {
  if (notPortable.test(text)) {
    const shown = JSON.stringify(text);
    throw new CarelakeError(
      'ENGINE_TEXT_NOT_PORTABLE',
      `The ${what} ${shown} holds a backslash or a control character.`,
    );
  }
}
