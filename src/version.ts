// The version of this package, what it runs on, and the digest of the catalog that it was built with.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
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

/**
 * Of code whose results are kept: the version of the package and twelve digits of the SHA-256 of its files, `0.1.0+1c0ffee5eed5`.
 * @param folders Of the source, `models`.
 */
export async function codeVersion(...folders: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of folders) {
    const root = fileURLToPath(new URL(`./${folder}/`, import.meta.url));
    const found = await readdir(root, { recursive: true, withFileTypes: true });
    const files = found.filter((file) => file.isFile()).map(({ parentPath, name }) => `${parentPath}/${name}`);
    for (const file of files.filter((path) => /(?<![.]d)[.][jt]s$/.test(path)).sort()) {
      hash.update(`${folder}/${relative(root, file)}\n`).update(await readFile(file));
    }
  }
  return `${version}+${hash.digest('hex').slice(0, 12)}`;
}
