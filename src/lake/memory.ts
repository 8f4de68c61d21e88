// A lake in this process's memory, for tests and for trying things out. What other programs must open lies in a
// temporary folder that `close` removes.
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { CarelakeError } from '../errors.js';
import { byBytes, checkKey, checkPrefix } from './keys.js';
import type { Condition, Lake, Listed } from './lake.js';
import { tagOf } from './tag.js';

interface Held {
  readonly body: Buffer;
  readonly etag: string;
  readonly modified: Date;
}

export function openMemoryLake(): Lake {
  const files = new Map<string, Held>();
  let folder: string | undefined;

  const check = (key: string) => checkKey('memory', key);
  const fault = (code: 'LAKE_CONFLICT' | 'LAKE_NOT_FOUND' | 'LAKE_FAILED', what: string) =>
    new CarelakeError(code, `memory lake: ${what}.`);

  /** A new path below the temporary folder, which is made when it is first needed. */
  function newPath(): string {
    folder ??= mkdtempSync(join(tmpdir(), 'carelake-memory-'));
    return join(folder, randomBytes(8).toString('hex'));
  }

  function set(key: string, body: string | Buffer): string {
    const held = { body: Buffer.from(body), etag: tagOf(body), modified: new Date() };
    files.set(key, held);
    return held.etag;
  }

  function held(key: string): Held {
    const file = files.get(check(key));
    if (!file) throw fault('LAKE_NOT_FOUND', `there is no ${JSON.stringify(key)}`);
    return file;
  }

  async function* list(prefix: string): AsyncGenerator<Listed> {
    const keys = [...files.keys()].filter((key) => prefix === '' || key.startsWith(`${prefix}/`)).sort(byBytes);
    for (const key of keys) {
      const file = files.get(key);
      if (file) yield { key, bytes: file.body.length, modified: file.modified };
    }
  }

  return {
    driver: 'memory',
    address: 'memory',

    async get(key) {
      const file = files.get(check(key));
      return file && { body: Buffer.from(file.body), etag: file.etag, age: Date.now() - file.modified.getTime() };
    },
    read: async (key) => Readable.from([held(key).body], { objectMode: false }),
    put: async (key, body) => set(check(key), body),

    async putIf(key, body, condition: Condition) {
      const present = files.get(check(key));
      if ('absent' in condition ? present : present?.etag !== condition.etag) {
        throw fault('LAKE_CONFLICT', `${JSON.stringify(key)} is not what the condition asks for`);
      }
      return set(key, body);
    },

    list: (prefix) => list(checkPrefix('memory', prefix)),
    async remove(keys) {
      for (const key of keys.map(check)) files.delete(key);
    },

    async scratch() {
      const path = newPath();
      mkdirSync(path, { mode: 0o700 });
      return path;
    },

    async commit(from, key, last) {
      check(key);
      if (dirname(resolve(from)) !== folder) throw fault('LAKE_FAILED', `${from} is none of its scratch folders`);
      const fresh = new Map<string, Buffer>();
      for (const entry of await readdir(from, { recursive: true, withFileTypes: true })) {
        const path = join(entry.parentPath, entry.name);
        if (entry.isFile()) fresh.set(relative(from, path), await readFile(path));
      }
      if (!fresh.has(last))
        throw fault('LAKE_NOT_FOUND', `the folder to commit to ${JSON.stringify(key)} has no ${last}`);
      for (const name of fresh.keys()) check(`${key}/${name}`);
      await rm(from, { recursive: true });
      // From here on in one turn of the event loop: nobody sees a part.
      if (files.has(`${key}/${last}`)) return false;
      for (const old of [...files.keys()].filter((old) => old.startsWith(`${key}/`))) files.delete(old);
      for (const [name, body] of fresh) set(`${key}/${name}`, body);
      return true;
    },

    async checkout(keys) {
      const wanted = keys.map((key) => ({ key, body: held(key).body }));
      const base = newPath();
      const paths: string[] = [];
      for (const { key, body } of wanted) {
        const path = join(base, key);
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        await writeFile(path, body, { mode: 0o600 });
        paths.push(path);
      }
      return paths;
    },

    release: async (paths) => {
      for (const path of paths) await rm(path, { force: true });
    },
    sweep: async () => ({ removed: 0, bytes: 0 }),
    async close() {
      files.clear();
      if (folder) await rm(folder, { recursive: true, force: true });
      folder = undefined;
    },
  };
}
