// The first start: while there is no user, whoever started the server gets a link by which the administrator is made.
import type { Directory } from '../../records/directory/directory.js';
import { linkPath } from './user-schema.js';

export interface FirstLink {
  readonly url: string;
  readonly expires_at: string;
}

/** @param base Where the server is reached. Null where there are users already. */
export async function firstLink({ links }: Directory, base: string): Promise<FirstLink | null> {
  const link = await links.ofFirstStart();
  return link ? { url: `${base}${linkPath(link)}`, expires_at: link.expires_at } : null;
}
