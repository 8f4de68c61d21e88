// Writes of whole files, with or without a condition; a condition that seems broken only by our own write is not.
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { CarelakeError } from '../../errors.js';
import type { Condition } from '../lake.js';
import type { Bucket } from './bucket.js';
import { attemptsOf } from './faults.js';

/** Files up to this size go in one request, larger ones in parts of it: what is in memory of a file in flight. */
const partBytes = 8 * 2 ** 20;
/** S3 takes at most 10,000 parts. */
const mostParts = 9_000;
/** The parts of one file that are under way at once. */
const partsAtOnce = 3;

/** Metadata that every write bears, so that it is known again where the answer to it got lost. */
const writeName = 'carelake-write';

/** Writes a file and returns its tag. @throws LAKE_CONFLICT where the condition does not hold */
export function put(bucket: Bucket, key: string, body: string | Buffer, condition?: Condition): Promise<string> {
  const Body = Buffer.from(body);
  return writing(bucket, key, condition, (parameters) =>
    bucket.client.send(new PutObjectCommand({ ...parameters, Body })),
  );
}

/**
 * Writes a file of this machine where none is, and returns its tag. A large one goes in parts, which are removed where
 * that fails; those that a crash leaves are found by `sweep`.
 * @throws LAKE_CONFLICT where there is a file
 */
export async function upload(
  bucket: Bucket,
  key: string,
  { path, bytes }: { path: string; bytes: number },
): Promise<string> {
  if (bytes <= partBytes) return put(bucket, key, await readFile(path), { absent: true });
  const partSize = Math.max(partBytes, Math.ceil(bytes / mostParts));
  return writing(bucket, key, { absent: true }, (parameters) =>
    new Upload({
      client: bucket.client,
      params: { ...parameters, Body: createReadStream(path, { highWaterMark: 2 ** 20 }), ContentLength: bytes },
      partSize,
      queueSize: partsAtOnce,
    }).done(),
  );
}

interface Parameters {
  readonly Bucket: string;
  readonly Key: string;
  readonly Metadata: Record<string, string>;
  readonly IfNoneMatch?: string;
  readonly IfMatch?: string;
}

async function writing(
  bucket: Bucket,
  key: string,
  condition: Condition | undefined,
  write: (parameters: Parameters) => Promise<{ ETag?: string | undefined }>,
): Promise<string> {
  const own = randomUUID();
  const parameters = {
    Bucket: bucket.name,
    Key: bucket.inBucket(key),
    Metadata: { [writeName]: own },
    ...bucket.encryption,
    ...(condition && ('absent' in condition ? { IfNoneMatch: '*' } : { IfMatch: condition.etag })),
  };
  for (let round = 1; ; round++) {
    const answer = await bucket.asking('write', key, async () => {
      try {
        return await write(parameters);
      } catch (error) {
        const { name } = error as Error;
        // Two conditional writes overlapped and S3 refused one without comparing: to be asked again.
        if (name === 'ConditionalRequestConflict' && round < bucket.attempts) return undefined;
        if (!condition || !(name === 'PreconditionFailed' || name === 'NoSuchKey')) throw error;
        // The request before this one may have written, and its answer have been lost.
        const written = attemptsOf(error) + round > 2 ? await writtenBy(bucket, key, own) : undefined;
        if (written) return { ETag: written };
        const found = 'absent' in condition ? 'already exists' : 'is not the file that was read';
        throw new CarelakeError('LAKE_CONFLICT', `s3 lake: ${JSON.stringify(key)} in ${bucket.address} ${found}.`);
      }
    });
    if (answer) return tagIn(answer, bucket, key);
    await pause(Math.random() * Math.min(5_000, 50 * 2 ** round));
  }
}

/** The tag of the file where it is the one of this write. */
async function writtenBy(bucket: Bucket, key: string, own: string): Promise<string | undefined> {
  const head = new HeadObjectCommand({ Bucket: bucket.name, Key: bucket.inBucket(key) });
  const { Metadata, ETag } = await bucket.client.send(head).catch((error: Error) => {
    if (error.name === 'NotFound') return {} as { Metadata?: undefined; ETag?: undefined };
    throw error;
  });
  return Metadata?.[writeName] === own ? ETag : undefined;
}

/** @throws LAKE_FAILED where the server gives no tag: without them nothing can be compared. */
export function tagIn({ ETag }: { ETag?: string | undefined }, bucket: Bucket, key: string): string {
  if (ETag) return ETag;
  throw new CarelakeError('LAKE_FAILED', `s3 lake: ${bucket.address} gives no ETag for ${JSON.stringify(key)}.`);
}
