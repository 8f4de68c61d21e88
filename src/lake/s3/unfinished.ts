// Uploads in parts that a crash left: no file yet, but stored and paid for.
import {
  AbortMultipartUploadCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandOutput,
  ListPartsCommand,
} from '@aws-sdk/client-s3';
import { isCoded } from '../../errors.js';
import type { Bucket } from './bucket.js';

export interface Unfinished {
  readonly key: string;
  readonly id: string;
  readonly started: Date;
}

/** All below the prefix of the lake. */
export async function unfinishedUploads(bucket: Bucket): Promise<Unfinished[]> {
  const found: Unfinished[] = [];
  const Prefix = bucket.inBucket('');
  let from: { KeyMarker?: string; UploadIdMarker?: string } | undefined = {};
  while (from) {
    const after: { KeyMarker?: string; UploadIdMarker?: string } = from;
    const answer: ListMultipartUploadsCommandOutput = await bucket.asking('list unfinished uploads of', '', (client) =>
      client.send(new ListMultipartUploadsCommand({ Bucket: bucket.name, Prefix, ...after })),
    );
    for (const { Key = '', UploadId = '', Initiated = new Date() } of answer.Uploads ?? []) {
      found.push({ key: bucket.inLake(Key), id: UploadId, started: Initiated });
    }
    const { NextKeyMarker, NextUploadIdMarker } = answer;
    from = answer.IsTruncated
      ? {
          ...(NextKeyMarker && { KeyMarker: NextKeyMarker }),
          ...(NextUploadIdMarker && { UploadIdMarker: NextUploadIdMarker }),
        }
      : undefined;
  }
  return found;
}

/** The bytes that its parts take; undefined where it has been completed or removed since it was listed. */
export async function bytesOf(bucket: Bucket, { key, id }: Unfinished): Promise<number | undefined> {
  const upload = { Bucket: bucket.name, Key: bucket.inBucket(key), UploadId: id };
  let bytes = 0;
  let marker: string | undefined;
  try {
    do {
      const answer = await bucket.asking('look into the unfinished upload of', key, (client) =>
        client.send(new ListPartsCommand({ ...upload, ...(marker && { PartNumberMarker: marker }) })),
      );
      for (const { Size = 0 } of answer.Parts ?? []) bytes += Size;
      marker = answer.IsTruncated ? answer.NextPartNumberMarker : undefined;
    } while (marker !== undefined);
  } catch (error) {
    if (isCoded(error, 'LAKE_NOT_FOUND')) return undefined;
    throw error;
  }
  return bytes;
}

export async function abandon(bucket: Bucket, { key, id }: Unfinished): Promise<void> {
  const upload = { Bucket: bucket.name, Key: bucket.inBucket(key), UploadId: id };
  await bucket
    .asking('remove the unfinished upload of', key, (client) => client.send(new AbortMultipartUploadCommand(upload)))
    .catch((error: unknown) => {
      if (!isCoded(error, 'LAKE_NOT_FOUND')) throw error;
    });
}
