// Reads of whole files as streams; a connection that is cut in the middle is taken up where it ended.

import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { isCoded } from '../../errors.js';
import type { Tagged } from '../lake.js';
import type { Bucket } from './bucket.js';
import { tagIn } from './write.js';

export interface Opened {
  readonly etag: string;
  /** Of the content, where its tag is that. */
  readonly md5: string | undefined;
  /** How long ago it was written when it was asked for, in milliseconds by the clock of S3. */
  readonly age: number;
  readonly bytes: number;
  /** Where the bucket keeps versions. */
  readonly version: string | undefined;
  readonly chunks: AsyncGenerator<Buffer, void, undefined>;
}

/**
 * Opens a file; its chunks are those of this one version, whatever is written meanwhile.
 * @param etag The version that it must be.
 * @param only How many bytes from its start, where not all.
 * @throws LAKE_NOT_FOUND, LAKE_CONFLICT where it is another version
 */
export async function openObject(bucket: Bucket, key: string, etag?: string, only?: number): Promise<Opened> {
  const last = only === undefined ? '' : only - 1;
  const first = await ask(bucket, key, {
    ...(etag && { IfMatch: etag }),
    ...(only !== undefined && { Range: `bytes=0-${last}` }),
  });
  const version = tagIn(first, bucket, key);
  const bytes = first.ContentLength ?? 0;

  async function* chunks(): AsyncGenerator<Buffer, void, undefined> {
    let body = first.Body as Readable;
    let at = 0;
    for (let cuts = 1; ; cuts++) {
      const from = at;
      try {
        for await (const chunk of body) {
          at += (chunk as Buffer).length;
          yield chunk as Buffer;
        }
        return;
      } catch (error) {
        // All is read and does not agree with its checksum; or it is cut without end.
        if (at === bytes || cuts >= bucket.attempts) await bucket.asking('read', key, () => Promise.reject(error));
      }
      if (at > from) cuts = 1;
      await pause(Math.random() * Math.min(20_000, 100 * 2 ** cuts));
      body = (await ask(bucket, key, { IfMatch: version, Range: `bytes=${at}-${last}` })).Body as Readable;
    }
  }
  const age = Date.parse(first.answered) - (first.LastModified?.getTime() ?? Number.NaN);
  const md5 = md5In(version, first.ServerSideEncryption);
  return { etag: version, md5, age, bytes, version: first.VersionId, chunks: chunks() };
}

/**
 * The MD5 of the content in hex, where S3 has made the tag of it: not of what was sent in parts, nor under a key of KMS.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html
 */
export function md5In(etag: string | undefined, encryption: string | undefined): string | undefined {
  return /kms/.test(encryption ?? '') ? undefined : /^"?([0-9a-f]{32})"?$/.exec(etag ?? '')?.[1];
}

/** The whole of a small file; undefined where there is none. */
export async function get(bucket: Bucket, key: string): Promise<Tagged | undefined> {
  try {
    const { etag, age, chunks } = await openObject(bucket, key);
    const parts: Buffer[] = [];
    for await (const chunk of chunks) parts.push(chunk);
    return { body: Buffer.concat(parts), etag, age };
  } catch (error) {
    if (isCoded(error, 'LAKE_NOT_FOUND')) return undefined;
    throw error;
  }
}

/** The answer, with its header Date. */
async function ask(bucket: Bucket, key: string, which: { IfMatch?: string; Range?: string }) {
  const question = new GetObjectCommand({ Bucket: bucket.name, Key: bucket.inBucket(key), ...which });
  let answered = '';
  question.middlewareStack.add(
    (next) => async (request) => {
      const result = await next(request);
      answered = (result.response as { headers: Record<string, string> }).headers.date ?? '';
      return result;
    },
    { step: 'deserialize', name: 'carelake-date' },
  );
  const answer = await bucket.asking('read', key, (client) => client.send(question));
  // A cut before anybody reads is met by the reading; without a listener it would end the process.
  (answer.Body as Readable).on('error', () => undefined);
  return { ...answer, answered };
}
