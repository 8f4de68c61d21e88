// Each kind of defect, injected into clean data: its check finds exactly the injected records, and no check outside the
// consequences that the kinds list finds more or less than before. Kinds that do not disturb one another share a run;
// bench/quality injects each alone, at three rates.
import { beforeAll, expect, test } from 'vitest';
import { checkNamed } from '../../../src/catalog/checks.js';
import { cleanHospital, type Rec } from './hospital.js';
import { around, type Outcome, outcomeOf } from './inject.js';
import type { DefectKind, Surroundings } from './kind.js';
import { kinds } from './kinds.js';

let surroundings: Surroundings;
let before: Outcome;
beforeAll(async () => {
  surroundings = around(await cleanHospital(1200));
  before = await outcomeOf(surroundings, [], 0);
});

/** Whether what one finds says nothing of the other. */
const areApart = (a: DefectKind, b: DefectKind): boolean =>
  a.check !== b.check && !a.also.includes(b.check) && !b.also.includes(a.check);

const groups: DefectKind[][] = [];
for (const kind of kinds) {
  const group = groups.find((list) => list.every((other) => areApart(kind, other)));
  if (group) group.push(kind);
  else groups.push([kind]);
}

test('there are at least 40 kinds, each with an id of its own and checks that exist', () => {
  expect(new Set(kinds.map(({ id }) => id)).size).toBe(kinds.length);
  expect(kinds.length).toBeGreaterThanOrEqual(40);
  const named = kinds.flatMap(({ check, also }) => [check, ...also]);
  expect(named.filter((id) => !checkNamed(id))).toEqual([]);
});

test.each(groups.map((group, n) => [n + 1, group.length, group] as const))(
  'group %d: each of %d kinds is found by its check, whole and alone',
  async (_, __, group) => {
    const after = await outcomeOf(surroundings, group, 0.1, { most: 6 });
    const rise = (id: string) => (after.failed.get(id) ?? 0) - (before.failed.get(id) ?? 0);
    const rises = group.map(({ id, check }) => ({ id, check, rise: rise(check) }));
    const expected = group.map(({ id, check }) => ({ id, check, rise: after.injected.get(id)?.size }));
    expect(rises).toEqual(expected);
    for (const { id, check } of group) {
      const injected = after.injected.get(id) ?? new Set<Rec>();
      const found = after.found.get(check) ?? new Set<Rec>();
      expect(injected.size, id).toBeGreaterThan(0);
      expect([...injected].filter((rec) => !found.has(rec))).toEqual([]);
    }
    const allowed = new Set(group.flatMap(({ check, also }) => [check, ...also]));
    expect([...after.failed.keys()].filter((id) => rise(id) !== 0 && !allowed.has(id))).toEqual([]);
  },
);
