// What another program needs to reach the bucket as this one does.
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { Access } from '../lake.js';
import type { Bucket } from './bucket.js';

/** The keys are those of the moment: a role's are other ones after some hours. LAKE_… where S3 does not answer. */
export async function accessTo(bucket: Bucket, pathStyle: boolean): Promise<Access> {
  const { config } = bucket.client;
  const endpoint = await serverOf(bucket);
  const { accessKeyId, secretAccessKey, sessionToken } = await bucket.asking('sign in to', '', () =>
    config.credentials(),
  );
  const { ServerSideEncryption: kind, SSEKMSKeyId: key } = bucket.encryption;
  return {
    region: await config.region(),
    pathStyle,
    accessKeyId,
    secretAccessKey,
    ...(sessionToken !== undefined && { sessionToken }),
    ...(endpoint !== undefined && { endpoint }),
    ...(kind !== undefined && { encryption: { kind, key } }),
  };
}

interface Request {
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
}

/** Which server a request goes to, undefined for those of AWS. The client looks for it in many places, and tells nobody. */
async function serverOf(bucket: Bucket): Promise<string | undefined> {
  const question = new ListObjectsV2Command({ Bucket: bucket.name, Prefix: bucket.inBucket(''), MaxKeys: 1 });
  let sent: Request | undefined;
  question.middlewareStack.add(
    (next) => (step) => {
      sent = step.request as Request;
      return next(step);
    },
    { step: 'finalizeRequest', name: 'carelake-server', priority: 'low' },
  );
  await bucket.asking('list', '', (client) => client.send(question));
  if (!sent || /[.]amazonaws[.]com([.]cn)?$/.test(sent.hostname)) return undefined;
  const { protocol, port } = sent;
  // The name of the bucket stands before that of the server, unless it stands in the path.
  const host = sent.hostname.startsWith(`${bucket.name}.`)
    ? sent.hostname.slice(bucket.name.length + 1)
    : sent.hostname;
  return `${protocol}//${host}${port ? `:${port}` : ''}`;
}
