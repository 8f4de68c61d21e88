// How much memory a call leaves to the collection of the whole heap, though nobody holds anything of it any more.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as (options?: { readonly type: 'minor' }) => void;

const atOnce = 50;

/** Bytes for each call, after many; the young are collected as often as under load. */
export async function leftBehind(call: (round: number) => unknown, calls = 2000): Promise<number> {
  const round = async (): Promise<number> => {
    collect();
    collect();
    const before = process.memoryUsage().heapUsed;
    for (let at = 0; at < calls; at++) {
      await call(at);
      if (at % atOnce === 0) collect({ type: 'minor' });
    }
    // Whoever survives two of them is old.
    collect({ type: 'minor' });
    collect({ type: 'minor' });
    return (process.memoryUsage().heapUsed - before) / calls;
  };
  // In the first one V8 compiles.
  await round();
  return round();
}
