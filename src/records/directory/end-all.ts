// Ends what signs somebody in without a password: after a restore it may have been ended since, which the copy cannot know.
import type { Documents } from '../documents.js';

/** How many of each there were. */
export interface EndedAccess {
  readonly sessions: number;
  readonly refresh_tokens: number;
  readonly links: number;
  readonly keys: number;
}

/** To be called where nobody else writes. */
export async function endAccess(directory: Documents, { keys }: { readonly keys: boolean }): Promise<EndedAccess> {
  const clear = (name: string) => removeAll(directory, name);
  return {
    sessions: await clear('sessions'),
    refresh_tokens: await clear('refresh_tokens'),
    links: await clear('links'),
    keys: keys ? await clear('keys') : 0,
  };
}

async function removeAll(directory: Documents, name: string): Promise<number> {
  const all = directory.collection({ name, indexed: [] });
  for (let removed = 0; ; ) {
    const found = await all.list({ limit: 1000 });
    if (found.length === 0) return removed;
    for (const { key, revision } of found) removed += Number(await all.remove(key, revision));
  }
}
