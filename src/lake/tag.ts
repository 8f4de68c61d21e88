// The tag of a small file where the driver has none of its own: equal tags mean equal content.
import { createHash } from 'node:crypto';

export function tagOf(body: string | Buffer): string {
  return createHash('sha256').update(body).digest('hex');
}
