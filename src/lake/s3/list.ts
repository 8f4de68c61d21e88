// Every file below a prefix in the order of its key, as many pages as there are.
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { ownFolder } from '../keys.js';
import type { Listed } from '../lake.js';
import type { Bucket } from './bucket.js';

export interface ListedObject extends Listed {
  readonly etag: string;
}

/** Of the whole lake: without what is the driver's own. */
export async function* list(bucket: Bucket, prefix: string): AsyncGenerator<ListedObject> {
  for await (const file of startingWith(bucket, prefix === '' ? '' : `${prefix}/`)) {
    if (prefix !== '' || !file.key.startsWith(`${ownFolder}/`)) yield file;
  }
}

/** The file of this key, as it would be listed. */
export async function listed(bucket: Bucket, key: string): Promise<ListedObject | undefined> {
  // Of all keys that start with this one it is the first.
  for await (const file of startingWith(bucket, key, 1)) return file.key === key ? file : undefined;
  return undefined;
}

/** Every file whose key starts so, whatever comes after. */
export async function* startingWith(bucket: Bucket, start: string, page?: number): AsyncGenerator<ListedObject> {
  // A key that ends with a slash is a folder that another tool made visible; no file of a lake is named so.
  for await (const object of objects(bucket, start, page)) if (!object.key.endsWith('/')) yield object;
}

/** What other tools left to make the folders below a prefix visible: empty objects whose keys end with a slash. */
export async function* folderMarks(bucket: Bucket, prefix: string): AsyncGenerator<ListedObject> {
  for await (const object of objects(bucket, `${prefix}/`)) {
    if (object.key.endsWith('/') && object.bytes === 0) yield object;
  }
}

async function* objects(bucket: Bucket, start: string, page = 1_000): AsyncGenerator<ListedObject> {
  const Prefix = bucket.inBucket(start);
  let next: string | undefined;
  do {
    const answer = await bucket.asking('list', start, (client) =>
      client.send(
        new ListObjectsV2Command({
          Bucket: bucket.name,
          Prefix,
          MaxKeys: page,
          // XML cannot hold every sign that a key may.
          EncodingType: 'url',
          ...(next && { ContinuationToken: next }),
        }),
      ),
    );
    for (const { Key = '', Size = 0, LastModified = new Date(0), ETag = '' } of answer.Contents ?? []) {
      const key = answer.EncodingType === 'url' ? decodeURIComponent(Key.replaceAll('+', ' ')) : Key;
      yield { key: bucket.inLake(key), bytes: Size, modified: LastModified, etag: ETag };
    }
    next = answer.IsTruncated ? answer.NextContinuationToken : undefined;
  } while (next !== undefined);
}
