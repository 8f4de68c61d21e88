// A bucket with the prefix that the lake has in it, and the client that asks S3.
import { S3Client, type ServerSideEncryption } from '@aws-sdk/client-s3';
import { CarelakeError } from '../../errors.js';
import { whileAsking } from './faults.js';

/** What S3 is asked to encrypt new files with; where nothing is said, the bucket's own setting decides. */
export type Encryption = { readonly kind: 'AES256' } | { readonly kind: 'aws:kms'; readonly key?: string };

export interface BucketOptions {
  readonly bucket: string;
  /** `a/b`, or empty where the lake is the whole bucket. */
  readonly prefix: string;
  /** Who speaks in errors: `s3 lake` unless given. */
  readonly says?: string;
  readonly encryption?: Encryption;
  /** Whether the bucket stands in the path and not in the name of the host, as most servers but AWS want it. */
  readonly pathStyle: boolean;
  /** How often a request is tried in all. Waits double from 0.1 s (0.5 s where S3 asks to slow down) to 20 s, at random below. */
  readonly attempts?: number;
  /** Milliseconds that a connection may stand still. */
  readonly idleMs?: number;
  /** These three as the AWS SDK finds them, where not given: environment, profile, web identity, role of the machine. */
  readonly endpoint?: string;
  readonly region?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

export interface Bucket {
  readonly client: S3Client;
  readonly name: string;
  /** As a person would write it: `s3://bucket/prefix`. */
  readonly address: string;
  readonly attempts: number;
  /** What every request that makes a file says of its encryption. */
  readonly encryption: { ServerSideEncryption?: ServerSideEncryption; SSEKMSKeyId?: string };
  /** Of a key or prefix of the lake the key in the bucket. @throws LAKE_KEY_INVALID where it is too long for S3 */
  inBucket(key: string): string;
  /** The key of the lake, of one in the bucket. */
  inLake(key: string): string;
  /** Runs a request; what S3 refuses becomes a coded error that says `cannot <verb> "<key>"`. */
  asking<Answer>(verb: string, key: string, request: (client: S3Client) => Promise<Answer>): Promise<Answer>;
}

/** What S3 takes as a key, in UTF-8 bytes. */
const longestKey = 1024;
const usualAttempts = 10;

export function openBucket({
  bucket,
  prefix,
  encryption,
  attempts = usualAttempts,
  says = 's3 lake',
  ...options
}: BucketOptions): Bucket {
  const { pathStyle, idleMs = 30_000, endpoint, region, credentials } = options;
  // It tells of SDK versions to come, which whoever raises the pinned one reads about; here it would stand before results.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const client = new S3Client({
    forcePathStyle: pathStyle,
    retryMode: 'standard',
    maxAttempts: attempts,
    requestHandler: { connectionTimeout: Math.min(5_000, idleMs), socketTimeout: idleMs },
    ...(endpoint && { endpoint }),
    ...(region && { region }),
    ...(credentials && { credentials }),
  });
  const root = prefix === '' ? '' : `${prefix}/`;
  const address = `s3://${bucket}${prefix === '' ? '' : `/${prefix}`}`;
  return {
    client,
    name: bucket,
    address,
    attempts,
    encryption: encryption
      ? {
          ServerSideEncryption: encryption.kind,
          ...(encryption.kind === 'aws:kms' && encryption.key && { SSEKMSKeyId: encryption.key }),
        }
      : {},
    inBucket(key) {
      const whole = root + key;
      if (Buffer.byteLength(whole) <= longestKey) return whole;
      throw new CarelakeError(
        'LAKE_KEY_INVALID',
        `s3 lake: ${whole.slice(0, 200)}… has more than ${longestKey} bytes.`,
      );
    },
    inLake: (key) => key.slice(root.length),
    asking: (verb, key, request) => whileAsking(says, address, verb, key, () => request(client)),
  };
}
