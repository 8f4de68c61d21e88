// Ends a folder whose files another program has written: its last file is written here, when all others are there.
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { CarelakeError } from '../../errors.js';
import { checkKey } from '../keys.js';
import type { Bucket } from './bucket.js';
import { list, listed } from './list.js';
import { withLock } from './lock.js';
import { put } from './write.js';

/**
 * Under the lock that a commit to the same key takes, since that removes what it finds there unfinished.
 * @throws LAKE_NOT_FOUND, LAKE_NOT_ENCRYPTED
 */
export function seal(
  bucket: Bucket,
  key: string,
  files: readonly string[],
  last: { readonly name: string; readonly body: string },
): Promise<boolean> {
  const ending = checkKey('s3', `${key}/${last.name}`);
  return withLock(bucket, key, async (ensureHeld) => {
    if (await listed(bucket, ending)) return false;
    await requireSealable(bucket, key, files);
    await ensureHeld();
    await put(bucket, ending, last.body, { absent: true });
    return true;
  });
}

/** @throws LAKE_NOT_FOUND, LAKE_NOT_ENCRYPTED */
export async function requireSealable(bucket: Bucket, key: string, files: readonly string[]): Promise<void> {
  const wanted = files.map((file) => checkKey('s3', `${key}/${file}`));
  const present = new Set<string>();
  for await (const file of list(bucket, key)) present.add(file.key);
  const missing = wanted.find((file) => !present.has(file));
  if (missing !== undefined) {
    throw new CarelakeError('LAKE_NOT_FOUND', `s3 lake: there is no ${JSON.stringify(missing)} in ${bucket.address}.`);
  }
  // One program writes all of them under the same settings.
  if (wanted[0] !== undefined) await requireEncryption(bucket, wanted[0]);
}

/** What we ask of S3 with every file of our own, the other program may not have asked. */
async function requireEncryption(bucket: Bucket, key: string): Promise<void> {
  const { ServerSideEncryption: wanted, SSEKMSKeyId: wantedKey } = bucket.encryption;
  if (wanted === undefined) return;
  const head = new HeadObjectCommand({ Bucket: bucket.name, Key: bucket.inBucket(key) });
  const found = await bucket.asking('read', key, (client) => client.send(head));
  // S3 answers with the ARN of the key, of which what was asked for may be the end; which key an alias means it does not say.
  const isOfKey =
    wantedKey === undefined ||
    /(^|:)alias[/]/.test(wantedKey) ||
    found.SSEKMSKeyId?.endsWith(wantedKey.replace(/^.*[/]/, ''));
  if (found.ServerSideEncryption === wanted && isOfKey) return;
  throw new CarelakeError(
    'LAKE_NOT_ENCRYPTED',
    `s3 lake: ${JSON.stringify(key)} in ${bucket.address} is encrypted by ${found.ServerSideEncryption ?? 'nothing'}, and ${wanted} is asked for.`,
  );
}
