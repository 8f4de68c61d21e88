// What the contract of records asks of a store that several processes share: they agree, and one that is killed takes
// nothing with it that it had acknowledged.
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Entry } from '../../src/records/entry.js';
import type { Records } from '../../src/records/records.js';
import { outputOf, start } from '../child/run.js';
import { all } from './written.js';

export interface SharedRecords {
  /** What the worker opens. */
  readonly address: string;
  /** A folder for the tests' own files. */
  readonly folder: string;
  reopen(): Promise<Records>;
  dispose(): Promise<void>;
}

const program = join(import.meta.dirname, '../records/records-worker.ts');

export function recordsProcessesContract(driver: string, open: () => Promise<SharedRecords>): void {
  describe(`the ${driver} records among processes`, () => {
    let shared: SharedRecords;
    beforeAll(async () => {
      shared = await open();
    });
    afterAll(() => shared.dispose());

    const worker = (task: string, name: string, times = '0') =>
      start(program, [driver, shared.address, task, name, times]);

    /** Lets all begin at once when all are ready, and waits for their ends. */
    async function together(task: string, count: number, times: string): Promise<string[]> {
      const name = join(shared.folder, task);
      const children = Array.from({ length: count }, () => worker(task, name, times));
      const ends = children.map(outputOf);
      await Promise.all(children.map((child) => once(child.stdout as NonNullable<ChildProcess['stdout']>, 'data')));
      await writeFile(`${name}.go`, '');
      const said = await Promise.all(ends);
      await rm(`${name}.go`);
      return said;
    }

    /** Lets the worker say `lines` lines, kills it wherever it then is, and returns all that it said. */
    async function killAfter(child: ChildProcess, lines: number): Promise<string[]> {
      const said: string[] = [];
      const closed = once(child, 'close');
      for await (const line of createInterface({ input: child.stdout as NonNullable<ChildProcess['stdout']> })) {
        said.push(line);
        if (said.length === lines) setTimeout(() => child.kill('SIGKILL'), Math.random() * 15);
      }
      await closed;
      return said;
    }

    async function withRecords(look: (records: Records) => Promise<void>): Promise<void> {
      const records = await shared.reopen();
      try {
        await look(records);
      } finally {
        await records.close();
      }
    }

    test('two that change one record count exactly, and who reads on meanwhile misses none', async () => {
      await withRecords(async (records) => {
        const read: Entry[] = [];
        let isWritten = false;
        const writing = together('count', 2, '60').finally(() => {
          isWritten = true;
        });
        // One look after the last write, too.
        for (let isLast = false; !isLast; await pause(2)) {
          isLast = isWritten;
          read.push(...(await all(records.entries.read(read.at(-1)?.sequence ?? 0))));
        }
        await writing;
        expect(read.filter(({ key }) => key === 'counter')).toHaveLength(120);
        expect(read).toEqual(await all(records.entries.read(0)));
        expect(await records.rows.get('patients', 'counter')).toMatchObject({ version: 120, values: { age: 120 } });
        const history = await records.entries.history('patients', 'counter');
        expect(history.map(({ version }) => version)).toEqual(Array.from({ length: 120 }, (_, index) => index + 1));
        expect(history.every(({ after }, index) => after?.age === index + 1)).toBe(true);
      });
    });

    test('two that repeat the same writes under the same keys write each once', async () => {
      await together('repeat', 2, '60');
      await withRecords(async (records) => {
        for (let round = 0; round < 60; round++) {
          expect(await records.entries.history('patients', `once-${round}`)).toHaveLength(1);
        }
      });
    });

    test('two that claim the same documents get each once, and two that replace one lose nothing', async () => {
      const said = (await together('claim', 2, '60')).join('').match(/^[0-9]+ [0-9]+$/gm) ?? [];
      await withRecords(async ({ documents, directory }) => {
        const numbers = documents.collection<{ by: string }>({ name: 'numbers', indexed: ['by'] });
        const kept = await numbers.list({ limit: 1000 });
        expect(kept.map(({ key, body }) => `${body.by} ${key}`).sort()).toEqual(said.sort());
        expect(kept).toHaveLength(60);
        const counters = directory.collection<{ count: number }>({ name: 'counters', indexed: [] });
        expect(await counters.get('all')).toEqual({ key: 'all', revision: 121, body: { count: 120 } });
      });
    });

    test('what two acknowledged before they were killed is there once, with its audit line, and nothing is half there', async () => {
      for (let round = 0; round < 4; round++) {
        const names = [`a${round}`, `b${round}`];
        const said = await Promise.all(
          names.map((name, index) => killAfter(worker('write', name), 8 + round * 7 + index)),
        );
        await withRecords(async (records) => {
          const log = await all(records.entries.read(0));
          for (const [index, name] of names.entries()) {
            const own = log.filter(({ key }) => key.startsWith(`${name}-`));
            const versions = own.map(({ key, version }) => `${key} ${version}`);
            const told = (said[index] ?? []).filter((line) => !line.endsWith('prediction'));
            expect(versions.slice(0, told.length)).toEqual(told);
            // At most the one write that was under way is there and not acknowledged.
            expect(versions.length - told.length).toBeLessThanOrEqual(1);
            for (const { key, after, audit } of own) {
              expect(audit).toEqual({ by: 'nurse', from: name, request: key });
              expect(after).toMatchObject({ patient_id: key, name: 'x'.repeat(2_000) });
            }
            for (const entry of own.filter(({ key, version }) => version === 2 || !versions.includes(`${key} 2`))) {
              const row = await records.rows.get('patients', entry.key);
              expect(row).toMatchObject({ version: entry.version, sequence: entry.sequence, values: entry.after });
            }
            const predictions = await all(records.predictions.read({ model: name }));
            const predicted = (said[index] ?? []).filter((line) => line.endsWith('prediction'));
            expect(predictions.map(({ id }) => `${id} prediction`).sort()).toEqual(expect.arrayContaining(predicted));
            expect(predictions.every(({ result }) => result.probability === 0.5)).toBe(true);
          }
        });
      }
    });
  });
}
