// How well the checks find what is wrong: each kind of defect injected alone into clean data, at three rates. Prints a table
// of precision (of the records that the check of the kind found anew, how many were injected) and recall (of the injected
// records, how many it found), and the checks that moved though the kind does not list them.
// node --import ./test/child/typescript.mjs bench/quality/detect.ts [patients]
import { cleanHospital } from '../../test/pipeline/quality/hospital.js';
import { around, type Outcome, outcomeOf } from '../../test/pipeline/quality/inject.js';
import { kinds } from '../../test/pipeline/quality/kinds.js';

const rates = [0.001, 0.01, 0.1];
const surroundings = around(await cleanHospital(Number(process.argv[2] ?? 2000)));
const clean = await outcomeOf(surroundings, [], 0, { checks: [...new Set(kinds.map(({ check }) => check))] });

const share = (part: number, whole: number): string => (whole === 0 ? '–' : (part / whole).toFixed(3));
const print = (line: string): boolean => process.stdout.write(`${line}\n`);
const failed = (outcome: Outcome, id: string): number => outcome.failed.get(id) ?? 0;

print('| defect | check | injected | precision | recall | moved besides |\n|---|---|---:|---:|---:|---|');
const sums = { injected: 0, found: 0, right: 0, moved: 0 };
for (const kind of kinds) {
  const cells: { injected: number; precision: string; recall: string }[] = [];
  const strange = new Set<string>();
  for (const rate of rates) {
    const after = await outcomeOf(surroundings, [kind], rate);
    const injected = after.injected.get(kind.id) ?? new Set();
    const before = clean.found.get(kind.check) ?? new Set();
    const found = [...(after.found.get(kind.check) ?? [])].filter((record) => !before.has(record));
    const right = found.filter((record) => injected.has(record)).length;
    cells.push({
      injected: injected.size,
      precision: share(right, found.length),
      recall: share(right, injected.size),
    });
    for (const id of after.failed.keys()) {
      const moved = failed(after, id) !== failed(clean, id);
      if (moved && id !== kind.check && !kind.also.includes(id)) strange.add(id);
    }
    sums.injected += injected.size;
    sums.found += found.length;
    sums.right += right;
  }
  sums.moved += strange.size;
  const column = (name: 'injected' | 'precision' | 'recall') =>
    [...new Set(cells.map((cell) => cell[name]))].join(' / ');
  print(
    `| ${kind.id} | ${kind.check} | ${cells.map(({ injected }) => injected).join(' / ')} | ${column('precision')} | ${column('recall')} | ${[...strange].join(', ')} |`,
  );
}
const { injected, found, right, moved } = sums;
print(`| all ${kinds.length} | | ${injected} | ${share(right, found)} | ${share(right, injected)} | ${moved} |`);
