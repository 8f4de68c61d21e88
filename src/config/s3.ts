// Where a lake in S3 is, and how its files are encrypted there, as people write it.

export interface S3Address {
  readonly bucket: string;
  /** `a/b`, or empty. */
  readonly prefix: string;
}

/** With the names of the AWS: `aws:kms` without a key takes the key that AWS manages for the account. */
export type S3Encryption = { readonly kind: 'AES256' } | { readonly kind: 'aws:kms'; readonly key?: string };

/** `s3://bucket/a/b` → bucket and prefix; undefined where the text is no such address. */
export function s3AddressOf(text: string): S3Address | undefined {
  const [, bucket, path = ''] = /^s3:[/][/]([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:[/](.*))?$/.exec(text) ?? [];
  if (bucket === undefined) return undefined;
  const prefix = path.replace(/[/]$/, '');
  const parts = prefix === '' ? [] : prefix.split('/');
  return parts.some((part) => ['', '.', '..'].includes(part)) ? undefined : { bucket, prefix };
}

/** `AES256`, `aws:kms` or `aws:kms:KEY`, where the key is its id, alias or ARN; undefined for any other text. */
export function s3EncryptionOf(text: string): S3Encryption | undefined {
  if (text === 'AES256') return { kind: 'AES256' };
  const [kms, key] = /^aws:kms(?::(.+))?$/.exec(text) ?? [];
  return kms === undefined ? undefined : { kind: 'aws:kms', ...(key !== undefined && { key }) };
}
