// The keys that access tokens are signed with: the first one signs, and all are good to verify by, so that a new one can be
// put before the old one for as long as tokens of that may be on their way.
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { calculateJwkThumbprint, exportJWK } from 'jose';
import { CarelakeError } from '../../errors.js';

export interface SigningKeys {
  readonly first: { readonly kid: string; readonly key: KeyObject };
  /** Public keys by their kid. */
  readonly all: ReadonlyMap<string, KeyObject>;
}

/** One or several private keys of the curve P-256 in PEM. @throws TOKEN_KEY */
export async function signingKeysIn(text: string): Promise<SigningKeys> {
  const blocks = text.match(/-----BEGIN (EC )?PRIVATE KEY-----[^-]+-----END \1?PRIVATE KEY-----/g) ?? [];
  const keys = await Promise.all(blocks.map(keyIn));
  const [first] = keys;
  if (!first) throw new CarelakeError('TOKEN_KEY', 'There is no private key in it.');
  return { first, all: new Map(keys.map(({ kid, key }) => [kid, createPublicKey(key)])) };
}

async function keyIn(block: string): Promise<SigningKeys['first']> {
  let key: KeyObject;
  try {
    key = createPrivateKey(block);
  } catch (cause) {
    throw new CarelakeError('TOKEN_KEY', 'A private key in it cannot be read.', { cause });
  }
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
    throw new CarelakeError('TOKEN_KEY', 'A private key in it is not of the curve P-256.');
  }
  return { key, kid: await calculateJwkThumbprint(await exportJWK(createPublicKey(key))) };
}

/** The text of a file of keys, which is made where it is not there, for its owner alone. @throws TOKEN_KEY */
export function keysKeptIn(file: string): string {
  try {
    mkdirSync(dirname(file), { recursive: true });
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { flag: 'wx', mode: 0o600 });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw unusable(file, cause);
  }
  try {
    chmodSync(file, 0o600);
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw unusable(file, cause);
  }
}

const unusable = (file: string, cause: unknown): CarelakeError =>
  new CarelakeError('TOKEN_KEY', `${file}: ${(cause as NodeJS.ErrnoException).code ?? String(cause)}.`, { cause });
