// One process among several on one store: `records-worker.ts <driver> <address> <task> <name> <times>`.
import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { RecordConflict } from '../../src/records/conflict.js';
import { openMongoRecords } from '../../src/records/mongo/open.js';
import type { Records } from '../../src/records/records.js';
import { openSqliteRecords } from '../../src/records/sqlite/open.js';
import { written } from '../contracts/written.js';

const [driver = '', address = '', task = '', name = '', times = '0'] = process.argv.slice(2);

const drivers: Readonly<Record<string, () => Promise<Records>>> = {
  mongodb: () => {
    const { uri, database } = JSON.parse(address) as { uri: string; database: string };
    return openMongoRecords({ uri, database, workspace: 'default' });
  },
  sqlite: () => openSqliteRecords({ file: address, workspace: 'default' }),
};
const records = (await drivers[driver]?.()) as Records;

/** Waits until all are ready, so that they really work at the same time. */
async function gate(): Promise<void> {
  process.stdout.write('ready\n');
  while (!existsSync(`${name}.go`)) await pause(2);
}

const tasks: Readonly<Record<string, () => Promise<void>>> = {
  /** Adds one to a patient's age as often as it is told, against all others who do. */
  async count() {
    await gate();
    for (let added = 0; added < Number(times); ) {
      const row = await records.rows.get('patients', 'counter');
      const [version, before] = [row?.version ?? 0, row?.values ?? {}];
      const after = { age: Number(before.age ?? 0) + 1 };
      try {
        await records.entries.append(written('counter', after, { kind: 'change', expected: version, before }));
        added++;
      } catch (error) {
        if (!(error instanceof RecordConflict)) throw error;
      }
    }
  },

  /** Creates the same patients as all others, each under the idempotency key that all use. */
  async repeat() {
    await gate();
    for (let round = 0; round < Number(times); round++) {
      const key = `once-${round}`;
      await records.entries.append(written(key, { age: round }, { idempotencyKey: key }));
    }
  },

  /** Claims each number against all others, saying which it got, then adds to one document until its part is done. */
  async claim() {
    const numbers = records.documents.collection<{ by: string }>({ name: 'numbers', indexed: ['by'] });
    const counters = records.directory.collection<{ count: number }>({ name: 'counters', indexed: [] });
    await gate();
    for (let number = 0; number < Number(times); number++) {
      if (await numbers.insert(`${number}`, { by: `${process.pid}` }))
        process.stdout.write(`${process.pid} ${number}\n`);
    }
    for (let added = 0; added < Number(times); ) {
      const found = (await counters.get('all')) ?? (await counters.insert('all', { count: 0 }));
      if (found && (await counters.replace('all', found.revision, { count: found.body.count + 1 }))) added++;
    }
  },

  /** Writes without end, saying each record after it was acknowledged. */
  async write() {
    for (let round = 0; ; round++) {
      const key = `${name}-${round}`;
      const audit = { by: 'nurse', from: name, request: key };
      const first = { patient_id: key, name: 'x'.repeat(2_000), age: 1 };
      await records.entries.append(written(key, first, { audit, idempotencyKey: key }));
      process.stdout.write(`${key} 1\n`);
      const change = { kind: 'change', expected: 1, before: first, audit } as const;
      await records.entries.append(written(key, { ...first, age: 2 }, change));
      process.stdout.write(`${key} 2\n`);
      await records.predictions.keep([
        {
          ...{ id: key, model: name, version: '1', inputHash: 'a', inputs: { age: 1 } },
          ...{ result: { probability: 0.5 }, at: new Date(0).toISOString(), patient: key },
        },
      ]);
      process.stdout.write(`${key} prediction\n`);
    }
  },
};

await tasks[task]?.();
await records.close();
