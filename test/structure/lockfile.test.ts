// package-lock.json pins versions and contents, and names no address to download from: that is each machine's choice.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const text = readFileSync(join(import.meta.dirname, '../../package-lock.json'), 'utf8');
const { packages } = JSON.parse(text) as { packages: Record<string, Locked> };
const locked = Object.entries(packages).filter(([path]) => path.startsWith('node_modules/'));

test('every package is pinned by version, and none by address', () => {
  expect(locked.length).toBeGreaterThan(50);
  expect(locked.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  expect(locked.filter(([, { version }]) => !version).map(([path]) => path)).toEqual([]);
});

test('every package is pinned by content, but for the binaries of another system', () => {
  const unpinned = locked.filter(([, { integrity }]) => !integrity);
  expect(unpinned.filter(([, { optional, os }]) => !optional || !os).map(([path]) => path)).toEqual([]);
});

test('the binaries of every system are locked, or npm ci refuses the file', () => {
  const missing = locked.flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`],
    ),
  );
  expect(missing).toEqual([]);
});
