// What is asked in one turn of the event loop, asked as one question. The look begins after all of them asked, so that nobody
// is told what was so before.

interface Asking<Asked, Found> {
  readonly asked: Asked;
  resolve(found: Found): void;
  reject(error: unknown): void;
}

/** How many are asked about at once. */
const most = 500;

/** @param look Gives of each that is asked about what was found, in their order. Where it fails, it fails for all of them. */
export function together<Asked, Found>(
  look: (asked: readonly Asked[]) => Promise<readonly Found[]>,
): (asked: Asked) => Promise<Found> {
  let group: Asking<Asked, Found>[] = [];

  async function ask(own: Asking<Asked, Found>[]): Promise<void> {
    if (group === own) group = [];
    try {
      const found = await look(own.map(({ asked }) => asked));
      for (const [at, { resolve }] of own.entries()) resolve(found[at] as Found);
    } catch (error) {
      for (const { reject } of own) reject(error);
    }
  }

  return (asked) =>
    new Promise((resolve, reject) => {
      if (group.length === 0 || group.length === most) {
        group = [];
        setImmediate(ask, group);
      }
      group.push({ asked, resolve, reject });
    });
}
