import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Memory } from '../../../src/models/learn/kernel/memory.js';

test('the kernel that is kept is the one that its source gives', () => {
  const script = join(import.meta.dirname, '../../../scripts/write-kernel.mjs');
  const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

test('memory grows, is zero, and what does not fit is refused', () => {
  const memory = new Memory();
  const numbers = memory.numbers(100_000);
  expect([memory.numbers(100_000).byteOffset - numbers.byteOffset >= 800_000, Math.max(...numbers)]).toEqual([true, 0]);
  expect(() => memory.take(2 ** 32)).toThrow(expect.objectContaining({ code: 'LEARN_TOO_LARGE' }));
});
