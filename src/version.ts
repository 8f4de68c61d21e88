// The version of this package, and the digest of the catalog that it was built with.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { publishedTables, tables } from './catalog/catalog.js';

const packageFile = new URL('../package.json', import.meta.url);

export const version: string = (JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string }).version;

/** Twelve hexadecimal digits of the SHA-256 of all tables of the catalog. */
export const catalogDigest: string = createHash('sha256')
  .update(JSON.stringify([tables, publishedTables]))
  .digest('hex')
  .slice(0, 12);
