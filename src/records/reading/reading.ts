// What came of reading one value.
import type { Value } from '../entry.js';

/** `value` is null where the text says that there is none. */
export type Reading = { readonly value: Value } | { readonly fault: string };
