// Keeps a spreadsheet from running a text: what would begin a formula gets an apostrophe before it, by the list of OWASP
// (CSV Injection, https://owasp.org/www-community/attacks/CSV_Injection).

/** Sign, tab or line end, and the signs in full width, which some spreadsheets take for the same. */
const armed = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

/** `-12.5`, `+49`, `.5`, `1e-3`: alone in its cell a number runs nothing. */
const number = /^[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]+)?$/;

/** For a cell of CSV; whatever is no text, or a number as a text, stays as it is. A list is joined by `; `, as in CSV. */
export function unarmed(value: unknown): unknown {
  const text = Array.isArray(value) ? value.join('; ') : value;
  return typeof text === 'string' && armed.test(text) && !number.test(text) ? `'${text}` : value;
}
