// No request makes the server fetch an address: what a request can reach has nothing that could ask one, but for the provider of
// OpenID Connect, whose address is a setting.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../src');
const rooms = ['server', 'analytics', 'models', 'pipeline'];
const files = rooms.flatMap((room) =>
  readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(root, room, name)),
);

/** What is of the network and asks nobody. */
const harmless = new Set(['STATUS_CODES', 'METHODS', 'BlockList', 'isIP', 'isIPv6']);
const wired =
  /^import (?!type\b)(?:(\w+)|\{([^}]*)\}|\* as (\w+)) from '(?:node:)?(?:https?|http2|net|tls|dgram|dns)(?:\/\w+)?';/gm;

function asking(text: string): string[] {
  const imported = [...text.matchAll(wired)].flatMap(([, whole, names = '', all]) => [
    ...((whole ?? all) ? [String(whole ?? all)] : []),
    ...names
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name && !name.startsWith('type ') && !harmless.has(name)),
  ]);
  const called = /(?<![.\w])fetch\(|\bnew (WebSocket|EventSource|XMLHttpRequest)\(/.exec(text) ?? [];
  const packages = /from '(undici|axios|got|openid-client|ws)'/.exec(text) ?? [];
  return [...imported, ...called.slice(0, 1), ...packages.slice(1)];
}

test('nothing that a request can reach asks an address, but for the provider that a setting names', () => {
  expect(files.length).toBeGreaterThan(200);
  const found = files.flatMap((file) =>
    asking(readFileSync(file, 'utf8')).map((what) => `${relative(root, file)}: ${what}`),
  );
  expect(found).toEqual(['server/auth/oidc/provider.ts: openid-client']);
});

test('what could ask one would be found', () => {
  for (const text of [
    "import { request } from 'node:https';",
    "import http from 'http';",
    "import * as net from 'node:net';",
    "import { lookup } from 'node:dns/promises';",
    'const answer = await fetch(url);',
    "import { request } from 'undici';",
  ]) {
    expect(asking(text)).toHaveLength(1);
  }
  expect(
    asking("import { type Server, STATUS_CODES } from 'node:http';\nimport type { Socket } from 'node:net';"),
  ).toEqual([]);
});
