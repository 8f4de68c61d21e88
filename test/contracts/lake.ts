// The contract of a lake as one suite, run on every driver.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Lake, Listed } from '../../src/lake/lake.js';

export interface OpenedLake {
  readonly lake: Lake;
  dispose(): Promise<void>;
  /** Writes and reads at an address that `Lake.direct` gives, as another program does; only where the lake has one. */
  readonly outside?: { write(url: string, body: string): Promise<unknown>; read(url: string): Promise<string> };
}

/** `open` gives a new empty lake; the suite closes it and then calls `dispose`. */
export function lakeContract(name: string, open: () => Promise<OpenedLake>): void {
  describe(`the ${name} lake keeps the contract`, () => {
    let lake: Lake;
    let dispose: OpenedLake['dispose'];
    let outside: OpenedLake['outside'];
    let last = 0;

    beforeAll(async () => {
      ({ lake, dispose, outside } = await open());
    });
    afterAll(async () => {
      await lake.close();
      await dispose();
    });

    /** A prefix of its own for each test, so that they can share a lake and run in any order. */
    const place = () => `test-${++last}`;
    const listed = async (prefix: string) => {
      const files: Listed[] = [];
      for await (const file of lake.list(prefix)) files.push(file);
      return files;
    };
    const keysBelow = async (prefix: string) => (await listed(prefix)).map(({ key }) => key);
    const textOf = async (key: string) => (await lake.get(key))?.body.toString();
    const folderOf = async (files: Readonly<Record<string, string>>) => {
      const folder = await lake.scratch();
      for (const [path, text] of Object.entries(files)) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), text);
      }
      return folder;
    };

    describe('small files', () => {
      test('are read as they were put, byte for byte', async () => {
        const key = `${place()}/a.bin`;
        const body = Buffer.from(Array.from({ length: 70_000 }, (_, index) => (index * 7) % 256));
        await lake.put(key, body);
        expect((await lake.get(key))?.body.equals(body)).toBe(true);
      });

      test('may be empty', async () => {
        const key = `${place()}/empty`;
        await lake.put(key, '');
        expect((await lake.get(key))?.body.length).toBe(0);
      });

      test('are replaced as a whole', async () => {
        const key = `${place()}/a.json`;
        await lake.put(key, 'a long first content');
        await lake.put(key, 'short');
        expect(await textOf(key)).toBe('short');
      });

      test('bear the tag that put returned, and another for another content', async () => {
        const key = `${place()}/a.json`;
        const first = await lake.put(key, 'first');
        expect((await lake.get(key))?.etag).toBe(first);
        expect(await lake.put(key, 'second')).not.toBe(first);
      });

      test('that are not there are undefined, a folder too', async () => {
        const prefix = place();
        await lake.put(`${prefix}/a/b`, 'x');
        expect(await lake.get(`${prefix}/nothing`)).toBeUndefined();
        expect(await lake.get(`${prefix}/a`)).toBeUndefined();
        expect(await lake.get(`${prefix}/a/b/c`)).toBeUndefined();
      });

      test('tell how long ago they were written', async () => {
        const key = `${place()}/a`;
        await lake.put(key, 'x');
        expect(Math.abs((await lake.get(key))?.age ?? Number.NaN)).toBeLessThan(30_000);
      });

      test('given out are copies that may be changed', async () => {
        const key = `${place()}/a`;
        const body = Buffer.from('before');
        await lake.put(key, body);
        body.write('AFTER!');
        (await lake.get(key))?.body.write('AFTER!');
        expect(await textOf(key)).toBe('before');
      });

      test('are never seen in part while they are replaced', async () => {
        const key = `${place()}/a`;
        const bodies = ['x', 'y'].map((letter) => letter.repeat(200_000));
        await lake.put(key, bodies[0] ?? '');
        let writing = true;
        const writer = (async () => {
          for (let round = 0; round < 30; round++) await lake.put(key, bodies[round % 2] ?? '');
          writing = false;
        })();
        const seen = new Set<string>();
        while (writing) {
          seen.add((await textOf(key)) ?? 'missing');
          await turn();
        }
        await writer;
        expect(bodies).toEqual(expect.arrayContaining([...seen]));
      });
    });

    describe('a conditional write', () => {
      test('creates only where nothing is', async () => {
        const key = `${place()}/a`;
        const etag = await lake.putIf(key, 'first', { absent: true });
        expect((await lake.get(key))?.etag).toBe(etag);
        await expect(lake.putIf(key, 'second', { absent: true })).rejects.toMatchObject({ code: 'LAKE_CONFLICT' });
        expect(await textOf(key)).toBe('first');
      });

      test('swaps only what was read', async () => {
        const key = `${place()}/a`;
        const first = await lake.put(key, 'first');
        const second = await lake.putIf(key, 'second', { etag: first });
        await expect(lake.putIf(key, 'third', { etag: first })).rejects.toMatchObject({ code: 'LAKE_CONFLICT' });
        expect(await lake.get(key)).toMatchObject({ body: Buffer.from('second'), etag: second });
      });

      test('does not swap what is gone', async () => {
        const key = `${place()}/a`;
        const etag = await lake.put(key, 'first');
        await lake.remove([key]);
        await expect(lake.putIf(key, 'second', { etag })).rejects.toMatchObject({ code: 'LAKE_CONFLICT' });
        expect(await lake.get(key)).toBeUndefined();
      });

      test('names the driver and the key in its refusal', async () => {
        const key = `${place()}/a`;
        await lake.put(key, 'x');
        await expect(lake.putIf(key, 'y', { absent: true })).rejects.toThrow(lake.driver);
        await expect(lake.putIf(key, 'y', { absent: true })).rejects.toThrow(key);
      });

      test('has exactly one winner among 20 creators, 20 times over', async () => {
        for (let round = 0; round < 20; round++) {
          const key = `${place()}/once`;
          const tries = await Promise.allSettled(
            Array.from({ length: 20 }, async (_, number) => {
              await lake.putIf(key, `by ${number}`, { absent: true });
              return `by ${number}`;
            }),
          );
          const winners = tries.filter((result) => result.status === 'fulfilled').map(({ value }) => value);
          expect(winners).toHaveLength(1);
          expect(await textOf(key)).toBe(winners[0]);
          for (const result of tries) {
            if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'LAKE_CONFLICT' });
          }
        }
      });

      test('counts exactly, however many swap at once', async () => {
        const key = `${place()}/counter`;
        await lake.put(key, '0');
        await Promise.all(Array.from({ length: 8 }, () => addTo(lake, key, 5)));
        expect(await textOf(key)).toBe('40');
      });
    });

    describe('a large file', () => {
      test('is read as a stream', async () => {
        const prefix = place();
        const folder = await lake.scratch();
        const block = Buffer.alloc(1 << 20, 'carelake ');
        const written = createHash('sha256');
        for (let part = 0; part < 24; part++) {
          block.writeUInt32LE(part);
          written.update(block);
          await writeFile(join(folder, 'big.bin'), block, { flag: 'a' });
        }
        await lake.commit(folder, `${prefix}/big`, 'big.bin');
        const read = createHash('sha256');
        await pipeline(await lake.read(`${prefix}/big/big.bin`), read);
        expect(read.digest('hex')).toBe(written.digest('hex'));
      });

      test('that is not there is said at once, a folder too', async () => {
        const prefix = place();
        await lake.put(`${prefix}/a/b`, 'x');
        await expect(lake.read(`${prefix}/none`)).rejects.toMatchObject({ code: 'LAKE_NOT_FOUND' });
        await expect(lake.read(`${prefix}/none`)).rejects.toThrow(`${prefix}/none`);
        await expect(lake.read(`${prefix}/a`)).rejects.toMatchObject({ code: 'LAKE_NOT_FOUND' });
      });
    });

    describe('a list', () => {
      test('holds what lies below the prefix, and no neighbour that starts alike', async () => {
        const prefix = place();
        for (const key of ['a/1', 'a/2/3', 'ab/1', 'a-b', 'b/a/1']) await lake.put(`${prefix}/${key}`, 'x');
        expect(await keysBelow(`${prefix}/a`)).toEqual([`${prefix}/a/1`, `${prefix}/a/2/3`]);
        expect(await keysBelow(`${prefix}/a/1`)).toEqual([]);
        expect(await keysBelow(`${prefix}/nothing`)).toEqual([]);
      });

      test('is ordered by the bytes of the keys', async () => {
        const prefix = place();
        const names = ['a/z', 'a-b', 'a.b', 'a0', 'B', 'ä', '\u{1F600}', '\uFB01', 'a b', 'a/-/x', 'a/0'];
        for (const name of names) await lake.put(`${prefix}/${name}`, 'x');
        const ordered = names.map((name) => Buffer.from(`${prefix}/${name}`)).sort(Buffer.compare);
        expect(await keysBelow(prefix)).toEqual(ordered.map(String));
      });

      test('gives size and time', async () => {
        const prefix = place();
        await lake.put(`${prefix}/a`, 'four');
        const [file] = await listed(prefix);
        expect(file?.bytes).toBe(4);
        expect(Math.abs(Date.now() - Number(file?.modified))).toBeLessThan(600_000);
      });

      test('goes beyond a thousand keys', async () => {
        const prefix = place();
        const files: Record<string, string> = { 'zzz.json': '{}' };
        for (let part = 0; part < 2_345; part++) files[`part-${String(part).padStart(5, '0')}`] = '';
        await lake.commit(await folderOf(files), `${prefix}/many`, 'zzz.json');
        expect(await keysBelow(prefix)).toEqual(
          Object.keys(files)
            .sort()
            .map((file) => `${prefix}/many/${file}`),
        );
      });

      test('of everything is that of the empty prefix', async () => {
        const key = `${place()}/a`;
        await lake.put(key, 'x');
        await lake.scratch();
        const all = await keysBelow('');
        expect(all).toContain(key);
        expect(all.filter((other) => !other.startsWith('test-'))).toEqual([]);
      });

      test('shows no file that is being written', async () => {
        const prefix = place();
        const allowed = Array.from({ length: 40 }, (_, number) => `${prefix}/${number}`);
        let writing = true;
        const writer = (async () => {
          await Promise.all(allowed.map((key) => lake.put(key, 'x'.repeat(50_000))));
          writing = false;
        })();
        while (writing) {
          for await (const { key, bytes } of lake.list('')) {
            if (!key.startsWith(prefix)) continue;
            expect(allowed).toContain(key);
            expect(bytes).toBe(50_000);
          }
          await turn();
        }
        await writer;
      });
    });

    test('a removed file is gone, its neighbour stays, and a missing one is no error', async () => {
      const prefix = place();
      await lake.put(`${prefix}/a/b/c`, 'x');
      await lake.put(`${prefix}/a/d`, 'y');
      await lake.remove([`${prefix}/a/b/c`, `${prefix}/never`, `${prefix}/a/b/c/d`]);
      expect(await keysBelow(prefix)).toEqual([`${prefix}/a/d`]);
      await lake.put(`${prefix}/a/b`, 'what was a folder may be a file now');
      expect(await keysBelow(prefix)).toEqual([`${prefix}/a/b`, `${prefix}/a/d`]);
    });

    describe('a commit', () => {
      test('moves every file of the folder, nested ones too, and takes the folder away', async () => {
        const prefix = place();
        const folder = await folderOf({ 'part-0': 'zero', 'month=2024-01/part-0': 'one', 'step.json': '{}' });
        expect(await lake.commit(folder, `${prefix}/step`, 'step.json')).toBe(true);
        expect(await keysBelow(prefix)).toEqual(
          ['month=2024-01/part-0', 'part-0', 'step.json'].map((file) => `${prefix}/step/${file}`),
        );
        expect(await textOf(`${prefix}/step/month=2024-01/part-0`)).toBe('one');
        await expect(readdir(folder)).rejects.toMatchObject({ code: 'ENOENT' });
      });

      test('to a key that is complete changes nothing and drops the folder', async () => {
        const prefix = place();
        await lake.commit(await folderOf({ data: 'first', last: '1' }), `${prefix}/step`, 'last');
        const second = await folderOf({ data: 'second', more: 'x', last: '2' });
        expect(await lake.commit(second, `${prefix}/step`, 'last')).toBe(false);
        expect(await textOf(`${prefix}/step/data`)).toBe('first');
        expect(await keysBelow(prefix)).toEqual([`${prefix}/step/data`, `${prefix}/step/last`]);
        await expect(readdir(second)).rejects.toMatchObject({ code: 'ENOENT' });
      });

      test('replaces what a cut-off copy left without its last file', async () => {
        const prefix = place();
        await lake.put(`${prefix}/step/data`, 'half');
        await lake.put(`${prefix}/step/odd`, 'from before');
        expect(await lake.commit(await folderOf({ data: 'whole', last: '1' }), `${prefix}/step`, 'last')).toBe(true);
        expect(await keysBelow(prefix)).toEqual([`${prefix}/step/data`, `${prefix}/step/last`]);
        expect(await textOf(`${prefix}/step/data`)).toBe('whole');
      });

      test('of ten at once to one key keeps exactly one, whole', async () => {
        const key = `${place()}/step`;
        const folders = await Promise.all(
          Array.from({ length: 10 }, (_, number) => folderOf({ a: `${number}`, b: `${number}`, last: `${number}` })),
        );
        const kept = await Promise.all(folders.map((folder) => lake.commit(folder, key, 'last')));
        const winner = String(kept.indexOf(true));
        expect(kept.filter(Boolean)).toHaveLength(1);
        expect(await Promise.all(['a', 'b', 'last'].map((file) => textOf(`${key}/${file}`)))).toEqual(
          Array(3).fill(winner),
        );
      });

      test('shows its last file only when all others are there', async () => {
        const prefix = place();
        const names = Array.from({ length: 50 }, (_, number) => `part-${number}`);
        const folder = await folderOf({ ...Object.fromEntries(names.map((part) => [part, part])), last: '' });
        let committing = true;
        const commit = lake.commit(folder, `${prefix}/step`, 'last').finally(() => {
          committing = false;
        });
        do {
          if (await lake.get(`${prefix}/step/last`)) {
            const found = await Promise.all(names.map((part) => textOf(`${prefix}/step/${part}`)));
            expect(found).toEqual(names);
          }
          await turn();
        } while (committing);
        expect(await commit).toBe(true);
      });

      test('of a folder without its last file, or of a folder of someone else, is refused', async () => {
        const key = `${place()}/step`;
        const folder = await folderOf({ data: 'x' });
        await expect(lake.commit(folder, key, 'last')).rejects.toMatchObject({ code: 'LAKE_NOT_FOUND' });
        await expect(lake.commit(join(folder, '..', '..'), key, 'last')).rejects.toMatchObject({ code: 'LAKE_FAILED' });
        expect(await readdir(folder)).toEqual(['data']);
        expect(await keysBelow(key)).toEqual([]);
      });
    });

    test('two scratch folders are empty and not the same', async () => {
      const [one, two] = await Promise.all([lake.scratch(), lake.scratch()]);
      expect(one).not.toBe(two);
      expect(await readdir(one)).toEqual([]);
    });

    test('a scratch folder of a living process is never swept', async () => {
      const folder = await folderOf({ data: 'in use' });
      await lake.sweep(0, false);
      expect(await readFile(join(folder, 'data'), 'utf8')).toBe('in use');
    });

    describe('a checkout', () => {
      test('gives a path for every key, in order, with its content', async () => {
        const prefix = place();
        const keys = ['b', 'a/c', 'a/b'].map((file) => `${prefix}/${file}`);
        for (const key of keys) await lake.put(key, `of ${key}`);
        const paths = await lake.checkout(keys);
        expect(await Promise.all(paths.map((path) => readFile(path, 'utf8')))).toEqual(keys.map((key) => `of ${key}`));
      });

      test('may be released, and asked for again; who else has it keeps it', async () => {
        const prefix = place();
        for (const name of ['a', 'b']) await lake.put(`${prefix}/${name}`, `of ${name}`);
        const [a = '', b = ''] = await lake.checkout([`${prefix}/a`, `${prefix}/b`]);
        const [again = ''] = await lake.checkout([`${prefix}/b`]);
        await lake.release([a, b]);
        expect(await readFile(again, 'utf8')).toBe('of b');
        await lake.release([again]);
        const [once = '', more = ''] = await lake.checkout([`${prefix}/a`, `${prefix}/b`]);
        expect([await readFile(once, 'utf8'), await readFile(more, 'utf8')]).toEqual(['of a', 'of b']);
      });

      test('names the first file that is missing', async () => {
        const prefix = place();
        await lake.put(`${prefix}/a`, 'x');
        const keys = [`${prefix}/a`, `${prefix}/first`, `${prefix}/second`];
        await expect(lake.checkout(keys)).rejects.toMatchObject({ code: 'LAKE_NOT_FOUND' });
        await expect(lake.checkout(keys)).rejects.toThrow(`${prefix}/first`);
      });
    });

    describe('an address for other programs, where the lake has one,', () => {
      /** Those of the contract, or undefined where the lake is not to be reached from outside. */
      const reached = () => {
        expect(lake.direct === undefined).toBe(outside === undefined);
        return lake.direct && outside && { ...lake.direct, ...outside };
      };

      test.each(["it's", 'a b', '100%', 'ü-日本語', '*?[x]{y}', '#frag?query=1', 'a=3of8'])(
        'is that of the key %j, both ways',
        async (part) => {
          const direct = reached();
          if (!direct) return;
          const prefix = place();
          await lake.put(`${prefix}/${part}/ours`, 'ours');
          expect(await direct.read(direct.url(`${prefix}/${part}/ours`))).toBe('ours');
          await direct.write(`${direct.url(prefix)}/${part}/theirs`, 'theirs');
          expect(await textOf(`${prefix}/${part}/theirs`)).toBe('theirs');
          expect(() => direct.url('../a')).toThrow(expect.objectContaining({ code: 'LAKE_KEY_INVALID' }));
        },
      );

      test('ends a folder once, when its files are there', async () => {
        const direct = reached();
        if (!direct) return;
        const prefix = place();
        const last = (body: string) => ({ name: 'last', body });
        await expect(direct.seal(prefix, ['a/data'], last('0'))).rejects.toMatchObject({ code: 'LAKE_NOT_FOUND' });
        for (const name of ['a', 'b']) await direct.write(`${direct.url(prefix)}/${name}/data`, name);
        const sealed = await Promise.all(['a', 'b'].map((name) => direct.seal(prefix, [`${name}/data`], last(name))));
        expect(sealed.filter(Boolean)).toHaveLength(1);
        expect(await textOf(`${prefix}/last`)).toBe(sealed[0] ? 'a' : 'b');
        expect(await lake.commit(await folderOf({ data: 'c', last: 'c' }), prefix, 'last')).toBe(false);
        expect(await keysBelow(prefix)).toEqual(['a/data', 'b/data', 'last'].map((file) => `${prefix}/${file}`));
      });
    });

    describe('a key', () => {
      const hostile = [
        "it's",
        'say "hi"',
        '$(touch pwned)',
        '`id`',
        'a b  c ',
        ' leading',
        '100%',
        '%2e%2e%2f',
        'ü-日本語-\u{1F600}',
        'e\u0301',
        'semi;colon&and|pipe>out',
        'back\\slash',
        '*?[x]{y}',
        '-rf',
        '~',
        '#frag?query=1',
        'new\nline',
        '...',
        'a..b',
        'CON',
        'x'.repeat(255),
      ];

      test.each(hostile)('may be named %j', async (part) => {
        const prefix = place();
        const key = `${prefix}/${part}/${part}`;
        await lake.put(key, part);
        expect(await textOf(key)).toBe(part);
        expect(await keysBelow(prefix)).toEqual([key]);
        const [path = ''] = await lake.checkout([key]);
        expect(await readFile(path, 'utf8')).toBe(part);
        const chunks: Buffer[] = [];
        for await (const chunk of await lake.read(key)) chunks.push(chunk as Buffer);
        expect(Buffer.concat(chunks).toString()).toBe(part);
        await lake.remove([key]);
        expect(await keysBelow(prefix)).toEqual([]);
      });

      const invalid = [
        '',
        '/',
        '/etc/passwd',
        'a/',
        'a//b',
        '.',
        '..',
        '../a',
        'a/../b',
        'a/./b',
        'a/..',
        'a\0b',
        '\ud800',
        'x'.repeat(256),
        `a/${'ü'.repeat(128)}`,
        'abcdefg/'.repeat(128).slice(0, -1).concat('/hi'),
        '.scratch/a',
        '.SCRATCH/a',
      ];

      test.each(invalid)('is refused by every call: %j', async (key) => {
        const refusal = { code: 'LAKE_KEY_INVALID' };
        const folder = await folderOf({ last: '' });
        await expect(lake.get(key)).rejects.toMatchObject(refusal);
        await expect(lake.put(key, 'x')).rejects.toMatchObject(refusal);
        await expect(lake.putIf(key, 'x', { absent: true })).rejects.toMatchObject(refusal);
        await expect(lake.putIf(key, 'x', { etag: 'x' })).rejects.toMatchObject(refusal);
        await expect(lake.read(key)).rejects.toMatchObject(refusal);
        await expect(lake.remove([key])).rejects.toMatchObject(refusal);
        await expect(lake.checkout([key])).rejects.toMatchObject(refusal);
        await expect(lake.commit(folder, key, 'last')).rejects.toMatchObject(refusal);
        if (key !== '') await expect(keysBelow(key)).rejects.toMatchObject(refusal);
      });
    });

    test('behaves as a map would, whatever is done to it', async () => {
      const part = fc.constantFrom('a', 'b', 'a-', 'ä', '%', "'");
      const act = fc.oneof(
        fc.record({ does: fc.constant('put' as const), part, body: fc.string() }),
        fc.record({ does: fc.constant('create' as const), part, body: fc.string() }),
        fc.record({ does: fc.constant('swap' as const), part, body: fc.string() }),
        fc.record({ does: fc.constant('remove' as const), part, body: fc.constant('') }),
      );
      await fc.assert(
        fc.asyncProperty(fc.array(act, { maxLength: 12 }), async (acts) => {
          const prefix = place();
          const model = new Map<string, string>();
          for (const { does, part, body } of acts) {
            const key = `${prefix}/${part}/file`;
            const before = await lake.get(key);
            if (does === 'put') await lake.put(key, body);
            if (does === 'remove') await lake.remove([key]);
            if (does === 'create') await lake.putIf(key, body, { absent: true }).catch(conflict);
            if (does === 'swap') await lake.putIf(key, body, { etag: before?.etag ?? 'none' }).catch(conflict);
            if (does === 'remove') model.delete(key);
            else if (does === 'put' || model.has(key) === (does === 'swap')) model.set(key, body);
          }
          const found = new Map<string, string | undefined>();
          for (const key of await keysBelow(prefix)) found.set(key, await textOf(key));
          expect(found).toEqual(model);
        }),
        { numRuns: 40 },
      );
    });
  });
}

/** Adds one to the number in a file, again and again until each addition has been made by a swap of its own. */
async function addTo(lake: Lake, key: string, times: number): Promise<void> {
  for (let added = 0; added < times; ) {
    const present = await lake.get(key);
    if (!present) throw new Error(`There is no ${key}.`);
    try {
      await lake.putIf(key, String(Number(present.body) + 1), { etag: present.etag });
      added++;
    } catch (error) {
      conflict(error);
    }
  }
}

function conflict(error: unknown): void {
  if ((error as { code?: string }).code !== 'LAKE_CONFLICT') throw error;
}
