// Documents by a text of their own that a unique index holds: those that are asked for at once, in one command.
import type { Filter } from 'mongodb';
import { together } from '../together.js';
import type { Store, Stored } from './store.js';

const bounds = { most: 1000, atOnce: 4 };

/** @param field `_id`, or one with a unique index of its own. @returns the document that has this text there */
export function byUnique<Of extends Stored>(
  store: Store,
  collection: string,
  field: keyof Of & string = '_id',
): (text: string) => Promise<Of | undefined> {
  const documents = store.collection<Of>(collection);
  return together(async (texts: readonly string[]) => {
    const asked = { [field]: { $in: [...new Set(texts)] } } as Filter<Of>;
    const found = await store.ask(() => documents.find(asked).toArray());
    const byText = new Map(found.map((one) => [one[field as keyof typeof one] as string, one as unknown as Of]));
    return texts.map((text) => byText.get(text));
  }, bounds);
}
