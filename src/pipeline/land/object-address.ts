// Which paths of an ingest are addresses in S3, and what stands there.
import { CarelakeError } from '../../errors.js';
import type { ObjectAddress, Objects } from '../../lake/objects.js';
import type { NamedObject } from '../../sources/text/object-members.js';

export const isAddress = (path: string): boolean => /^s3:[/][/]/i.test(path);

/** @throws OBJECT_ADDRESS */
function objectAddressOf(text: string): ObjectAddress {
  const [, bucket, path = ''] = /^s3:[/][/]([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:[/](.*))?$/is.exec(text) ?? [];
  if (bucket === undefined) throw new CarelakeError('OBJECT_ADDRESS', `${text} names no bucket.`);
  return { bucket, path };
}

/** Every object behind the addresses, each once, named as it stands below its address. @throws as `Objects.list` */
export async function objectsBehind(addresses: readonly string[], objects: Objects): Promise<NamedObject[]> {
  const found = new Map<string, NamedObject>();
  for (const address of addresses.map(objectAddressOf)) {
    for (const object of await objects.list(address)) {
      const above = object.key === address.path ? address.path.lastIndexOf('/') + 1 : prefixOf(address.path).length;
      const id = JSON.stringify([object.bucket, object.key]);
      if (!found.has(id)) found.set(id, { file: object.key.slice(above), object });
    }
  }
  return [...found.values()];
}

const prefixOf = (path: string): string => (path === '' || path.endsWith('/') ? path : `${path}/`);
