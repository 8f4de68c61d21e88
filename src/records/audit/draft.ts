// What becomes of an event before it has its place in the chain: texts of bounded length, and as many lines as name all rows.
import type { Entry } from '../entry.js';
import type { AuditEvent, Line } from './line.js';

export type Draft = Omit<Line, 'sequence' | 'at' | 'seal' | 'previous' | 'hash'>;

/** How many rows one line names, and how long their keys may be together: a document has at most 4 MiB. */
const mostIds = 1000;
const mostLength = 200_000;

export function draftsOf(event: AuditEvent): Draft[] {
  const ids = chunked(event.ids);
  const patients = chunked([...new Set(event.patients)]);
  const parts = Math.max(ids.length, patients.length, 1);
  // Each field by its name, here and in the chain: of a literal that goes on after something spread V8 (of Node 20) makes the
  // hidden classes anew each time, 4 KB for a line, which stay until the whole heap is collected.
  return Array.from({ length: parts }, (_, part) => ({
    action: text(event.action, 100),
    outcome: event.outcome,
    by: text(event.by, 500),
    kind: event.kind,
    from: text(event.from, 500),
    request: event.request === null ? null : text(event.request, 200),
    workspace: event.workspace,
    table: event.table,
    ids: ids[part] ?? [],
    patients: patients[part] ?? [],
    detail: event.detail === null ? null : text(event.detail, 2000),
    log: null,
    entry: null,
    entry_at: null,
    part: `${part + 1}/${parts}`,
  }));
}

/** The line of a write, whose own audit line stands in its entry. */
export function draftOfEntry(workspace: string, log: string, entry: Entry): Draft {
  const { kind: action, table, key, audit, sequence, at, before, after, version } = entry;
  const patients = [before?.patient_id, after?.patient_id].filter((id) => typeof id === 'string');
  const [draft] = draftsOf({
    action,
    outcome: 'done',
    by: audit.by,
    kind: audit.kind ?? 'process',
    from: audit.from,
    request: audit.request,
    workspace,
    table,
    ids: [key],
    patients: table === 'patients' ? [] : patients,
    detail: `version ${version}`,
  });
  return { ...(draft as Draft), log, entry: sequence, entry_at: at };
}

function chunked(ids: readonly string[]): string[][] {
  const chunks: string[][] = [];
  let length = mostLength;
  for (const id of ids) {
    const chunk = chunks.at(-1);
    const named = text(id, 1000);
    length += named.length;
    if (chunk && chunk.length < mostIds && length <= mostLength) {
      chunk.push(named);
    } else {
      chunks.push([named]);
      length = named.length;
    }
  }
  return chunks;
}

/** Of bounded length, and without halves of characters, which a database may not give back as they were. */
const text = (given: string, most: number): string =>
  (given.length > most ? `${given.slice(0, most - 1)}…` : given).toWellFormed();
