// Secrets that a machine keeps for somebody: made at random, and known here by their hash alone. A fast hash is enough, for
// nobody can guess 256 bits.
import { createHash, randomBytes } from 'node:crypto';

/** 256 bits, as 43 signs that need no quoting in an address, a header or a cookie. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** 128 bits: what names something to its owner, and opens nothing. */
export const newId = (): string => randomBytes(16).toString('hex');

export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');
