// The certificate of the server and its key: read, held against each other, and read again when their files change.
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync, statSync, unwatchFile, watchFile } from 'node:fs';
import type { Server } from 'node:https';
import type { NetworkConfig } from '../config/network.js';
import { CarelakeError } from '../errors.js';

export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
}

/** How often the files are looked at, in milliseconds: what mounts secrets may swap a link above them, which no event tells. */
const lookEvery = 5000;

/** Null where the server answers in the clear. @throws TLS_FILES where only one of the two is given */
export function tlsFilesOf({ tlsCert: cert, tlsKey: key }: NetworkConfig): TlsFiles | null {
  if (cert === null && key === null) return null;
  if (cert !== null && key !== null) return { cert, key };
  const missing = cert === null ? 'CARELAKE_TLS_CERT' : 'CARELAKE_TLS_KEY';
  throw new CarelakeError('TLS_FILES', `${missing} is not set: certificate and key are given together.`);
}

/** What a server over TLS is made with. @throws TLS_FILES naming the file that is at fault */
export function readTls({ cert: certFile, key: keyFile }: TlsFiles) {
  const cert = textOf(certFile);
  const key = textOf(keyFile);
  const certificate = parsed(certFile, 'certificate', () => new X509Certificate(cert));
  const privateKey = parsed(keyFile, 'key without a passphrase', () => createPrivateKey(key));
  if (certificate.checkPrivateKey(privateKey)) return { cert, key, minVersion: 'TLSv1.2' as const };
  throw new CarelakeError('TLS_FILES', `The key in ${keyFile} is not that of the certificate in ${certFile}.`);
}

/** What an operator should know of files that can be used: an end that has come or is near, and a key that others may read. */
export function remarksOn({ cert: certFile, key: keyFile }: TlsFiles, now = new Date()): string[] {
  const { validTo, validFrom } = new X509Certificate(textOf(certFile));
  const days = Math.floor((Date.parse(validTo) - now.getTime()) / 86_400_000);
  const isOpen = process.platform !== 'win32' && (statSync(keyFile).mode & 0o004) !== 0;
  return [
    ...(Date.parse(validFrom) > now.getTime()
      ? [`The certificate in ${certFile} is valid from ${validFrom} on only.`]
      : []),
    ...(days < 0 ? [`The certificate in ${certFile} expired on ${validTo}.`] : []),
    ...(days >= 0 && days < 14 ? [`The certificate in ${certFile} expires in ${days} days, on ${validTo}.`] : []),
    ...(isOpen ? [`Other users of this machine may read the key in ${keyFile} (chmod o-r).`] : []),
  ];
}

/**
 * Takes changed files into use without a restart; of files that cannot be used it tells, and goes on with those before.
 * Connections that are open keep what they were opened with. Returns what ends it.
 */
export function keepsTlsFresh(server: Server, files: TlsFiles, report: (text: string) => void): () => void {
  const reload = (): void => {
    try {
      server.setSecureContext(readTls(files));
      report(`The certificate in ${files.cert} was read again.`);
      for (const remark of remarksOn(files)) report(remark);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      report(`${why} The certificate before it stays in use.`);
    }
  };
  const paths = [files.cert, files.key];
  for (const path of paths) watchFile(path, { interval: lookEvery, persistent: false }, reload);
  process.on('SIGHUP', reload);
  return () => {
    for (const path of paths) unwatchFile(path, reload);
    process.off('SIGHUP', reload);
  };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const { code = String(cause) } = cause as NodeJS.ErrnoException;
    throw new CarelakeError('TLS_FILES', `${file} cannot be read: ${code}.`, { cause });
  }
}

function parsed<Parsed>(file: string, what: string, parse: () => Parsed): Parsed {
  try {
    return parse();
  } catch (cause) {
    throw new CarelakeError('TLS_FILES', `${file} holds no ${what} in PEM.`, { cause });
  }
}
