// Removes files, a thousand in a request.
import { DeleteObjectCommand, DeleteObjectsCommand } from '@aws-sdk/client-s3';
import type { Bucket } from './bucket.js';

const mostAtOnce = 1_000;
/** XML cannot hold these, so that a key with one goes in a request of its own. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const notInXml = /[\u0000-\u001f\u007f-\u009f\ufffe\uffff]/;

/** In no order; one that is not there is no error. */
export async function remove(bucket: Bucket, keys: readonly string[]): Promise<void> {
  for (const key of keys.filter((key) => notInXml.test(key))) {
    const Key = bucket.inBucket(key);
    await bucket.asking('remove', key, (client) => client.send(new DeleteObjectCommand({ Bucket: bucket.name, Key })));
  }
  const rest = keys.filter((key) => !notInXml.test(key));
  for (let from = 0; from < rest.length; from += mostAtOnce) {
    const some = rest.slice(from, from + mostAtOnce);
    await bucket.asking('remove', some[0] ?? '', async (client) => {
      const Objects = some.map((key) => ({ Key: bucket.inBucket(key) }));
      const { Errors = [] } = await client.send(
        new DeleteObjectsCommand({ Bucket: bucket.name, Delete: { Objects, Quiet: true } }),
      );
      const [fault] = Errors.filter(({ Code }) => Code !== 'NoSuchKey');
      if (fault) throw Object.assign(new Error(`${fault.Key}: ${fault.Message}`), { name: fault.Code, $metadata: {} });
    });
  }
}
