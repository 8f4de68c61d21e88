// How Hadoop's reader of S3 is told to reach it as this process does.
// https://hadoop.apache.org/docs/stable/hadoop-aws/tools/hadoop-aws/index.html
import { createHash } from 'node:crypto';

export interface S3Access {
  /** Where it is not that of AWS for the region. */
  readonly endpoint?: string;
  readonly region: string;
  /** Whether the bucket stands in the path and not in the name of the host. */
  readonly pathStyle: boolean;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly encryption?: { readonly kind: string; readonly key: string | undefined };
}

const reader = 'org.apache.hadoop.fs.s3a';
const algorithms: Readonly<Record<string, string>> = { AES256: 'SSE-S3', 'aws:kms': 'SSE-KMS' };

export interface S3a {
  /** What stands before `://bucket/key`. */
  readonly scheme: string;
  /** Settings of a session. Spark redacts those of the keys where it shows settings, by `spark.redaction.regex`. */
  readonly settings: Readonly<Record<string, string>>;
}

/** As the machines of Spark are set up. */
export const s3aOfCluster: S3a = { scheme: 's3a', settings: {} };

/**
 * Hadoop keeps an open reader for each scheme and bucket, with the keys that it was opened with, for every session of this
 * Spark and for good. So ours have a scheme of their own, which is another one with other keys. (A reader for each use, by
 * `fs.s3a.impl.disable.cache`, is never closed: some ten threads stay of each.)
 */
export function s3aOf(access: S3Access): S3a {
  const { endpoint, region, pathStyle, encryption, accessKeyId, secretAccessKey, sessionToken } = access;
  const provider = sessionToken === undefined ? 'SimpleAWSCredentialsProvider' : 'TemporaryAWSCredentialsProvider';
  const scheme = `s3a${createHash('sha256').update(JSON.stringify(access)).digest('hex').slice(0, 16)}`;
  return {
    scheme,
    settings: {
      [`fs.${scheme}.impl`]: `${reader}.S3AFileSystem`,
      ...(endpoint !== undefined && { 'fs.s3a.endpoint': endpoint }),
      'fs.s3a.endpoint.region': region,
      'fs.s3a.path.style.access': String(pathStyle),
      'fs.s3a.aws.credentials.provider': `${reader}.${provider}`,
      // As Hadoop 3.4 and later do by themselves: 3.3 asks after each file for the marks of all folders above it to be deleted,
      // which servers other than AWS may refuse, and repeats that for minutes. A collection of ours removes the marks.
      'fs.s3a.directory.marker.retention': 'keep',
      'fs.s3a.access.key': accessKeyId,
      'fs.s3a.secret.key': secretAccessKey,
      ...(sessionToken !== undefined && { 'fs.s3a.session.token': sessionToken }),
      ...(encryption && { 'fs.s3a.encryption.algorithm': algorithms[encryption.kind] ?? encryption.kind }),
      ...(encryption?.key !== undefined && { 'fs.s3a.encryption.key': encryption.key }),
    },
  };
}
