// Steps in the lake itself: the engine reads and writes where the lake is, and nothing of it passes this machine.
//
// Every attempt writes into a folder of its own, so that neither a second run nor what an engine still does for a process
// that died can touch files that somebody reads. What an attempt leaves is named by no step, and `gc` removes it.
import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path/posix';
import { CarelakeError, isCoded } from '../../errors.js';
import { attemptPrefix } from '../../lake/keys.js';
import type { Direct, Lake } from '../../lake/lake.js';
import type { Placement } from '../placement.js';

export function inLake(lake: Lake, { url, seal, requireSealable }: Direct): Placement {
  return {
    async open(keys) {
      await requirePresent(lake, keys);
      return keys.map(url);
    },
    release: async () => {},

    async making(key, work) {
      const attempt = `${attemptPrefix}${randomUUID()}`;
      const place = `${key}/${attempt}`;
      const output = url(place);
      const etags = new Map<string, string>();
      let isStored = false;
      // What cannot be removed now, as while S3 does not answer, is left to `gc`.
      const clear = async (): Promise<unknown> => {
        if (isStored) return undefined;
        return keysBelow(lake, place)
          .then(lake.remove)
          .catch((error: unknown) => error);
      };
      try {
        const result = await work({
          output,
          hashes: async (files) => ({ etags: files.map((file) => etags.get(`${key}/${file}`) ?? '') }),
          paths: (files) => files.map((file) => url(`${key}/${file}`)),

          async files() {
            for await (const { key: file, etag = '' } of lake.list(place)) etags.set(file, etag);
            const found = [...etags.keys()];
            const parts = found.filter((file) => isPart(file.slice(place.length + 1)));
            // Marks of the committer that the engine uses, and what a task that it gave up may still write below them.
            await lake.remove(found.filter((file) => !parts.includes(file)));
            if (parts.length > 0) return parts.map((file) => file.slice(key.length + 1));
            throw new CarelakeError(
              'ENGINE_NOT_SHARED',
              `The engine wrote to ${output}, and nothing came of it there.`,
            );
          },

          async finish(files, last) {
            isStored = await seal(key, files, last);
            return isStored;
          },

          async addBeside(files) {
            await requireSealable(key, files);
            isStored = true;
            return [...files];
          },
        });
        await clear();
        return result;
      } catch (error) {
        throw why(error, await clear());
      }
    },
  };
}

/** Where S3 fails an engine that does not say so, it fails this process too, which does. */
function why(failure: unknown, here: unknown): unknown {
  if (!isCoded(failure, 'ENGINE_FAILED') || !(here instanceof CarelakeError)) return failure;
  return new CarelakeError(here.code, `${(failure as Error).message} And ${here.message}`, { cause: failure });
}

/** In the folder itself or in that of a bucket: what the engine has committed, and no more than it reads and counts there. */
const isPart = (file: string): boolean => /^(?:_bucket=[^/]+[/])?part-[^/]*[.]parquet$/.test(file);

/** Asked by folder: a step of a thousand files is one request. What an engine finds missing it does not say by key. */
async function requirePresent(lake: Lake, keys: readonly string[]): Promise<void> {
  const folders = new Set(keys.map(folderOf));
  const present = new Set((await Promise.all([...folders].map((folder) => keysBelow(lake, folder)))).flat());
  const missing = keys.find((key) => !present.has(key));
  if (missing === undefined) return;
  throw new CarelakeError('LAKE_NOT_FOUND', `${lake.address} has no ${JSON.stringify(missing)}.`);
}

/** `steps/<hash>/made-…`, also of a file in the folder of a bucket; `raw/batches/<batch>`. */
const folderOf = (key: string): string => dirname(key).split('/').slice(0, 3).join('/');

async function keysBelow(lake: Lake, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of lake.list(prefix)) keys.push(key);
  return keys;
}
