// Which keys a lake takes, and their order. Checked before a driver sees them, so that no driver can be led outside.
import { CarelakeError } from '../errors.js';

/** The longest part of a key in UTF-8 bytes: what common file systems take as a name. */
const longestPart = 255;
/** The longest key in UTF-8 bytes: what S3 takes. */
const longestKey = 1024;
/** The folder in which the local driver keeps what is not yet, or no longer, a file of the lake. */
export const ownFolder = '.scratch';

/** What begins the name of a folder into which another program writes, below the key that it may become. */
export const attemptPrefix = 'made-';

/**
 * Returns the key as it came.
 * @throws LAKE_KEY_INVALID where it is no relative path `a/b/c`, or longer than 255 bytes a part or 1,024 in all.
 */
export function checkKey(driver: string, key: string): string {
  const fault = faultOf(key);
  if (fault) throw new CarelakeError('LAKE_KEY_INVALID', `${driver} lake: the key ${shown(key)} ${fault}.`);
  return key;
}

/** As `checkKey`; the empty prefix means the whole lake. */
export function checkPrefix(driver: string, prefix: string): string {
  return prefix === '' ? prefix : checkKey(driver, prefix);
}

/** The order of `list`: by the bytes of the key in UTF-8, as S3 orders. */
export function byBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function faultOf(key: string): string | undefined {
  const bytes = Buffer.from(key);
  if (bytes.toString() !== key) return 'holds half a surrogate pair, which no file name can';
  if (key.includes('\0')) return 'holds a NUL character';
  if (bytes.length > longestKey) return `has ${bytes.length} bytes; at most ${longestKey} are allowed`;
  const parts = key.split('/');
  if (parts.includes('')) return 'has an empty part; it must be of the form a/b/c';
  if (parts.some((part) => part === '.' || part === '..')) return 'has a part . or ..';
  if (parts[0]?.toLowerCase() === ownFolder) return `starts with ${ownFolder}, where the lake keeps unfinished files`;
  const long = parts.map((part) => Buffer.byteLength(part)).find((length) => length > longestPart);
  if (long) return `has a part of ${long} bytes; at most ${longestPart} are allowed`;
  return undefined;
}

function shown(key: string): string {
  return JSON.stringify(key.length > 200 ? `${key.slice(0, 200)}…` : key);
}
