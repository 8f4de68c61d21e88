// Of the lake, in a folder or in S3.
import type { ErrorEntry } from './entry.js';

export const lakeErrors = {
  // lake
  LAKE_CONFLICT: {
    status: 409,
    exit: 1,
    title: 'The file in the lake changed in the meantime',
    fix: 'Read it again and repeat the change.',
  },
  LAKE_NOT_FOUND: {
    status: 404,
    exit: 1,
    title: 'The lake has no such file',
    fix: 'Check the key; if a run needs it, run again with --full.',
  },
  LAKE_READ_ONLY: {
    status: 500,
    exit: 1,
    title: 'The lake cannot be written',
    fix: 'Give the process the right to write to the data folder, or choose another with --data.',
  },
  LAKE_DISK_FULL: {
    status: 507,
    exit: 1,
    title: 'The disk is full',
    fix: 'Free space, then repeat the command: finished steps are kept, and nothing half-written is read.',
  },
  LAKE_KEY_INVALID: {
    status: 400,
    exit: 2,
    title: 'The lake cannot hold a file of this name',
    fix: 'Rename the file: a name has at most 255 bytes, a path at most 1,024, and no part of it is empty, . or ..',
  },
  LAKE_BUSY: {
    status: 503,
    exit: 1,
    title: 'Another process holds a file of the lake',
    fix: 'End or continue the process that the message names, then repeat the command.',
  },
  LAKE_DAMAGED: {
    status: 500,
    exit: 1,
    title: 'A file of the lake is damaged',
    fix: 'carelake run --full makes what lies below steps/ again. Delete current.json or a manifest before it; restore any other file from a backup.',
  },
  LAKE_FAILED: {
    status: 500,
    exit: 1,
    title: 'The lake failed',
    fix: 'See the cause: the data folder may be unreadable, on a failing disk or on a share that went away.',
  },
  // lake in S3
  LAKE_CREDENTIALS: {
    status: 500,
    exit: 1,
    title: 'S3 does not take the credentials',
    fix: 'Give a valid key by AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, AWS_PROFILE, web identity or the role of the machine; `aws sts get-caller-identity` shows which is found.',
  },
  LAKE_FORBIDDEN: {
    status: 500,
    exit: 1,
    title: 'S3 does not give the right to do that',
    fix: 'Allow s3:GetObject, s3:PutObject, s3:DeleteObject, s3:AbortMultipartUpload and s3:ListMultipartUploadParts on the prefix, s3:ListBucket and s3:ListBucketMultipartUploads on the bucket, and the KMS key where one encrypts.',
  },
  LAKE_NOT_ENCRYPTED: {
    status: 500,
    exit: 1,
    title: 'Spark does not encrypt what it writes as CARELAKE_S3_ENCRYPTION asks',
    fix: 'Set it for Spark (fs.s3a.encryption.algorithm and .key, or what its service has), or as the default of the bucket; or let Spark use the settings of this process: CARELAKE_SPARK_S3=keys. What it wrote is removed.',
  },
  LAKE_NO_BUCKET: {
    status: 500,
    exit: 1,
    title: 'There is no such bucket',
    fix: 'Correct the bucket in CARELAKE_LAKE=s3://bucket/prefix, or create it: Carelake makes no buckets. AWS_ENDPOINT_URL says which server is asked.',
  },
  LAKE_REGION: {
    status: 500,
    exit: 1,
    title: 'The region of the bucket is not known or another',
    fix: "Set AWS_REGION to the bucket's region; a server that has none takes us-east-1.",
  },
  LAKE_CLOCK: {
    status: 500,
    exit: 1,
    title: 'The clock of this machine differs too much from that of S3',
    fix: 'Set the clock (by NTP): S3 refuses requests that are more than 15 minutes off.',
  },
  LAKE_UNREACHABLE: {
    status: 503,
    exit: 1,
    title: 'S3 cannot be reached',
    fix: 'Check AWS_ENDPOINT_URL, the network and its proxies, then repeat the command: finished steps are kept.',
  },
  LAKE_TIMEOUT: {
    status: 504,
    exit: 1,
    title: 'S3 did not answer in time',
    fix: 'Check the network, then repeat the command: finished steps are kept.',
  },
  LAKE_SLOW_DOWN: {
    status: 503,
    exit: 1,
    title: 'S3 is overloaded and asks to slow down',
    fix: 'Repeat the command later, or raise CARELAKE_S3_ATTEMPTS: finished steps are kept.',
  },
} as const satisfies Record<string, ErrorEntry>;
