// A lake whose files are given back when the request that checked them out is done.
import type { Lake } from '../../lake/lake.js';

export interface Borrowed {
  readonly lake: Lake;
  giveBack(): Promise<void>;
}

export function borrowed(lake: Lake): Borrowed {
  const held: string[] = [];
  return {
    lake: {
      ...lake,
      async checkout(keys) {
        const paths = await lake.checkout(keys);
        held.push(...paths);
        return paths;
      },
    },
    giveBack: () => lake.release(held.splice(0)),
  };
}
