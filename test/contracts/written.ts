// Entries as the contract of records and its processes write them.
import type { NewEntry, Values } from '../../src/records/entry.js';

export const at = '2024-06-15T12:00:00.000Z';

/** An entry that a person wrote; of a `create` unless said otherwise. */
export const written = (key: string, after: Values | null, more: Partial<NewEntry> = {}): NewEntry => ({
  kind: 'create',
  table: 'patients',
  key,
  expected: 0,
  before: null,
  after,
  audit: { by: 'nurse', from: '127.0.0.1', request: 'r1' },
  at,
  idempotencyKey: null,
  ...more,
});

export async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}
