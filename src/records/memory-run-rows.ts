// The rows of the published run in this process's memory.
import { inKeyOrder, type RunRow, type RunRowKey, type RunRows } from './run-rows.js';

interface Kept extends RunRowKey {
  readonly row: RunRow;
}

export function memoryRunRows(): RunRows {
  const rows = new Map<string, Kept>();
  let whole: string | undefined;
  /** Changes with everybody who begins to bring in rows. */
  let turn = 0;

  const placeOf = (table: string, { key, source }: RunRowKey): string => JSON.stringify([table, key, source]);
  const ofTable = (table: string): Kept[] => {
    const found = [...rows].filter(([place]) => place.startsWith(`[${JSON.stringify(table)},`));
    return found.map(([, kept]) => kept).sort(inKeyOrder);
  };

  return {
    whole: async () => whole,
    async get(run, places) {
      if (run !== whole) return undefined;
      return places.map(({ table, key }) => {
        const found = ofTable(table).filter((kept) => kept.key === key);
        return structuredClone((found.find(({ source }) => source === 'default') ?? found[0])?.row ?? null);
      });
    },
    async page(run, table, { after, limit }) {
      if (run !== whole) return undefined;
      const rest = ofTable(table).filter((kept) => !after || inKeyOrder(kept, after) > 0);
      return rest.slice(0, limit).map(({ row }) => structuredClone(row));
    },
    async count(run, table, keys) {
      if (run !== whole) return undefined;
      return keys.filter((key) => rows.has(placeOf(table, { key, source: 'default' }))).length;
    },
    async bringIn({ run, from, changes }) {
      if (from !== null && from !== whole) return false;
      turn += 1;
      const own = turn;
      whole = undefined;
      if (from === null) rows.clear();
      for await (const some of changes) {
        if (own !== turn) return false;
        for (const { table, key, source, row } of some) {
          if (row === null) rows.delete(placeOf(table, { key, source }));
          else rows.set(placeOf(table, { key, source }), { key, source, row: structuredClone(row) });
        }
      }
      if (own !== turn) return false;
      whole = run;
      return true;
    },
  };
}
