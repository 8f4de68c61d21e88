// The state of a workspace as one document: what is published, and what became of every line.
import type { FileAccount } from '../accounting/account.js';
import type { Manifest } from './manifest.js';

export interface Status {
  readonly workspace: string;
  readonly run: {
    readonly id: string;
    readonly as_of: string;
    readonly finished_at: string;
    readonly engine: string;
    readonly grade: string | null;
  } | null;
  readonly tables: Readonly<Record<string, { readonly rows: number }>>;
  readonly accounting: readonly FileAccount[];
  readonly conflicts: Manifest['conflicts'];
  readonly missing: Manifest['missing'];
  readonly twins: Manifest['twins'];
  readonly orphans: Manifest['orphans'];
  /** Entries typed into the application that no run has read yet. */
  readonly pending_entries: number;
}

/** @param pending How many entries no run has read yet. */
export function statusOf(workspace: string, manifest: Manifest | undefined, pending: number): Status {
  return {
    workspace,
    run: manifest
      ? {
          id: manifest.id,
          as_of: manifest.as_of,
          finished_at: manifest.finished_at,
          engine: manifest.engine,
          grade: manifest.grade,
        }
      : null,
    tables: rowsOf(manifest?.tables ?? {}),
    accounting: manifest?.accounting ?? [],
    conflicts: manifest?.conflicts ?? [],
    missing: manifest?.missing ?? [],
    twins: manifest?.twins ?? {},
    orphans: manifest?.orphans ?? {},
    pending_entries: pending,
  };
}

/** One kept run in a list of them. */
export interface RunSummary {
  readonly id: string;
  readonly parent: string | null;
  readonly published: boolean;
  readonly as_of: string;
  readonly finished_at: string;
  readonly ms: number;
  readonly engine: string;
  readonly grade: string | null;
  readonly tables: Status['tables'];
}

/** @param published The id of the published run. */
export function summaryOf(run: Manifest, published: string | undefined): RunSummary {
  return {
    id: run.id,
    parent: run.parent,
    published: run.id === published,
    as_of: run.as_of,
    finished_at: run.finished_at,
    ms: run.ms,
    engine: run.engine,
    grade: run.grade,
    tables: rowsOf(run.tables),
  };
}

const rowsOf = (tables: Manifest['tables']): Status['tables'] =>
  Object.fromEntries(Object.entries(tables).map(([name, { rows }]) => [name, { rows }]));
