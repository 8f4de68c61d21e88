// What a path stands for: files, gzips, zips and folders, and the archives that are refused.
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { membersOf } from '../../../src/sources/text/archive.js';
import type { Member } from '../../../src/sources/text/member.js';

let folder: string;
let count = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carelake-archive-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function place(name: string, content: Buffer | string): Promise<string> {
  const own = join(folder, String(count++));
  await mkdir(own);
  await writeFile(join(own, name), content);
  return join(own, name);
}

async function zip(files: Record<string, Buffer | string>): Promise<Buffer> {
  const archive = new ZipFile();
  for (const [name, content] of Object.entries(files)) archive.addBuffer(Buffer.from(content), name);
  archive.end();
  const path = join(folder, `zip${count++}`);
  await pipeline(archive.outputStream, createWriteStream(path));
  return readFile(path);
}

async function textOf(member: Member | undefined): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of (await member?.open()) ?? []) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** Replaces every occurrence; both texts are equally long, so that the archive stays one. */
function patched(archive: Buffer, from: string, to: string): Buffer {
  return Buffer.from(archive.toString('latin1').replaceAll(from, to), 'latin1');
}

const coded = (code: string, message: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(message) });

describe('a path', () => {
  it('may be a file, a gzip or a zip', async () => {
    const text = 'id\n1\n';
    for (const [name, content, file] of [
      ['a.csv', text, 'a.csv'],
      ['A.TSV', text, 'A.TSV'],
      ['a.txt.gz', gzipSync(text), 'a.txt.gz'],
      ['a.zip', await zip({ 'sub/b.csv': text }), 'a.zip/sub/b.csv'],
    ] as const) {
      const path = await place(name, content);
      const { members } = await membersOf(path);
      expect(members.map((member) => [member.file, member.container, member.bytes])).toEqual([
        [file, path, name.endsWith('.gz') ? null : text.length],
      ]);
      expect(await textOf(members[0])).toBe(text);
    }
  });

  it('may be a folder, read bytewise in order and without what does not belong to the data', async () => {
    const root = join(folder, 'tree');
    await mkdir(join(root, 'b', '__MACOSX'), { recursive: true });
    const outside = await place('outside.csv', 'x');
    for (const file of [
      'b/z.csv',
      'b/a.csv',
      'B.csv',
      'a.csv',
      'ä.csv',
      'b.csv',
      '.hidden.csv',
      'book.xlsx',
      'b/__MACOSX/c.csv',
    ])
      await writeFile(join(root, file), 'id\n');
    await writeFile(
      join(root, 'c.zip'),
      await zip({ 'm.csv': 'id\n', '__MACOSX/m.csv': 'x', 'n.zip': 'x', 'o.csv.gz': 'x' }),
    );
    await symlink(outside, join(root, 'link.csv'));
    const { members, skipped } = await membersOf(root);
    expect(members.map(({ file }) => file)).toEqual([
      'B.csv',
      'a.csv',
      'b.csv',
      'b/a.csv',
      'b/z.csv',
      'c.zip/m.csv',
      'ä.csv',
    ]);
    expect(skipped).toEqual([
      { file: '.hidden.csv', why: 'hidden' },
      { file: 'b/__MACOSX', why: 'hidden' },
      { file: 'book.xlsx', why: 'a spreadsheet; save its sheet as CSV' },
      { file: 'c.zip/__MACOSX/m.csv', why: 'hidden' },
      { file: 'c.zip/n.zip', why: 'an archive that is not looked into' },
      { file: 'c.zip/o.csv.gz', why: 'an archive in an archive' },
      { file: 'link.csv', why: 'a symbolic link' },
    ]);
  });

  it('may hold any character', async () => {
    for (const name of [`it's "q".csv`, '$(touch x) `y`.csv', 'a\nb.csv', '%s.csv']) {
      const { members } = await membersOf(await place(name, 'id\n7\n'));
      expect(members[0]?.file).toBe(name);
      expect(await textOf(members[0])).toBe('id\n7\n');
    }
  });

  it('that is not there is named', async () => {
    await expect(membersOf(join(folder, 'missing.csv'))).rejects.toEqual(coded('FILE_NOT_FOUND', /missing\.csv/));
  });
});

describe('a gzip', () => {
  it('that is cut short fails with its name', async () => {
    const whole = gzipSync('id\n'.repeat(100_000));
    for (const length of [whole.length - 1, whole.length >> 1, 12]) {
      const { members } = await membersOf(await place('cut.csv.gz', whole.subarray(0, length)));
      await expect(textOf(members[0])).rejects.toEqual(coded('GZIP_TRUNCATED', /^cut\.csv\.gz ends/));
    }
  });

  it('that is none, or whose checksum differs, fails with its name', async () => {
    const wrong = gzipSync('id\n1\n');
    wrong[wrong.length - 8] = (wrong[wrong.length - 8] ?? 0) ^ 1;
    for (const content of ['id,name\n1,2\n', wrong]) {
      const { members } = await membersOf(await place('no.csv.gz', content));
      await expect(textOf(members[0])).rejects.toEqual(coded('ARCHIVE_DAMAGED', /^no\.csv\.gz cannot/));
    }
  });

  it('of several members is one text', async () => {
    const { members } = await membersOf(await place('two.csv.gz', Buffer.concat([gzipSync('id\n'), gzipSync('1\n')])));
    expect(await textOf(members[0])).toBe('id\n1\n');
  });

  it('that is a bomb stops', async () => {
    const { members } = await membersOf(await place('bomb.csv.gz', gzipSync(Buffer.alloc(110 * 1024 * 1024, 'x'))));
    await expect(textOf(members[0])).rejects.toEqual(coded('ARCHIVE_BOMB', /^bomb\.csv\.gz: \d+ bytes inflate/));
  });
});

describe('a zip', () => {
  it.each([
    ['xx/evil.csv', '../evil.csv'],
    ['xetc.csv', '/etc.csv'],
    ['a/b.csv', 'a\\b.csv'],
    ['C_/b.csv', 'C:/b.csv'],
    ['a_b.csv', 'a\0b.csv'],
  ])('with %j renamed to %j is refused', async (safe, unsafe) => {
    const archive = patched(await zip({ [safe]: 'id\n' }), safe, unsafe);
    await expect(membersOf(await place('x.zip', archive))).rejects.toEqual(
      coded('ARCHIVE_UNSAFE_NAME', /^x\.zip holds/),
    );
  });

  it('with more members than are read, or a longer name, is refused', async () => {
    const names = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`${n}.csv`, '']));
    expect((await membersOf(await place('x.zip', await zip(names(10_000))))).members).toHaveLength(10_000);
    await expect(membersOf(await place('x.zip', await zip(names(10_001))))).rejects.toEqual(
      coded('ARCHIVE_TOO_MANY_FILES', /^x\.zip holds more than 10,000/),
    );
    await expect(membersOf(await place('x.zip', await zip({ [`${'ä'.repeat(499)}.csv`]: '' })))).rejects.toEqual(
      coded('ARCHIVE_UNSAFE_NAME', /more than 1000 bytes/),
    );
  });

  it('that is encrypted is refused', async () => {
    const archive = await zip({ 'a.csv': 'id\n' });
    const directory = archive.indexOf('PK\x01\x02', 0, 'latin1');
    archive.writeUInt16LE(archive.readUInt16LE(directory + 8) | 1, directory + 8);
    await expect(membersOf(await place('x.zip', archive))).rejects.toEqual(
      coded('ARCHIVE_ENCRYPTED', /^x\.zip\/a\.csv/),
    );
  });

  it('that is a bomb is refused by what it says and by what comes out', async () => {
    const archive = await zip({ 'a.csv': Buffer.alloc(110 * 1024 * 1024, 'x') });
    await expect(membersOf(await place('x.zip', archive))).rejects.toEqual(coded('ARCHIVE_BOMB', /^x\.zip\/a\.csv: /));
    const directory = archive.indexOf('PK\x01\x02', 0, 'latin1');
    archive.writeUInt32LE(1000, directory + 24);
    const { members } = await membersOf(await place('lies.zip', archive));
    await expect(textOf(members[0])).rejects.toEqual(coded('ARCHIVE_BOMB', /^lies\.zip\/a\.csv: /));
  });

  it('whose bytes were changed or cut fails with its name', async () => {
    const archive = await zip({ 'a.csv': 'id,name\n1,Ann\n'.repeat(500) });
    const changed = Buffer.from(archive);
    const directory = changed.indexOf('PK\x01\x02', 0, 'latin1');
    changed.writeUInt32LE(12345, directory + 16);
    const { members } = await membersOf(await place('x.zip', changed));
    await expect(textOf(members[0])).rejects.toEqual(coded('ARCHIVE_DAMAGED', /^x\.zip\/a\.csv .*checksum/));
    await expect(membersOf(await place('cut.zip', archive.subarray(0, 100)))).rejects.toEqual(
      coded('ARCHIVE_DAMAGED', /^cut\.zip/),
    );
  });
});
