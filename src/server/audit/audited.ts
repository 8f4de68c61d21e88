// What a request did with rows of patients, as its handler says it for the audit line.
import type { FastifyRequest } from 'fastify';

/** How a route is written down in the audit log. A test holds every route to naming one. */
export type AuditClass =
  /** Rows of patients are shown. */
  | 'read'
  /** They are given out as a file. */
  | 'export'
  /** A model is asked about patients. */
  | 'ask'
  /** Something is changed. */
  | 'write'
  /** Whoever signs people in, or changes rights, appends the line itself: it knows of whom. */
  | 'sign-in'
  | 'rights'
  /** No row of a patient. */
  | 'none';

export interface Audited {
  readonly table: string | null;
  readonly ids: readonly string[];
  /** Whom rows of other tables than `patients` are about. */
  readonly patients?: readonly string[];
  /** Rows of other tables that were shown with the one patient of `ids`: a line for each. */
  readonly beside?: readonly { readonly table: string; readonly ids: readonly string[] }[];
  /** That the values were refused says something of the row: whether it is there, and whose it is. */
  readonly tells?: boolean;
  /** The write is an entry of the log, which holds its own line. */
  readonly inEntry?: boolean;
  /** The route has appended the line itself, before it did what it says. */
  readonly written?: boolean;
  /** What was asked for was so already. */
  readonly unchanged?: boolean;
}

declare module 'fastify' {
  interface FastifyRequest {
    audited: Audited | null;
  }
  interface FastifyContextConfig {
    audit?: AuditClass;
  }
}

type Row = Readonly<Record<string, unknown>>;

/** Notes which rows an answer holds. @param key The column that tells them apart. */
export function showsRows(request: FastifyRequest, table: string, key: string, rows: readonly Row[]): void {
  const textOf = (value: unknown) => (typeof value === 'string' ? [value] : []);
  request.audited = {
    table,
    ids: rows.flatMap((row) => textOf(row[key])),
    ...(key !== 'patient_id' && { patients: rows.flatMap((row) => textOf(row.patient_id)) }),
  };
}
