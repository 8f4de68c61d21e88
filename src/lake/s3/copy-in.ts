// Brings an object of another bucket into the lake: S3 copies it itself, and nothing of it passes this machine.
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { CarelakeError, isCoded } from '../../errors.js';
import { inParallel } from '../../in-parallel.js';
import { addressOf, type StoredObject } from '../objects.js';
import type { Bucket } from './bucket.js';
import { md5In } from './read.js';

/** S3 copies at most 5 GB in one request; parts of this size are quick enough to be tried again. */
const usualPartBytes = 512 * 2 ** 20;
const mostParts = 9_000;
const partsAtOnce = 4;

/**
 * Only the bytes come: not the metadata and tags, to read which would need rights of its own.
 * @throws OBJECT_CHANGED where it is another version by now, LAKE_FAILED where the copy is not what was copied.
 */
export async function copyIn(
  bucket: Bucket,
  object: StoredObject,
  key: string,
  partBytes = Math.max(usualPartBytes, Math.ceil(object.bytes / mostParts)),
): Promise<void> {
  const source = {
    CopySource: [object.bucket, ...object.key.split('/')].map(encodeURIComponent).join('/'),
    CopySourceIfMatch: object.etag,
  };
  const target = { Bucket: bucket.name, Key: bucket.inBucket(key) };
  const whole = { MetadataDirective: 'REPLACE', TaggingDirective: 'REPLACE', ...bucket.encryption } as const;
  const copying = bucket.asking(`copy ${addressOf(object)} to`, key, async (client) => {
    if (object.bytes > partBytes) await copyParts(bucket, object.bytes, partBytes, source, target);
    else await client.send(new CopyObjectCommand({ ...target, ...source, ...whole }));
  });
  await copying.catch((error: Error) => {
    throw isCoded(error, 'LAKE_CONFLICT')
      ? new CarelakeError('OBJECT_CHANGED', error.message, { cause: error })
      : error;
  });
  const copy = await bucket.asking('look at', key, (client) => client.send(new HeadObjectCommand(target)));
  const [given, made] = [object.etag, copy.ETag].map((tag) => md5In(tag, copy.ServerSideEncryption));
  const isOther = given !== undefined && made !== undefined && made !== given;
  if (copy.ContentLength === object.bytes && !isOther) return;
  throw new CarelakeError(
    'LAKE_FAILED',
    `s3 lake: the copy of ${addressOf(object)} in ${bucket.address} has ${copy.ContentLength} bytes and the tag ${copy.ETag}, not ${object.bytes} and ${object.etag}.`,
  );
}

async function copyParts(
  { client, encryption }: Bucket,
  bytes: number,
  partBytes: number,
  source: { CopySource: string; CopySourceIfMatch: string },
  target: { Bucket: string; Key: string },
): Promise<void> {
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ ...target, ...encryption }));
  const upload = { ...target, UploadId };
  const starts = Array.from({ length: Math.ceil(bytes / partBytes) }, (_, part) => part * partBytes);
  try {
    const Parts = await inParallel([...starts.entries()], partsAtOnce, async ([index, start]) => {
      const CopySourceRange = `bytes=${start}-${Math.min(start + partBytes, bytes) - 1}`;
      const PartNumber = index + 1;
      const { CopyPartResult } = await client.send(
        new UploadPartCopyCommand({ ...upload, ...source, PartNumber, CopySourceRange }),
      );
      return { PartNumber, ETag: CopyPartResult?.ETag };
    });
    await client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }));
  } catch (error) {
    // What cannot be removed now, gc finds; the first fault is the one to be told.
    await client.send(new AbortMultipartUploadCommand(upload)).catch(() => undefined);
    throw error;
  }
}
