// The server killed again and again while many write: what it acknowledged is there once, with its audit line; nothing is half
// there; and a write that was not answered may be sent again under its key. The same for every store of the records.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Line } from '../../src/records/audit/line.js';
import type { Entry } from '../../src/records/entry.js';
import type { Records } from '../../src/records/records.js';
import { Place } from './place.js';
import { ask, listenTo, startServer } from './server.js';

export interface KilledStore {
  readonly kills: number;
  readonly writers: number;
  /** What the program is told of the store. */
  readonly settings: Readonly<Record<string, string>>;
  /** Its records, past the program. */
  open(place: Place): Promise<Records>;
}

export function killedWhileTyping({ kills, writers, settings, open }: KilledStore): void {
  /** Runs are to be under way, too, when it is killed. */
  const environment = { CARELAKE_RUN_AFTER: '0.1', ...settings };

  let place: Place;
  beforeAll(async () => {
    place = await Place.make();
  });
  afterAll(() => place.remove());

  /** By id: the versions that were acknowledged. */
  const acknowledged = new Map<string, number>();
  /** Writes that were sent and not answered. */
  const unanswered: string[] = [];

  const create = (url: string, id: string) =>
    ask(`${url}/api/patient`, 'POST', { patient_id: id, name: 'x'.repeat(500), age: 1 }, { 'idempotency-key': id });

  /** Writes patients and changes each once, until the server no longer answers. */
  async function write(url: string, name: string): Promise<void> {
    for (let n = 0; ; n++) {
      const id = `${name}-${n}`;
      try {
        const created = await create(url, id);
        // One that is stopping or has too much to do says so: nothing is acknowledged then.
        if (created.status === 201) acknowledged.set(id, 1);
        else unanswered.push(id);
        expect([201, 503, 504]).toContain(created.status);
        if (created.status !== 201) continue;
        const changed = await ask(`${url}/api/patients/${id}`, 'PATCH', { version: 1, age: 2 });
        if (changed.status === 200) acknowledged.set(id, 2);
        expect([200, 503, 504]).toContain(changed.status);
      } catch (error) {
        // What `fetch` throws where nobody answers.
        if (!(error instanceof TypeError)) throw error;
        if (!acknowledged.has(id)) unanswered.push(id);
        return;
      }
    }
  }

  async function wholeLog(): Promise<{ id: string; byKey: Map<string, Entry[]> }> {
    const records = await open(place);
    const byKey = new Map<string, Entry[]>();
    try {
      const { log: id } = await records.entries.end();
      for await (const entry of records.entries.read(0)) byKey.set(entry.key, [...(byKey.get(entry.key) ?? []), entry]);
      for (const [key, entries] of byKey) {
        const row = await records.rows.get('patients', key);
        expect([key, row?.version, row?.values]).toEqual([key, entries.length, entries.at(-1)?.after]);
      }
      return { id, byKey };
    } finally {
      await records.close();
    }
  }

  /** The audit log is whole and holds one line for each entry, no more: the very line that stood in the entry. */
  async function isAudited(): Promise<void> {
    const { id, byKey } = await wholeLog();
    expect(await place.json(['audit', 'verify'], { environment })).toMatchObject({ ok: true, fault_count: 0 });
    await place.json(['audit', 'export', 'audit.ndjson', '--format', 'ndjson'], { environment });
    const text = await readFile(join(place.path, 'audit.ndjson'), 'utf8');
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);
    const taken = lines.filter(({ log }) => log === id);
    const entries = [...byKey.values()].flat().sort((a, b) => a.sequence - b.sequence);
    expect(taken.map(({ entry, action, ids, request, detail }) => [entry, action, ids, request, detail])).toEqual(
      entries.map(({ sequence, kind, key, audit, version }) => [
        sequence,
        kind,
        [key],
        audit.request,
        `version ${version}`,
      ]),
    );
  }

  test(
    `a server that is killed ${kills} times under ${writers} writers keeps each acknowledged write once`,
    async () => {
      for (let round = 0; round < kills; round++) {
        const server = await startServer(place, { environment });
        const all = Array.from({ length: writers }, (_, writer) => write(server.url, `r${round}w${writer}`));
        const until = acknowledged.size + 20 + round * 5;
        while (acknowledged.size < until) await pause(5);
        await pause(Math.random() * 100);
        server.process.kill('SIGKILL');
        await server.end;
        await Promise.all(all);
      }
      const { byKey: log } = await wholeLog();
      for (const [id, version] of acknowledged) {
        const entries = log.get(id) ?? [];
        // The change that was under way may be there, too.
        expect([id, entries.length]).toEqual([id, entries.length === version + 1 ? version + 1 : version]);
      }
      for (const [id, entries] of log) {
        expect(entries.map(({ version }) => version)).toEqual(entries.map((_, index) => index + 1));
        for (const { kind, after, before, audit, version } of entries) {
          expect(audit).toMatchObject({
            by: expect.stringMatching(/./),
            from: '127.0.0.1',
            request: expect.any(String),
          });
          expect([kind, after?.name, after?.age]).toEqual([
            version === 1 ? 'create' : 'change',
            'x'.repeat(500),
            version,
          ]);
          expect(before?.age).toBe(version === 1 ? undefined : 1);
          expect(after?.patient_id).toBe(id);
        }
      }

      const server = await startServer(place, { environment });
      try {
        const events = await listenTo(server.url);
        for (const id of unanswered) {
          const { status, headers, body } = await create(server.url, id);
          expect([status, body.version]).toEqual([201, 1]);
          expect(headers.get('idempotency-replayed')).toBe(log.has(id) ? 'true' : null);
        }
        if ((await ask(`${server.url}/api/runs`)).body.now.pending_entries > 0) await events.settled();
        await events.stop();
        const patients = new Set([...log.keys(), ...unanswered]);
        expect((await ask(`${server.url}/api/patients?limit=1`)).body.total).toBe(patients.size);
        expect((await ask(`${server.url}/api/dashboard`)).body.data.summary.totalPatients).toBe(patients.size);
      } finally {
        server.process.kill('SIGTERM');
        await server.end;
      }
      await isAudited();
      const { accounting } = await place.json<{
        accounting: { file: string; records: { used: number; rejected: number } }[];
      }>(['status'], { environment });
      const rejected = accounting.reduce((sum, { records }) => sum + records.rejected, 0);
      expect(rejected).toBe(0);
    },
    Math.max(300_000, kills * 20_000),
  );
}
