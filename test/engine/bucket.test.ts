// Which bucket a file holds, and which files hold a bucket.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Bucket, bucketFolder, bucketOf, filesOfBucket } from '../../src/engine/bucket.js';

const count = fc.integer({ min: 0, max: 6 }).map((power) => 2 ** power);

test('a folder tells which bucket its files hold, wherever it lies', () => {
  fc.assert(
    fc.property(count, fc.nat(), fc.constantFrom('', '/a/_bucket=1of2/', 'again-1/'), (of, any, above) => {
      const bucket = { number: any % of, of };
      expect(bucketOf(`${above}${bucketFolder(bucket)}/part-0.parquet`)).toEqual(bucket);
    }),
  );
});

test.each(['part-0.parquet', '_bucket=3of8', 'x_bucket=3of8/a', '_bucket=3/a', '_bucket=3of8/deeper/a'])(
  '%s tells of none',
  (file) => {
    expect(bucketOf(file)).toBeUndefined();
  },
);

describe('the files of a bucket', () => {
  /** Files of several cuts, and some of none. */
  const files = fc.uniqueArray(fc.record({ of: fc.option(count), any: fc.nat(63) }), { maxLength: 12 });
  const nameOf = (held: Bucket | undefined) => (held ? bucketFolder(held) : 'uncut');

  test('hold all of its rows, and whole ones nothing else, however they are cut', () => {
    fc.assert(
      fc.property(files, count, fc.bigInt(0n, 2n ** 60n - 1n), (drawn, of, hash) => {
        const held = drawn.map(({ of, any }) => (of === null ? undefined : { number: any % of, of }));
        const stored = Object.fromEntries(held.flatMap((bucket) => (bucket ? [[nameOf(bucket), bucket]] : [])));
        const paths = held.map(nameOf);
        const wanted = { number: Number(hash % BigInt(of)), of };
        const { whole, mixed } = filesOfBucket(paths, wanted, stored);
        for (const path of paths) {
          const bucket = stored[path];
          const mayHold = !bucket || Number(hash % BigInt(bucket.of)) === bucket.number;
          if (mayHold) expect([...whole, ...mixed]).toContain(path);
        }
        for (const path of whole) expect((stored[path]?.number ?? 0) % of).toBe(wanted.number);
        for (const path of whole) expect((stored[path]?.of ?? 1) % of).toBe(0);
        expect(whole.filter((path) => mixed.includes(path))).toEqual([]);
      }),
    );
  });
});
