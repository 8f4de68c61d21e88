import { expect, test } from 'vitest';
import { sharedLook } from '../../src/records/shared-look.js';

/** Looks that end when they are told to. */
function heldLooks() {
  const ends: ((value: number) => void)[] = [];
  const look = sharedLook(() => new Promise<number>((resolve) => ends.push(resolve)));
  return { look, ends };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('who asks during a look shares the next one, never that which began before', async () => {
  const { look, ends } = heldLooks();
  const first = look();
  await settled();
  const [second, third] = [look(), look()];
  expect(ends).toHaveLength(1);
  ends[0]?.(1);
  await settled();
  expect(ends).toHaveLength(2);
  const fourth = look();
  ends[1]?.(2);
  await settled();
  ends[2]?.(3);
  expect(await Promise.all([first, second, third, fourth])).toEqual([1, 2, 2, 3]);
  expect(ends).toHaveLength(3);
});

test('who asks in the same turn shares the first look', async () => {
  const { look, ends } = heldLooks();
  const asked = [look(), look(), look()];
  expect(ends).toHaveLength(0);
  await settled();
  ends[0]?.(7);
  expect(await Promise.all(asked)).toEqual([7, 7, 7]);
  expect(ends).toHaveLength(1);
});

test('a look that fails is told to those who shared it, and the next is made all the same', async () => {
  let looks = 0;
  const look = sharedLook(async () => {
    looks += 1;
    if (looks === 2) throw new Error('away');
    return looks;
  });
  const first = look();
  await settled();
  const asked = [first, look(), look()];
  expect(await Promise.allSettled(asked)).toMatchObject([
    { value: 1 },
    { reason: { message: 'away' } },
    { reason: { message: 'away' } },
  ]);
  expect(await look()).toBe(3);
});
