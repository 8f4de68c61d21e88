// An id that begins with the time: a UUID of version 7 (RFC 9562). What is found by it, lines of the audit log or jobs, lies in the
// order in which it came, and that of one moment side by side.
import { randomUUID } from 'node:crypto';

export function orderedId(): string {
  const time = Date.now().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}
