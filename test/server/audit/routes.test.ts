// Every route says how it is written down in the audit log: what shows rows of patients is, what changes something is.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AuditClass } from '../../../src/server/audit/audited.js';
import { emptyHouse, type House } from '../house.js';
import { routesOf } from '../route-list.js';

let house: House;
beforeAll(async () => {
  house = await emptyHouse();
});
afterAll(() => house.close());

/** What a permission is for. */
const byPermission: Readonly<Record<string, readonly AuditClass[]>> = {
  open: ['none', 'sign-in'],
  'account:own': ['none', 'sign-in', 'rights'],
  'keys:own': ['none', 'rights'],
  'users:write': ['none', 'rights'],
  'numbers:read': ['none'],
  'models:read': ['none'],
  'models:write': ['write'],
  'patients:look-up': ['read'],
  'records:read': ['read', 'export'],
  'deidentified:read': ['read'],
  // A draft is no record yet, and only for whoever fills it in.
  'records:create': ['write', 'none'],
  'uploads:read': ['none'],
  'uploads:write': ['write'],
  'records:write': ['write'],
  'predictions:ask': ['ask'],
  // A model is asked whom to put there.
  'worklist:use': ['read', 'write', 'ask'],
  'audit:read': ['read', 'export', 'none'],
};

test('every route names its audit class, which is one of its permission', async () => {
  const all = await routesOf(house);
  expect(all.filter(({ audit }) => audit === undefined)).toEqual([]);
  // What signs in and changes rights appends its own lines, which tests of its own hold it to.
  const others = all.filter(({ permission = '' }) => permission in byPermission);
  expect(others.length).toBeGreaterThan(45);
  expect(others.filter(({ permission = '', audit }) => !byPermission[permission]?.includes(audit as never))).toEqual(
    [],
  );
});
