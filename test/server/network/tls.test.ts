// TLS by files: what is taken, what is refused by the name of the file, and how changed files come into use.
import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:https';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type SecureVersion } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { isCoded } from '../../../src/errors.js';
import { keepsTlsFresh, readTls, remarksOn, tlsFilesOf } from '../../../src/server/tls.js';
import { emptyHouse, type House } from '../house.js';

const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
if (!hasOpenssl && process.env.REQUIRE_SERVICES) throw new Error('There is no openssl, which makes the certificates.');

describe.skipIf(!hasOpenssl)('over TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'carelake-tls-'));
  const file = (name: string) => join(folder, name);
  const make = (name: string, days: number) =>
    execFileSync(
      'openssl',
      ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', `/CN=${name}`]
        .concat('-addext', 'subjectAltName=DNS:localhost', '-days', String(days))
        .concat('-keyout', file(`${name}.key`), '-out', file(`${name}.crt`)),
      { stdio: 'ignore' },
    );
  let house: House;
  const files = { cert: file('cert.pem'), key: file('key.pem') };

  beforeAll(async () => {
    make('first', 365);
    make('second', 7);
    putFirst();
    house = await emptyHouse({ network: { tlsCert: files.cert, tlsKey: files.key } });
    await house.server.listen({ host: '127.0.0.1', port: 0 });
  });
  const putFirst = () => {
    copyFileSync(file('first.crt'), files.cert);
    copyFileSync(file('first.key'), files.key);
  };
  afterEach(() => {
    putFirst();
    (house.server.server as unknown as Server).setSecureContext(readTls(files));
  });
  afterAll(async () => {
    await house.close();
    rmSync(folder, { recursive: true });
  });

  const port = () => (house.server.server.address() as AddressInfo).port;

  /** The name in the certificate that a new connection is shown. */
  async function shown(maxVersion: SecureVersion = 'TLSv1.3'): Promise<string> {
    const socket = connect({
      host: '127.0.0.1',
      port: port(),
      rejectUnauthorized: false,
      maxVersion,
      minVersion: 'TLSv1',
    });
    await once(socket, 'secureConnect');
    const { subject } = socket.getPeerCertificate();
    socket.destroy();
    return String(subject.CN);
  }

  test('it answers, and says that it is to be asked in no other way', async () => {
    const [answer] = await once(
      request({ host: '127.0.0.1', port: port(), path: '/api/health', rejectUnauthorized: false }).end(),
      'response',
    );
    answer.resume();
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['strict-transport-security']).toBe('max-age=31536000');
  });

  test('it speaks 1.2 and 1.3, and nothing older', async () => {
    expect(await shown('TLSv1.2')).toBe('first');
    expect(await shown('TLSv1.3')).toBe('first');
    await expect(shown('TLSv1.1')).rejects.toThrow();
  });

  test('changed files come into use on SIGHUP; those that do not fit are told of and not used', async () => {
    const told: string[] = [];
    const end = keepsTlsFresh(house.server.server as unknown as Server, files, (text) => told.push(text));
    try {
      copyFileSync(file('second.crt'), files.cert);
      process.emit('SIGHUP');
      expect(told.at(-1)).toContain(files.key);
      expect(told.at(-1)).toContain('stays in use');
      expect(await shown()).toBe('first');
      copyFileSync(file('second.key'), files.key);
      process.emit('SIGHUP');
      expect(await shown()).toBe('second');
      expect(told.join()).toMatch(/expires in [67] days/);
    } finally {
      end();
    }
    expect(process.listenerCount('SIGHUP')).toBe(0);
  });

  test('a file that is not there, is none or does not fit is refused by its name', () => {
    writeFileSync(file('none.pem'), 'hello');
    execFileSync(
      'openssl',
      ['ec', '-in', file('first.key'), '-aes256', '-passout', 'pass:x', '-out', file('locked.key')],
      {
        stdio: 'ignore',
      },
    );
    const cases = [
      [{ cert: file('gone.pem'), key: file('first.key') }, 'gone.pem'],
      [{ cert: file('none.pem'), key: file('first.key') }, 'none.pem'],
      [{ cert: file('first.crt'), key: file('none.pem') }, 'none.pem'],
      [{ cert: file('first.crt'), key: file('locked.key') }, 'locked.key'],
      [{ cert: file('first.crt'), key: file('second.key') }, 'second.key'],
    ] as const;
    for (const [pair, name] of cases) {
      expect(() => readTls(pair)).toThrow(
        expect.toSatisfy((error) => isCoded(error, 'TLS_FILES') && String(error).includes(name)),
      );
    }
  });

  test('a key that others may read, and an end that has come, are remarked on', () => {
    const pair = { cert: file('first.crt'), key: file('first.key') };
    chmodSync(pair.key, 0o600);
    expect(remarksOn(pair)).toEqual([]);
    expect(remarksOn(pair, new Date('2999-01-01')).join()).toContain('expired');
    expect(remarksOn(pair, new Date('1999-01-01')).join()).toContain('valid from');
    chmodSync(pair.key, 0o644);
    expect(remarksOn(pair).join()).toContain(pair.key);
  });
});

test('a certificate without its key, or a key without its certificate, is refused', () => {
  const network = { tlsCert: null, tlsKey: null } as never;
  expect(tlsFilesOf(network)).toBeNull();
  for (const one of [{ tlsCert: '/a' }, { tlsKey: '/a' }]) {
    expect(() => tlsFilesOf({ ...(network as object), ...one } as never)).toThrow(/is not set/);
  }
});
