// What another program needs to reach the bucket as this one does.
import type { Access } from '../lake.js';
import type { Bucket } from './bucket.js';
import { startingWith } from './list.js';

/** The keys are those of the moment: a role's are other ones after some hours. LAKE_… where S3 does not answer. */
export async function accessTo(bucket: Bucket, pathStyle: boolean): Promise<Access> {
  // The client finds its server with its first request.
  for await (const _ of startingWith(bucket, '', 1)) break;
  const { config } = bucket.client;
  const { accessKeyId, secretAccessKey, sessionToken } = await bucket.asking('sign in to', '', () =>
    config.credentials(),
  );
  const { protocol, hostname, port, path } = (config.isCustomEndpoint && (await config.endpoint?.())) || {};
  return {
    region: await config.region(),
    pathStyle,
    accessKeyId,
    secretAccessKey,
    ...(sessionToken !== undefined && { sessionToken }),
    ...(hostname !== undefined && {
      endpoint: `${protocol}//${hostname}${port ? `:${port}` : ''}${path === '/' ? '' : path}`,
    }),
    ...(bucket.encryption.ServerSideEncryption && {
      encryption: { kind: bucket.encryption.ServerSideEncryption, key: bucket.encryption.SSEKMSKeyId },
    }),
  };
}
