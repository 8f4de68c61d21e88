// Looks lines up for the auditor: the newest first, a bounded number of lines at a time, however long the chain is.
import { setImmediate as others } from 'node:timers/promises';
import type { Collection, Document } from '../documents.js';
import { type Head, keyOf, type Line, type LineBody } from './line.js';

export interface AuditQuery {
  readonly by?: string;
  readonly action?: string;
  readonly request?: string;
  readonly outcome?: string;
  readonly workspace?: string;
  readonly table?: string;
  /** A row, by its key. */
  readonly id?: string;
  /** A patient: their own row, or a row about them. */
  readonly patient?: string;
  /** Lines from this time on, and before that one, ISO 8601 UTC with milliseconds. */
  readonly from?: string;
  readonly before?: string;
}

export interface Found {
  readonly lines: readonly Line[];
  /** Where to go on: the sequence of the last line that was looked at; null where no more can be found. */
  readonly next: number | null;
  readonly searched: number;
}

interface Asked {
  readonly query: AuditQuery;
  /** Only lines before this one. */
  readonly below?: number;
  readonly limit: number;
}

/** How many lines are looked at for one answer: about a quarter of a second. */
const mostSearched = 20_000;
const pageSize = 1000;

export async function findLines(
  lines: Collection<LineBody>,
  head: Head,
  { query, below, limit }: Asked,
): Promise<Found> {
  const where = whereOf(query);
  const end = query.before === undefined ? head.sequence + 1 : await firstFrom(lines, head, query.before);
  let after = Math.min(end, below ?? end);
  const found: Line[] = [];
  for (let searched = 0; ; ) {
    const page = await lines.list({ where, after: keyOf(after), descending: true, limit: pageSize });
    for (const { body } of page) {
      if (query.from !== undefined && body.at < query.from) return { lines: found, next: null, searched };
      searched += 1;
      after = body.sequence;
      if (matches(query, body)) found.push(body);
      if (found.length === limit) return { lines: found, next: after > 1 ? after : null, searched };
    }
    if (page.length < pageSize) return { lines: found, next: null, searched };
    if (searched >= mostSearched) return { lines: found, next: after, searched };
    await others();
  }
}

/** All of them, the oldest first. */
export async function* allLines(lines: Collection<LineBody>, head: Head, query: AuditQuery): AsyncGenerator<Line> {
  const where = whereOf(query);
  let after = keyOf(query.from === undefined ? 0 : (await firstFrom(lines, head, query.from)) - 1);
  for (;;) {
    const page: Document<LineBody>[] = await lines.list({ where, after, limit: pageSize });
    for (const { body } of page) {
      // What is written from now on belongs to a later answer.
      if (body.sequence > head.sequence || (query.before !== undefined && body.at >= query.before)) return;
      if (matches(query, body)) yield body;
    }
    if (page.length < pageSize) return;
    await others();
    after = page.at(-1)?.key ?? after;
  }
}

const whereOf = ({ by, action, request }: AuditQuery): Partial<LineBody> => ({
  ...(by !== undefined && { by }),
  ...(action !== undefined && { action }),
  ...(request !== undefined && { request }),
});

function matches({ outcome, workspace, table, id, patient }: AuditQuery, line: Line): boolean {
  return (
    (outcome === undefined || line.outcome === outcome) &&
    (workspace === undefined || line.workspace === workspace) &&
    (table === undefined || line.table === table) &&
    (id === undefined || line.ids.includes(id)) &&
    (patient === undefined || line.patients.includes(patient) || (isOfPatients(line) && line.ids.includes(patient)))
  );
}

/** Tables whose rows have the key of a patient. */
const isOfPatients = ({ table }: Line): boolean => table === 'patients' || table === 'patient_summary';

/** The sequence of the first line that is not before a time: their times only rise. */
async function firstFrom(lines: Collection<LineBody>, head: Head, time: string): Promise<number> {
  let [low, high] = [1, head.sequence + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    // A line that was removed is stood in for by the next.
    const [line] = await lines.list({ after: keyOf(middle - 1), limit: 1 });
    if (line && line.body.at < time) low = Math.max(middle + 1, line.body.sequence + 1);
    else high = middle;
  }
  return low;
}
