// Small files that are asked for again and again, such as the one that names the published run: read once, and again when they
// have changed. Files of the lake come in by a rename, so that another content has another inode or another time.
import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Tagged } from '../lake.js';
import { tagOf } from '../tag.js';

/** Files that are kept, those that were asked for last, and how large one may be, in bytes. */
const mostKept = 20;
const mostBytes = 2 ** 16;

/** Two changes within a tick of the file system's clock look the same: of a file that is this young in ms nothing is kept. */
const young = 2000;

type Kept = Pick<Tagged, 'body' | 'etag'> & { readonly mark: string };

/** Reads the file at a path. What it throws is Node's. */
export function readsUnchanged(): (path: string) => Promise<Tagged> {
  const kept = new Map<string, Kept>();

  return async (path) => {
    const before = lookAt(path);
    const known = kept.get(path);
    kept.delete(path);
    if (known?.mark === before.mark) {
      kept.set(path, known);
      return { body: known.body, etag: known.etag, age: before.age };
    }
    const body = await readFile(path);
    const { mark, age } = lookAt(path);
    const etag = tagOf(body);
    if (mark === before.mark && age > young && body.length <= mostBytes) kept.set(path, { mark, body, etag });
    if (kept.size > mostKept) kept.delete(kept.keys().next().value as string);
    return { body, etag, age };
  };
}

/** Not by a promise: to hand the question to another thread takes the event loop longer than the system needs to answer. */
function lookAt(path: string): { mark: string; age: number } {
  const { ino, size, mtimeNs, ctimeNs, mtimeMs } = statSync(path, { bigint: true });
  return { mark: [ino, size, mtimeNs, ctimeNs].join(), age: Date.now() - Number(mtimeMs) };
}
