// Answers as JSON: integers beyond 2^53 keep all of their digits, as texts.

/** There are few such integers, and to look at every value for one takes longer than all the rest: JSON refuses them by itself. */
export function jsonOf(document: unknown): string {
  try {
    return JSON.stringify(document);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return JSON.stringify(document, bigintAsText);
  }
}

const bigintAsText = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value);
