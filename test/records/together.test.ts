import { expect, test } from 'vitest';
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
