// Keys, of the records and of the audit log: what is one.

/** Undefined where the text is too short for a key. */
export const keyOf = (text: string): string | undefined => (text.length >= 32 ? text : undefined);

/** One key or several with blanks between; undefined where one of them is too short. */
export function keysOf(text: string): readonly string[] | undefined {
  const keys = text.trim().split(/\s+/);
  return keys.every((key) => keyOf(key) !== undefined) ? keys : undefined;
}
