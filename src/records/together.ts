// What is asked in one turn of the event loop, asked as one question. The look begins after all of them asked, so that nobody
// is told what was so before.

interface Asking<Asked, Found> {
  readonly asked: Asked;
  resolve(found: Found): void;
  reject(error: unknown): void;
}

/** How many are asked about at once, and how many looks are under way at once: the more is asked meanwhile, the more is one look. */
interface Bounds {
  readonly most?: number;
  readonly atOnce?: number;
}

/** @param look Gives of each that is asked about what was found, in their order. Where it fails, it fails for all of them. */
export function together<Asked, Found>(
  look: (asked: readonly Asked[]) => Promise<readonly Found[]>,
  { most = 500, atOnce = Number.POSITIVE_INFINITY }: Bounds = {},
): (asked: Asked) => Promise<Found> {
  let waiting: Asking<Asked, Found>[] = [];
  let isGathering = false;
  let underWay = 0;

  function gather(): void {
    if (isGathering || waiting.length === 0 || underWay >= atOnce) return;
    isGathering = true;
    setImmediate(async () => {
      isGathering = false;
      const some = waiting.slice(0, most);
      waiting = waiting.slice(most);
      underWay += 1;
      gather();
      await answer(some);
      underWay -= 1;
      gather();
    });
  }

  async function answer(some: readonly Asking<Asked, Found>[]): Promise<void> {
    try {
      const found = await look(some.map(({ asked }) => asked));
      for (const [at, { resolve }] of some.entries()) resolve(found[at] as Found);
    } catch (error) {
      for (const { reject } of some) reject(error);
    }
  }

  return (asked) =>
    new Promise((resolve, reject) => {
      waiting.push({ asked, resolve, reject });
      gather();
    });
}
