// The rooms' tables make one: a code that two of them had would lose one of its meanings without a word.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { errorTable } from '../../src/errors.js';

const folder = join(import.meta.dirname, '../../src/errors');

test('every code of every room is in the table once', async () => {
  const codes: string[] = [];
  for (const file of readdirSync(folder)) {
    const tables: Record<string, object> = await import(join(folder, file));
    codes.push(...Object.values(tables).flatMap((table) => Object.keys(table)));
  }
  expect(codes.length).toBeGreaterThan(190);
  expect(codes.sort()).toEqual(Object.keys(errorTable).sort());
});
