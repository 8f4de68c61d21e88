// What another program needs to reach the bucket as this one does.
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { Access } from '../lake.js';
import type { Bucket } from './bucket.js';

/** The keys are those of the moment: a role's are other ones after some hours. LAKE_… where S3 does not answer. */
export async function accessTo(bucket: Bucket, pathStyle: boolean): Promise<Access> {
  const { config } = bucket.client;
  const endpoint = await serverOf(bucket, pathStyle);
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

/** The host that a region's name alone leads to; an endpoint of a VPC, of FIPS or dual stack must be told. */
const ofAws = /^s3([.][a-z0-9-]+)?[.]amazonaws[.]com([.]cn)?$/;

/** Which server a request goes to, undefined for those of AWS. The client looks for it in many places, and tells nobody. */
async function serverOf(bucket: Bucket, pathStyle: boolean): Promise<string | undefined> {
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
  if (!sent) return undefined;
  const { protocol, hostname, port } = sent;
  // The name of the bucket stands before that of the server, unless it stands in the path.
  const isBeforeHost = !pathStyle && hostname.startsWith(`${bucket.name}.`);
  const host = isBeforeHost ? hostname.slice(bucket.name.length + 1) : hostname;
  return ofAws.test(host) ? undefined : `${protocol}//${host}${port ? `:${port}` : ''}`;
}
