// The audit chain: lines that are only ever added, each with the hash of the one before. The insert of the next number is
// the one write that decides among several processes; what comes at once in one process is written at once.
import { CarelakeError } from '../../errors.js';
import type { Collection, Documents } from '../documents.js';
import type { Entries } from '../records.js';
import { sharedLook } from '../shared-look.js';
import { type Draft, draftOfEntry, draftsOf } from './draft.js';
import { type AuditEvent, auditCollection, emptyHead, type Head, keyOf, type LineBody } from './line.js';
import { type Seals, sealsOf } from './seal.js';

export interface Audit {
  /** When it returns, the line has reached the disk. @throws AUDIT_FAILED */
  append(event: AuditEvent): Promise<void>;
  /** Takes over the audit lines of writes from the log of their entries, each once. @throws AUDIT_FAILED */
  takeOver(workspace: string, entries: Entries): Promise<void>;
  /** That there are such lines: they go before the next line that is appended, if they have not been taken over until then. */
  owes(workspace: string, entries: Entries): void;
  /**
   * The same of lines that stand in a document until they are taken over. @param log The name of the document; its lines are
   * numbered by their `entry`, which only rises. @throws AUDIT_FAILED
   */
  takeOverLines(log: string, waiting: readonly { entry: number; at: string; event: AuditEvent }[]): Promise<void>;
  head(): Promise<Head>;
  readonly lines: Collection<LineBody>;
  readonly seals: Seals;
}

export interface AuditOptions {
  /** The first one seals new lines, all of them prove old ones. */
  readonly keys: readonly string[];
  readonly clock?: () => Date;
}

interface Waiting {
  readonly drafts: readonly Draft[];
  resolve(): void;
  reject(error: unknown): void;
}

/** How many lines are written at once. */
const mostAtOnce = 500;

export function openAudit(directory: Documents, { keys, clock = () => new Date() }: AuditOptions): Audit {
  const lines = directory.collection(auditCollection);
  const seals = sealsOf(keys);
  let waiting: Waiting[] = [];
  /** Of each log the last entry that is known to be in the chain. */
  const taken = new Map<string, number>();
  /** Whose entries may have lines that are not in the chain. */
  const owing = new Map<Entries, string>();
  /** Of each log what takes over from it, once for all who ask at once. */
  const takers = new Map<Entries, () => Promise<void>>();
  let head: Head | undefined;
  let last: Promise<unknown> = Promise.resolve();

  /** One after the other: each line needs the hash of the one before. */
  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  }

  async function writeWaiting(): Promise<void> {
    // Whoever is as far as this in the same turn of the event loop shares the write, and its wait for the disk.
    await new Promise(setImmediate);
    const group = waiting;
    waiting = [];
    try {
      const before = await owed();
      await write([...before, ...group.flatMap(({ drafts }) => drafts)]);
      for (const { resolve } of group) resolve();
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }

  /** In this order. What another process has taken over in the meantime is left out. @throws AUDIT_FAILED */
  async function write(drafts: readonly Draft[]): Promise<void> {
    try {
      for (let rest = drafts; rest.length > 0; ) {
        head ??= await readHead(lines);
        const next = chained(head, rest.slice(0, mostAtOnce), seals, clock());
        const kept = await lines.insertAll(next.map((line) => ({ key: keyOf(line.sequence), body: line })));
        for (const line of next.slice(0, kept)) noteTaken(line);
        head = next[kept - 1] ?? head;
        rest = rest.slice(kept);
        if (kept === next.length) continue;
        // Another process was first, and may have taken over the same entries. The head is read before what was taken over:
        // so nothing that stands below it is missed.
        head = await readHead(lines);
        taken.clear();
        for (const log of new Set(rest.map((draft) => draft.log))) if (log !== null) await readTaken(log);
        rest = rest.filter(({ log, entry }) => log === null || (entry ?? 0) > (taken.get(log) ?? 0));
      }
    } catch (cause) {
      head = undefined;
      taken.clear();
      throw new CarelakeError('AUDIT_FAILED', `The audit log cannot be written: ${(cause as Error).message}`, {
        cause,
      });
    }
  }

  function noteTaken({ log, entry }: Pick<Draft, 'log' | 'entry'>): void {
    if (log !== null && entry !== null) taken.set(log, entry);
  }

  async function readTaken(log: string): Promise<number> {
    const [newest] = await lines.list({ where: { log }, descending: true, limit: 1 });
    const entry = newest?.body.entry ?? 0;
    taken.set(log, entry);
    return entry;
  }

  /** The lines of entries that are not in the chain, as many as are written at once. */
  async function notTaken(workspace: string, entries: Entries): Promise<Draft[]> {
    const { log, sequence } = await entries.end();
    head ??= await readHead(lines);
    const from = taken.get(log) ?? (await readTaken(log));
    const drafts: Draft[] = [];
    if (sequence <= from) return drafts;
    for await (const entry of entries.read(from, sequence)) {
      drafts.push(draftOfEntry(workspace, log, entry));
      if (drafts.length === mostAtOnce) break;
    }
    return drafts;
  }

  /** Returns whether there may be more. */
  async function takeSome(workspace: string, entries: Entries): Promise<boolean> {
    const drafts = await notTaken(workspace, entries);
    await write(drafts);
    return drafts.length === mostAtOnce;
  }

  /** The lines of entries that stand before whatever is appended now. */
  async function owed(): Promise<Draft[]> {
    const drafts: Draft[] = [];
    for (const [entries, workspace] of owing) {
      owing.delete(entries);
      let some = await notTaken(workspace, entries);
      for (; some.length === mostAtOnce; some = await notTaken(workspace, entries)) await write(some);
      drafts.push(...some);
    }
    return drafts;
  }

  async function takeAll(workspace: string, entries: Entries): Promise<void> {
    while (await inTurn(() => takeSome(workspace, entries)));
  }

  return {
    lines,
    seals,
    append: (event) =>
      new Promise((resolve, reject) => {
        waiting.push({ drafts: draftsOf(event), resolve, reject });
        if (waiting.length === 1) void inTurn(writeWaiting);
      }),
    takeOver(workspace, entries) {
      const take = takers.get(entries) ?? sharedLook(() => takeAll(workspace, entries));
      takers.set(entries, take);
      return take();
    },
    owes: (workspace, entries) => void owing.set(entries, workspace),
    takeOverLines: (log, waiting) =>
      inTurn(async () => {
        head ??= await readHead(lines);
        const from = taken.get(log) ?? (await readTaken(log));
        const drafts = waiting
          .filter(({ entry }) => entry > from)
          .flatMap(({ entry, at, event }) => draftsOf(event).map((draft) => ({ ...draft, log, entry, entry_at: at })));
        if (drafts.length > 0) await write(drafts);
      }),
    head: () => readHead(lines),
  };
}

async function readHead(lines: Collection<LineBody>): Promise<Head> {
  const [newest] = await lines.list({ descending: true, limit: 1 });
  return newest?.body ?? emptyHead;
}

function chained(head: Head, drafts: readonly Draft[], seals: Seals, now: Date): LineBody[] {
  const lines: LineBody[] = [];
  let before = head;
  for (const draft of drafts) {
    const time = now.toISOString();
    const line = {
      sequence: before.sequence + 1,
      at: time < before.at ? before.at : time,
      action: draft.action,
      outcome: draft.outcome,
      by: draft.by,
      kind: draft.kind,
      from: draft.from,
      request: draft.request,
      workspace: draft.workspace,
      table: draft.table,
      ids: draft.ids,
      patients: draft.patients,
      detail: draft.detail,
      log: draft.log,
      entry: draft.entry,
      entry_at: draft.entry_at,
      part: draft.part,
      seal: seals.own,
      previous: before.hash,
      hash: '',
    };
    line.hash = seals.hash(line) as string;
    lines.push(line);
    before = line;
  }
  return lines;
}
