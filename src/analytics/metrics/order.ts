// The order of the rows of an answer: as the query says, and else by its dimensions, so that it is always the same.
import type { Dimension } from '../../catalog/metrics/dimension.js';
import type { Key, Request } from './query.js';

interface Sortable {
  readonly keys: readonly Key[];
  readonly values: Readonly<Record<string, number | null>>;
}

/** Values of a code in the order of the catalog, texts by their letters' numbers; what is missing comes last. */
export function inOrder<Row extends Sortable>(rows: readonly Row[], { by, sort }: Pick<Request, 'by' | 'sort'>): Row[] {
  const named = new Set(sort.map(({ name }) => name));
  const orders = [
    ...sort,
    ...by.filter(({ name }) => !named.has(name)).map(({ name }) => ({ name, descending: false })),
  ];
  const readers = orders.map(({ name, descending }) => ({ read: readerOf(name, by), descending }));
  return [...rows].sort((a, b) => {
    for (const { read, descending } of readers) {
      const order = compare(read(a), read(b), descending);
      if (order !== 0) return order;
    }
    return 0;
  });
}

function readerOf(name: string, by: readonly Dimension[]): (row: Sortable) => Key {
  const index = by.findIndex((dimension) => dimension.name === name);
  if (index < 0) return ({ values }) => values[name] ?? null;
  const places = by[index]?.values && new Map(by[index].values.map((value, place) => [value as Key, place]));
  return ({ keys }) => {
    const key = keys[index] ?? null;
    return places?.get(key) ?? key;
  };
}

function compare(a: Key, b: Key, descending: boolean): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b === descending ? 1 : -1;
}
