// Archives that come in pieces of any size: all of their members are found, none that is in order is refused.
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ZipFile } from 'yazl';
import { arrivingArchive } from '../../../src/sources/text/archive.js';

interface Packed {
  readonly content: Buffer;
  /** Bit 3: what is packed from a stream has its sizes behind it. */
  readonly isStreamed: boolean;
  readonly isLong: boolean;
  readonly isCompressed: boolean;
}

async function zipOf(members: readonly Packed[]): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [at, { content, isStreamed, isLong: forceZip64Format, isCompressed: compress }] of members.entries()) {
    const options = { forceZip64Format, compress };
    if (isStreamed) zip.addReadStream(Readable.from([content]), `m${at}.csv`, options);
    else zip.addBuffer(content, `m${at}.csv`, options);
  }
  zip.addBuffer(Buffer.from('x'), 'xx/last.csv');
  zip.end();
  return buffer(zip.outputStream);
}

async function takeAll(name: string, whole: Buffer, sizes: readonly number[]): Promise<string> {
  const archive = arrivingArchive(name, whole.length);
  try {
    let at = 0;
    for (let turn = 0; at < whole.length; turn += 1) {
      const size = sizes[turn % sizes.length] ?? 1;
      await archive?.take(whole.subarray(at, at + size));
      at += size;
    }
    return 'taken';
  } catch (error) {
    return (error as { code: string }).code;
  } finally {
    archive?.close();
  }
}

/** With what looks like the records of a zip in it. */
const content = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
      fc
        .constantFrom('PK', 'PK\x07\x08', 'PK\x03\x04', '\0\0\0\0', 'a,b\n'.repeat(99))
        .map((text) => Buffer.from(text)),
    ),
    { maxLength: 6 },
  )
  .map((parts) => Buffer.concat(parts));
const member = fc.record({ content, isStreamed: fc.boolean(), isLong: fc.boolean(), isCompressed: fc.boolean() });
const sizes = fc.array(fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 5000 })), {
  minLength: 1,
  maxLength: 8,
});

describe('a zip', () => {
  test('is taken in whatever pieces it comes, and judged to its last member', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(member, { maxLength: 5 }), sizes, async (members, pieces) => {
        const zip = await zipOf(members);
        expect(await takeAll('a.zip', zip, pieces)).toBe('taken');
        // Both names are equally long, so that the archive stays one.
        const climbing = Buffer.from(zip.toString('latin1').replace('xx/last', '../last'), 'latin1');
        expect(await takeAll('a.zip', climbing, pieces)).toBe('ARCHIVE_UNSAFE_NAME');
      }),
      { numRuns: 60 },
    );
  });

  test('that is none inside is left to whoever reads it whole', async () => {
    const zip = await zipOf([{ content: Buffer.alloc(100), isStreamed: false, isLong: false, isCompressed: false }]);
    expect(await takeAll('a.zip', Buffer.concat([zip.subarray(0, 60), zip]), [50])).toBe('taken');
    expect(await takeAll('a.zip', Buffer.alloc(100), [7])).toBe('taken');
    const streamed = await zipOf([{ content: Buffer.alloc(9), isStreamed: true, isLong: false, isCompressed: false }]);
    const endless = Buffer.concat([streamed.subarray(0, 40), Buffer.from('PK\x07\x08'.repeat(20_000))]);
    expect(await takeAll('a.zip', endless, [65_536])).toBe('taken');
  });
});

describe('a gzip', () => {
  const rows = (count: number) => Array.from({ length: count }, (_, n) => `${n},${(n * 7919) % 10_007}\n`).join('');
  const bomb = gzipSync(Buffer.alloc(120_000_000, 'a'));

  test('is taken, of several members and with bytes behind its end too', async () => {
    const one = gzipSync(rows(50_000));
    for (const whole of [one, Buffer.concat([one, one]), Buffer.concat([gzipSync('a\n'), Buffer.alloc(200_000)])]) {
      for (const size of [1000, 65_536, 1e6]) expect(await takeAll('a.csv.gz', whole, [size])).toBe('taken');
    }
  });

  test('is refused for what comes out of it, if not behind an honest beginning: that is found when it lands', async () => {
    expect(await takeAll('a.csv.gz', bomb, [10_000])).toBe('ARCHIVE_BOMB');
    const honest = gzipSync(rows(50_000));
    expect(honest.length).toBeGreaterThan(65_536);
    expect(await takeAll('a.csv.gz', Buffer.concat([honest, bomb]), [65_536])).toBe('taken');
  });

  test('that cannot be inflated is refused', async () => {
    const wrong = gzipSync(rows(1000));
    wrong.fill(0xff, 20, 60);
    expect(await takeAll('a.csv.gz', wrong, [500])).toBe('ARCHIVE_DAMAGED');
  });
});

test('what is no archive by its name is not judged', () => {
  expect(arrivingArchive('a.csv', 1)).toBeUndefined();
});
