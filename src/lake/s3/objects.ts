// Objects of any bucket, read as they are; what S3 refuses is said of the address that the user gave.
import { CarelakeError, type ErrorCode } from '../../errors.js';
import { addressOf, type ObjectAddress, type Objects, type StoredObject } from '../objects.js';
import { type Bucket, type BucketOptions, openBucket } from './bucket.js';
import { type ListedObject, listed, startingWith } from './list.js';
import { openObject } from './read.js';

const codes: Readonly<Partial<Record<ErrorCode, ErrorCode>>> = {
  LAKE_NO_BUCKET: 'OBJECT_NO_BUCKET',
  LAKE_FORBIDDEN: 'OBJECT_FORBIDDEN',
  LAKE_NOT_FOUND: 'OBJECT_NOT_FOUND',
  LAKE_CONFLICT: 'OBJECT_CHANGED',
};

/** How many neighbours are named where an object is not there. */
const neighboursNamed = 5;

/** Whoever opens it closes it; S3 is first asked with the first use. */
export function openObjects(options: Omit<BucketOptions, 'bucket' | 'prefix' | 'says'>): Objects {
  const buckets = new Map<string, Bucket>();
  const bucketNamed = (name: string): Bucket => {
    const bucket = buckets.get(name) ?? openBucket({ ...options, bucket: name, prefix: '', says: 's3' });
    buckets.set(name, bucket);
    return bucket;
  };
  return {
    list: ({ bucket, path }) => named(() => objectsAt(bucketNamed(bucket), { bucket, path })),

    read: (object, first) =>
      named(async () => {
        const opened = await openObject(bucketNamed(object.bucket), object.key, object.etag, first);
        return { ...(opened.version && { version: opened.version }), chunks: namedChunks(opened.chunks) };
      }),

    async close() {
      for (const { client } of buckets.values()) client.destroy();
    },
  };
}

async function objectsAt(bucket: Bucket, { path }: ObjectAddress): Promise<StoredObject[]> {
  const stored = ({ key, etag, bytes }: ListedObject): StoredObject => ({ bucket: bucket.name, key, etag, bytes });
  const isPrefix = path === '' || path.endsWith('/');
  const one = isPrefix ? undefined : await listed(bucket, path);
  if (one) return [stored(one)];
  const found: StoredObject[] = [];
  for await (const object of startingWith(bucket, isPrefix ? path : `${path}/`)) found.push(stored(object));
  if (found.length > 0) return found;
  throw new CarelakeError(
    'OBJECT_NOT_FOUND',
    `There is no object ${addressOf({ bucket: bucket.name, key: path })} and none below it. ${await neighbours(bucket, path)}`,
  );
}

/** What is there instead, from the folder of the path or the nearest above it that holds something. */
async function neighbours(bucket: Bucket, path: string): Promise<string> {
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    const names = new Set<string>();
    for await (const { key } of startingWith(bucket, folder)) {
      names.add(key.slice(folder.length).replace(/[/].*/s, '/'));
      if (names.size > neighboursNamed) break;
    }
    const shown = [...names].slice(0, neighboursNamed).join(', ');
    const more = names.size > neighboursNamed ? ' and more' : '';
    if (names.size > 0) return `In ${addressOf({ bucket: bucket.name, key: folder })} there are ${shown}${more}.`;
    if (folder === '') return `The bucket ${bucket.name} is empty.`;
  }
}

/** `a/b/` of `a/b/c` and of `a/b/c/`. */
const folderOf = (path: string): string => path.slice(0, path.replace(/[/]$/, '').lastIndexOf('/') + 1);

async function named<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  try {
    return await call();
  } catch (error) {
    throw renamed(error);
  }
}

async function* namedChunks(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  try {
    yield* chunks;
  } catch (error) {
    throw renamed(error);
  }
}

function renamed(error: unknown): unknown {
  const code = error instanceof CarelakeError ? codes[error.code] : undefined;
  return code ? new CarelakeError(code, (error as Error).message, { cause: error }) : error;
}
