// The guide tells of every right, and of whose it is, as the program has it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Role, roles } from '../../../src/records/directory/role.js';
import { permissions } from '../../../src/server/auth/permissions.js';

const guide = readFileSync(join(import.meta.dirname, '../../../docs/guide/sign-in.md'), 'utf8');

test('the table of roles in docs/guide/sign-in.md is that of the program', () => {
  const told = guide.split('\n').filter((line) => /^\| (?!may |-)/.test(line) && !line.startsWith('|---'));
  expect(guide).toContain(`| may | ${roles.join(' | ')} |`);
  expect(told).toEqual(
    permissions.map((right) => {
      const cells = roles.map((role) => (isFor(right.roles, role) ? ' ✓ |' : ' |'));
      return `| ${right.means} |${cells.join('')}`;
    }),
  );
});

const isFor = (held: readonly Role[], role: Role): boolean => held.length === 0 || held.includes(role);
