// The id of a request: a UUID of version 7 (RFC 9562). It begins with the time, so that the audit log, which finds lines by it,
// writes those of one moment side by side.
import { randomUUID } from 'node:crypto';

export function requestId(): string {
  const time = Date.now().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}
