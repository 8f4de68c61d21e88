import { describe, expect, test } from 'vitest';
import { together } from '../../src/records/together.js';

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('what is asked in one turn is one question, and each is told what was found of theirs', async () => {
  const questions: (readonly number[])[] = [];
  const double = together(async (asked: readonly number[]) => {
    questions.push(asked);
    return asked.map((one) => one * 2);
  });
  expect(await Promise.all([double(1), double(2), double(1)])).toEqual([2, 4, 2]);
  expect(await double(3)).toBe(6);
  expect(questions).toEqual([[1, 2, 1], [3]]);
});

test('who asks while a look is under way has one that begins later', async () => {
  let now = 'before';
  const ends: (() => void)[] = [];
  const look = together(async (asked: readonly string[]) => {
    const seen = now;
    await new Promise<void>((resolve) => ends.push(resolve));
    return asked.map(() => seen);
  });
  const first = look('a');
  await settled();
  now = 'after';
  const second = look('b');
  await settled();
  for (const end of ends) end();
  expect(await Promise.all([first, second])).toEqual(['before', 'after']);
});

test('a look that fails is told to all who asked together, and to nobody else', async () => {
  const look = together(async (asked: readonly number[]) => {
    if (asked.includes(0)) throw new Error('away');
    return asked;
  });
  const told = Promise.allSettled([look(0), look(1)]);
  expect(await told).toMatchObject([{ reason: { message: 'away' } }, { reason: { message: 'away' } }]);
  expect(await look(1)).toBe(1);
});

test('very many are several questions', async () => {
  const sizes: number[] = [];
  const look = together(async (asked: readonly number[]) => {
    sizes.push(asked.length);
    return asked;
  });
  const all = Array.from({ length: 1201 }, (_, number) => number);
  expect(await Promise.all(all.map(look))).toEqual(all);
  expect(sizes).toEqual([500, 500, 201]);
});

describe('of which one is under way at once', () => {
  /** Looks that end when they are told to. */
  function heldLooks(most: number) {
    const begun: { readonly asked: readonly number[]; end(error?: Error): void }[] = [];
    const look = (asked: readonly number[]) =>
      new Promise<number[]>((resolve, reject) => {
        begun.push({ asked, end: (error) => (error ? reject(error) : resolve(asked.map((one) => one * 10))) });
      });
    return { ask: together(look, { most, atOnce: 1 }), begun };
  }

  test('what is asked meanwhile is the next', async () => {
    const { ask, begun } = heldLooks(10);
    const first = Promise.all([ask(1), ask(2)]);
    await settled();
    const later = [ask(3)];
    await settled();
    later.push(ask(4));
    await settled();
    expect(begun.map(({ asked }) => asked)).toEqual([[1, 2]]);
    begun[0]?.end();
    expect(await first).toEqual([10, 20]);
    await settled();
    expect(begun.map(({ asked }) => asked)).toEqual([
      [1, 2],
      [3, 4],
    ]);
    begun[1]?.end();
    expect(await Promise.all(later)).toEqual([30, 40]);
  });

  test('one that fails is told to those who asked in it, and the next begins', async () => {
    const { ask, begun } = heldLooks(2);
    const told = Promise.allSettled([ask(1), ask(2), ask(3)]);
    await settled();
    begun[0]?.end(new Error('away'));
    await settled();
    await settled();
    begun[1]?.end();
    expect(await told).toMatchObject([
      { reason: { message: 'away' } },
      { reason: { message: 'away' } },
      { status: 'fulfilled', value: 30 },
    ]);
  });
});
