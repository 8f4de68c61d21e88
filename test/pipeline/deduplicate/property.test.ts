// Random batches against a map: what is published is what the map holds, and every record is accounted for.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasLines } from '../../../src/pipeline/accounting/account.js';
import { openWorkspace } from '../harness.js';

interface Record_ {
  readonly key: string;
  readonly value: string;
  readonly fate: 'good' | 'rejected' | 'unreadable';
}

const record = fc.record<Record_>({
  key: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
  value: fc.stringMatching(/^[a-z]{1,3}$/).map((text) => `v${text}`),
  fate: fc.constantFrom('good', 'good', 'good', 'good', 'rejected', 'unreadable'),
});
const batch = fc.record({
  source: fc.constantFrom('default', 'north'),
  mode: fc.constantFrom('upsert', 'upsert', 'snapshot'),
  files: fc.dictionary(
    fc.constantFrom('a.csv', 'B.csv', 'c.csv', 'é.csv'),
    fc.array(record, { minLength: 1, maxLength: 8 }),
    {
      minKeys: 1,
    },
  ),
});
type RandomBatch = typeof batch extends fc.Arbitrary<infer Value> ? Value : never;

const line = ({ key, value, fate }: Record_) =>
  fate === 'unreadable' ? `${key},${value}` : `${key},${value},${fate === 'good' ? 40 : 412}`;

/** Key → value as the newest row has it, less what a full extract no longer holds. */
function expected(batches: readonly RandomBatch[]): string[] {
  const held = new Map<string, string>();
  for (const { source, mode, files } of batches) {
    const idOf = (key: string) => (source === 'default' ? key : `${source}:${key}`);
    const names = Object.keys(files).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    const records = names.flatMap((name) => files[name] ?? []).filter(({ fate }) => fate !== 'unreadable');
    if (mode === 'snapshot') {
      const present = new Set(records.map(({ key }) => idOf(key)));
      const own = [...held.keys()].filter((id) => id.includes(':') === (source !== 'default'));
      for (const id of own) if (!present.has(id)) held.delete(id);
    }
    for (const { key, value, fate } of records) if (fate === 'good') held.set(idOf(key), value);
  }
  return [...held].map(([id, value]) => `${id}=${value}`).sort();
}

test('random batches end as a map would, and their records add up', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(batch, { minLength: 1, maxLength: 4 }), async (batches) => {
      const workspace = await openWorkspace();
      try {
        for (const [n, { source, mode, files }] of batches.entries()) {
          // The first record makes the content of every file its own: equal files would be one.
          const texts = Object.entries(files).map(([name, records]) => [
            name,
            ['patient_id,name,age', `own-${n}-${name},x,40`, ...records.map(line), ''].join('\n'),
          ]);
          await workspace.land(Object.fromEntries(texts), { source, mode });
        }
        const { manifest } = await workspace.run();
        const sql = `select patient_id || '=' || name as pair from t where patient_id not like '%own-%'`;
        const pairs = await workspace.rows<{ pair: string }>('patients', sql);
        expect(pairs.map(({ pair }) => pair).sort()).toEqual(expected(batches));
        for (const { lines, header, blank, used, duplicates, rejected, not_used } of manifest.accounting.filter(
          hasLines,
        )) {
          expect(header + blank + used + duplicates + rejected + not_used).toBe(lines);
        }
        const all = batches.flatMap(({ files }) => Object.values(files).flat());
        const sum = (what: 'total' | 'rejected') =>
          manifest.accounting.reduce((total, { records }) => total + records[what], 0);
        expect(sum('total')).toBe(all.length + manifest.accounting.length);
        expect(sum('rejected')).toBe(all.filter(({ fate }) => fate !== 'good').length);
      } finally {
        await workspace.close();
      }
    }),
    { numRuns: 8, endOnFailure: true },
  );
});
