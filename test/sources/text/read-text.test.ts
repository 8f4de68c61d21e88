// Reading and landing go on side by side, and a failure of either ends both.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readHead } from '../../../src/sources/text/head.js';
import type { Piece } from '../../../src/sources/text/pieces.js';
import { readText } from '../../../src/sources/text/read-text.js';

const block = Buffer.from('1234567,abcdefg\n'.repeat(65_536));
const header = Buffer.from('id,name\n');
const head = readHead('a.csv', header, true);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carelake-read-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function* text(blocks: number, seen: { blocks: number; closed: boolean }) {
  try {
    yield header;
    for (; seen.blocks < blocks; seen.blocks++) yield block;
  } finally {
    seen.closed = true;
  }
}

describe('reading a text', () => {
  it('hands on each piece once while it reads the next, one at a time', async () => {
    const seen = { blocks: 0, closed: false };
    const pieces: Piece[] = [];
    const readAtStart: number[] = [];
    let landing = 0;
    const summary = await readText(text(64, seen), head, {
      folder,
      name: 'a',
      pieceBytes: 10 * block.length,
      onPiece: async (piece) => {
        expect(++landing).toBe(1);
        readAtStart.push(seen.blocks);
        pieces.push(piece);
        const before = seen.blocks;
        if (readAtStart.length === 1) while (seen.blocks < before + 2) await new Promise(setImmediate);
        landing--;
      },
    });
    expect(landing).toBe(0);
    expect(pieces.length).toBeGreaterThan(3);
    expect(pieces.reduce((rows, piece) => rows + piece.rows, 0)).toBe(64 * 65_536);
    expect(summary).toMatchObject({ records: 64 * 65_536, lines: 64 * 65_536 + 1, bytes: 64 * block.length + 8 });
    expect(new Set(pieces.map(({ path }) => path)).size).toBe(pieces.length);
    expect((await readdir(folder)).length).toBe(pieces.length);
    expect(readAtStart[0]).toBeLessThan(64);
  });

  it('fails with the landing, without reading to the end', async () => {
    const seen = { blocks: 0, closed: false };
    const reading = readText(text(200, seen), head, {
      folder,
      name: 'a',
      pieceBytes: block.length,
      onPiece: async () => {
        throw new Error('disk full');
      },
    });
    await expect(reading).rejects.toThrow('disk full');
    expect(seen.closed).toBe(true);
    expect(seen.blocks).toBeLessThan(100);
  });

  it('fails with its input', async () => {
    async function* broken() {
      yield header;
      yield block;
      throw new Error('cut short');
    }
    const pieces: Piece[] = [];
    const options = { folder, name: 'a', onPiece: async (piece: Piece) => void pieces.push(piece) };
    await expect(readText(broken(), head, options)).rejects.toThrow('cut short');
    expect(pieces).toEqual([]);
  });

  it('fails where its folder is missing', async () => {
    const options = { folder: join(folder, 'missing'), name: 'a', onPiece: async () => {} };
    await expect(readText(text(1, { blocks: 0, closed: false }), head, options)).rejects.toThrow(/ENOENT/);
  });

  it('tells how far it is', async () => {
    const told: number[] = [];
    const options = {
      folder,
      name: 'a',
      onPiece: async () => {},
      onProgress: (bytes: number) => void told.push(bytes),
    };
    await readText(text(3, { blocks: 0, closed: false }), head, options);
    expect(told).toEqual([8, 8 + block.length, 8 + 2 * block.length, 8 + 3 * block.length]);
  });
});
