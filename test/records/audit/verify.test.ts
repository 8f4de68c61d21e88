// What is done to the audit chain behind its back is found and named.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openAudit } from '../../../src/records/audit/chain.js';
import { auditCollection, type LineBody } from '../../../src/records/audit/line.js';
import { sealsOf } from '../../../src/records/audit/seal.js';
import { verifyChain } from '../../../src/records/audit/verify.js';
import { memoryDocuments } from '../../../src/records/memory-documents.js';
import { chainOf, key, read } from './events.js';

const kinds = (found: { faults: readonly { kind: string; line: number }[] }) =>
  found.faults.map(({ kind, line }) => `${line} ${kind}`);

describe.each([
  ['without a key', []],
  ['with a key', [key]],
])('a chain %s', (_, keys) => {
  test('as it was written holds, and says its end', async () => {
    const { verify, audit } = await chainOf(25, keys);
    const found = await verify();
    expect(found).toMatchObject({ lines: 25, faults: [], fault_count: 0, sealed_from: keys.length > 0 ? 1 : null });
    expect(found.head).toMatchObject({ sequence: 25, hash: (await audit.head()).hash });
    expect(await verify({ anchors: [found.head] })).toMatchObject({ faults: [] });
  });

  test('that is empty holds', async () => {
    const { verify } = await chainOf(0, keys);
    expect(await verify()).toMatchObject({ lines: 0, faults: [], head: { sequence: 0, hash: '0'.repeat(64) } });
  });

  test('shows any field of a line that is another', async () => {
    const { verify, put, line } = await chainOf(5, keys);
    const whole = await line(3);
    const change = fc.constantFrom<Readonly<Record<string, unknown>>>(
      ...[
        { by: 'bob' },
        { action: 'change' },
        { outcome: 'refused' },
        { kind: 'key' },
        { from: '::1' },
        { at: '2020' },
      ],
      ...[{ request: null }, { workspace: 'other' }, { table: 'visits' }, { ids: ['P3', 'P4'] }, { ids: [] }],
      ...[{ patients: ['P3'] }, { detail: '' }, { entry: 1 }, { log: 'x' }, { entry_at: 'x' }, { part: '1/2' }],
      ...[{ hash: 'f'.repeat(64) }, { more: 1 }],
    );
    await fc.assert(
      fc.asyncProperty(change, async (changed) => {
        await put(3, { ...whole, ...changed } as LineBody);
        expect(kinds(await verify())).toContain('3 changed');
      }),
    );
    await put(3, whole);
    expect((await verify()).faults).toEqual([]);
  });

  test('names what is missing, in the middle and at the start', async () => {
    const { verify, put } = await chainOf(9, keys);
    for (const place of [1, 4, 5, 6]) await put(place, undefined);
    const found = await verify();
    expect(kinds(found)).toEqual(['1 removed', '4 removed']);
    expect(found.faults.map(({ message }) => message)).toEqual(['Line 1 is missing.', 'Lines 4 to 6 are missing.']);
  });

  test('names lines that changed places, and what was put between', async () => {
    const { verify, put, line } = await chainOf(6, keys);
    const [two, five] = [await line(2), await line(5)];
    await put(2, five);
    await put(5, two);
    await put('000000000000003x', await line(3));
    expect(kinds(await verify())).toEqual(['2 moved', '4 inserted', '5 moved']);
  });

  test('a line that is put in moves all after it', async () => {
    const { verify, put, line } = await chainOf(4, keys);
    const later = [await line(3), await line(4)];
    await put(5, later[1]);
    await put(4, later[0]);
    await put(3, { ...(later[0] as LineBody), by: 'nobody' });
    expect(kinds(await verify())).toEqual(['3 changed', '4 moved', '5 moved']);
  });

  test('whose end is cut off is told by what was noted down, and by nothing else', async () => {
    const { verify, put } = await chainOf(6, keys);
    const { head } = await verify();
    await put(6, undefined);
    expect((await verify()).faults).toEqual([]);
    expect(kinds(await verify({ anchors: [head] }))).toEqual(['6 anchor']);
  });
});

test('whoever writes a line anew with its hash is found by the next one', async () => {
  const { verify, put, line } = await chainOf(6);
  const three = { ...(await line(3)), by: 'bob' };
  await put(3, { ...three, hash: sealsOf([]).hash(three) as string });
  const found = await verify();
  expect(kinds(found)).toEqual(['4 unlinked']);
});

describe('whoever makes the whole chain anew', () => {
  const forged = async (keys: readonly string[], own: readonly string[]) => {
    const { head } = await (await chainOf(6, keys)).verify();
    const anew = await chainOf(6, own, 'bob');
    const lines = anew.directory.collection(auditCollection);
    const seals = sealsOf(keys);
    return { plain: await verifyChain(lines, seals), anchored: await verifyChain(lines, seals, { anchors: [head] }) };
  };

  test('without a key is found by what was noted down alone', async () => {
    const { plain, anchored } = await forged([], []);
    expect(plain.faults).toEqual([]);
    expect(kinds(anchored)).toEqual(['6 anchor']);
  });

  test('is found by whoever has the key', async () => {
    expect(kinds((await forged([key], [])).plain)).toEqual(['6 unsealed']);
    const { plain } = await forged([key], ['another key that was not given to anyone']);
    expect(kinds(plain)).toEqual([1, 2, 3, 4, 5, 6].map((n) => `${n} key`));
  });
});

test('keys follow one another, and what stood before the first one is held by its line', async () => {
  const directory = memoryDocuments();
  const lines = directory.collection(auditCollection);
  const next = 'the key that came after the first one, much later';
  for (const keys of [[], [key], [next, key]]) {
    const audit = openAudit(directory, { keys });
    for (let n = 0; n < 3; n++) await audit.append(read());
  }
  expect(await verifyChain(lines, sealsOf([next, key]))).toMatchObject({ lines: 9, sealed_from: 4, faults: [] });
  expect(kinds(await verifyChain(lines, sealsOf([next])))).toEqual(['4 key', '5 key', '6 key']);
  await openAudit(directory, { keys: [] }).append(read());
  expect(kinds(await verifyChain(lines, sealsOf([next, key])))).toEqual(['10 unsealed']);
});
