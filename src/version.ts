// The version of this package, what it runs on, and the digest of the catalog that it was built with.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { publishedTables, tables } from './catalog/catalog.js';
import { checks } from './catalog/checks.js';

const packageFile = new URL('../package.json', import.meta.url);

const { version: own, engines } = JSON.parse(readFileSync(packageFile, 'utf8')) as {
  version: string;
  engines: { node: string };
};

export const version: string = own;

/** The versions of Node that this package runs on, as package.json writes it: `>=20.19`. */
export const nodeRange: string = engines.node;

/** Twelve hexadecimal digits of the SHA-256 of all tables and checks of the catalog. */
export const catalogDigest: string = createHash('sha256')
  .update(JSON.stringify([tables, publishedTables, checks]))
  .digest('hex')
  .slice(0, 12);
