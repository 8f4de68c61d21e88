// The floors of src/ hold, and the tool that checks them really looks: a planted upward import must be found.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const tool = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

interface Cruise {
  readonly modules: readonly { source: string }[];
  readonly summary: { violations: readonly { from: string; to: string; rule: { name: string } }[] };
}

function cruise(folder: string): Cruise {
  const config = join(root, '.dependency-cruiser.cjs');
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [tool, 'src', '--config', config, '--output-type', 'json', '--no-progress'],
    { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  if (!stdout) throw new Error(stderr);
  return JSON.parse(stdout) as Cruise;
}

/** A small house that keeps the floors, with more files in it. */
function house(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'carelake-floors-'));
  folders.push(folder);
  const sound = {
    'src/catalog/field.ts': 'export interface Field { readonly name: string }\n',
    'src/errors.ts': 'export const errorTable = {};\n',
    'src/engine/engine.ts': "import type { Field } from '../catalog/field.js';\nexport type Engine = Field;\n",
    'src/engine/duckdb/open.ts': "import '../engine.js';\nexport const openDuckdb = 1;\n",
    'src/lake/lake.ts': 'export interface Lake { readonly root: string }\n',
    'src/lake/local.ts': "import type { Lake } from './lake.js';\nexport const lake: Lake = { root: '' };\n",
    'src/app.ts': "import './engine/duckdb/open.js';\nimport './lake/local.js';\n",
    'src/cli/main.ts': "import '../app.js';\n",
  };
  for (const [path, text] of Object.entries({ ...sound, ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  writeFileSync(join(folder, 'package.json'), '{ "name": "house", "type": "module", "dependencies": {} }');
  return folder;
}

const violations = (folder: string) =>
  cruise(folder).summary.violations.map(({ from, to, rule }) => `${rule.name}: ${from} → ${to}`);

test('every file of src/ is looked at, and no rule is broken', () => {
  const { modules, summary } = cruise(root);
  const looked = modules.map(({ source }) => source).filter((source) => source.startsWith('src/'));
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `src/${name}`);
  expect(files.length).toBeGreaterThan(0);
  expect(looked.sort()).toEqual(files.sort());
  expect(summary.violations).toEqual([]);
});

test('a house that keeps the floors passes', () => {
  expect(violations(house({}))).toEqual([]);
});

test.each([
  ['an upward import', 'src/catalog/up.ts', "import '../engine/engine.js';\n", 'floor-catalog'],
  [
    'an upward import of a type',
    'src/catalog/up.ts',
    "import type { Lake } from '../lake/lake.js';\n",
    'floor-catalog',
  ],
  ['an upward re-export', 'src/errors.ts', "export * from './engine/engine.js';\n", 'floor-errors'],
  ['an upward import at run time', 'src/engine/late.ts', "export const late = import('../app.js');\n", 'floor-engine'],
  [
    'the engine importing the lake',
    'src/engine/a.ts',
    "import type { Lake } from '../lake/lake.js';\n",
    'floor-engine',
  ],
  [
    'the lake importing the engine',
    'src/lake/a.ts',
    "import type { Engine } from '../engine/engine.js';\n",
    'floor-lake',
  ],
  ['the records importing the lake', 'src/records/a.ts', "import '../lake/lake.js';\n", 'floor-records'],
  ['a model importing the pipeline', 'src/models/a.ts', "import '../pipeline/run.js';\n", 'floor-models'],
  ['the command line naming an engine', 'src/cli/a.ts', "import '../engine/duckdb/open.js';\n", 'driver-engine'],
  ['a driver naming its sibling', 'src/lake/memory.ts', "import './local.js';\n", 'sibling-lake-memory'],
  ['a learner doing I/O', 'src/models/learn/a.ts', "import 'node:fs';\n", 'learner-is-pure'],
  ['a room that is not in the plan', 'src/utils/a.ts', "import '../errors.js';\n", 'known-room'],
  ['an import of a test', 'src/cli/a.ts', "import '../../test/a.js';\n", 'floor-cli'],
  ['a cycle', 'src/lake/lake.ts', "import './local.js';\n", 'no-cycle'],
])('%s is found', (_, path, text, rule) => {
  const folder = house({ 'src/pipeline/run.ts': 'export const run = 1;\n', 'test/a.ts': '', [path]: text });
  expect(violations(folder).join('\n')).toMatch(new RegExp(`^${rule}: `, 'm'));
});

test('a package that only development uses is found', () => {
  const folder = house({ 'src/cli/a.ts': "import 'fast-check';\n" });
  writeFileSync(
    join(folder, 'package.json'),
    '{ "name": "house", "type": "module", "devDependencies": { "fast-check": "4" } }',
  );
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  expect(violations(folder).join('\n')).toContain('no-development-package: src/cli/a.ts → ');
});

test('the command of the lint script fails where a rule is broken', () => {
  const folder = house({ 'src/catalog/up.ts': "import '../engine/engine.js';\n" });
  cpSync(join(root, '.dependency-cruiser.cjs'), join(folder, '.dependency-cruiser.cjs'));
  const { status, stdout } = spawnSync(process.execPath, [tool, 'src'], { cwd: folder, encoding: 'utf8' });
  expect(stdout).toContain('floor-catalog');
  expect(status).not.toBe(0);
});
