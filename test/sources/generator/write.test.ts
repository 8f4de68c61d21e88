// Files are written in bounded memory, and a disk that takes no more is an error.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { generate } from '../../../src/sources/generator/generate.js';
import { BufferedFile } from '../../../src/sources/generator/write.js';
import { emptyFolder, Folder } from './folder.js';

const folders: Folder[] = [];
async function empty(): Promise<string> {
  const path = await emptyFolder();
  folders.push(new Folder(path));
  return path;
}
afterEach(async () => {
  for (const folder of folders.splice(0)) await folder.remove();
});

describe('a buffered file', () => {
  it('holds what was added, in order, whether or not it was flushed in between', async () => {
    const file = await BufferedFile.create(join(await empty(), 'a'));
    const lines = Array.from({ length: 40_000 }, (_, n) => `${n} Zoë Müller ${'x'.repeat(n % 90)}\n`);
    file.line('header\n');
    for (const [n, line] of lines.entries()) {
      file.record(line);
      if (n > 20_000 && file.full) await file.flush();
    }
    await file.close();
    expect(await readFile(file.path, 'utf8')).toBe(`header\n${lines.join('')}`);
    expect([file.rows, file.lines]).toEqual([lines.length, lines.length + 1]);
  });

  it('is full long before it is large, and not after a flush', async () => {
    const file = await BufferedFile.create(join(await empty(), 'a'));
    let added = 0;
    while (!file.full) {
      file.record(`${'y'.repeat(99)}\n`);
      added += 100;
    }
    expect(added).toBeLessThan(1024 * 1024);
    await file.flush();
    expect(file.full).toBe(false);
    await file.close();
  });

  it.skipIf(!existsSync('/dev/full'))('fails where the disk is full', async () => {
    const file = await BufferedFile.create('/dev/full');
    file.record('x\n');
    await expect(file.close()).rejects.toMatchObject({ code: 'ENOSPC' });
  });
});

describe('memory', () => {
  it('held in buffers is the same for ten times the patients', async () => {
    const peak = async (patients: number): Promise<number> => {
      let most = 0;
      const onProgress = () => {
        most = Math.max(most, process.memoryUsage().arrayBuffers);
      };
      await generate({ patients, seed: 3, dirty: 0.03, out: await empty(), onProgress });
      return most;
    };
    const few = await peak(3000);
    const many = await peak(30_000);
    // seven files with two buffers of 1 MiB each, and what was there before
    expect(many).toBeLessThan(few + 16 * 1024 * 1024);
  });
});
