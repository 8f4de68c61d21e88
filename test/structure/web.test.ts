// The web app is built from its own files: of the program it takes types, which leave nothing behind.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const web = join(import.meta.dirname, '../../web');
const files = readdirSync(web, { recursive: true, encoding: 'utf8' }).filter((name) => /[.]tsx?$/.test(name));

test('web/ takes only types from src/', () => {
  const imports = files.flatMap((file) =>
    [...readFileSync(join(web, file), 'utf8').matchAll(/^(import|export)\b[^;]*?from '([^']+)';/gm)].map(
      ([whole, , from = '']) => ({
        file,
        from,
        types: /^(import|export) type /.test(whole),
      }),
    ),
  );
  const ofProgram = imports.filter(({ from }) => from.includes('../src/'));
  expect(ofProgram.length).toBeGreaterThan(5);
  expect(ofProgram.filter(({ types }) => !types)).toEqual([]);
});

test('no file of web/ names an address of another server', () => {
  const named = files.filter((file) =>
    /https?:\/\/(?!127[.]0[.]0[.]1|www[.]w3[.]org\/)/.test(readFileSync(join(web, file), 'utf8')),
  );
  expect(named).toEqual([]);
});
