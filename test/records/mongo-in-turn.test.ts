import { expect, test } from 'vitest';
import { inTurn } from '../../src/records/mongo/in-turn.js';

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** Commands that end when they are told to. */
function heldCommands(most: number) {
  const sent: { readonly asked: readonly number[]; end(error?: Error): void }[] = [];
  const ask = inTurn<number, number>({ most, atOnce: 1 }, (asked) => {
    return new Promise((resolve, reject) => {
      sent.push({ asked, end: (error) => (error ? reject(error) : resolve(asked.map((one) => one * 10))) });
    });
  });
  return { ask, sent };
}

test('what is asked in one turn is one command, and what is asked meanwhile the next', async () => {
  const { ask, sent } = heldCommands(10);
  const first = Promise.all([ask(1), ask(2)]);
  await settled();
  const later = [ask(3)];
  await settled();
  later.push(ask(4));
  await settled();
  expect(sent.map(({ asked }) => asked)).toEqual([[1, 2]]);
  sent[0]?.end();
  expect(await first).toEqual([10, 20]);
  await settled();
  expect(sent.map(({ asked }) => asked)).toEqual([
    [1, 2],
    [3, 4],
  ]);
  sent[1]?.end();
  expect(await Promise.all(later)).toEqual([30, 40]);
});

test('a command that fails is told to those who asked in it, and the next is sent', async () => {
  const { ask, sent } = heldCommands(2);
  const told = Promise.allSettled([ask(1), ask(2), ask(3)]);
  await settled();
  sent[0]?.end(new Error('away'));
  await settled();
  sent[1]?.end();
  expect(await told).toMatchObject([
    { reason: { message: 'away' } },
    { reason: { message: 'away' } },
    { status: 'fulfilled', value: 30 },
  ]);
});
