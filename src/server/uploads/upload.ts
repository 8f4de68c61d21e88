// What is kept of a file that came by HTTP: from when it is whole on this machine until long after it has landed.
import type { Fault } from '../../errors.js';
import type { Mode } from '../../pipeline/batch.js';
import type { CollectionDefinition } from '../../records/documents.js';
import type { AuditLine } from '../../records/entry.js';
import type { Mapping } from '../../sources/source.js';

/** How the file is to be read, as `ingest` is told by its options. */
export interface HowToRead {
  readonly as?: string;
  readonly source?: string;
  readonly mode: Mode;
  readonly mapping?: Mapping;
}

export interface LandedFile {
  readonly name: string;
  readonly encoding: string;
  readonly records: number;
  /** Records that could not be read. */
  readonly rejected: number;
  /** It came before: what is there stays as it is. */
  readonly already_there: boolean;
  readonly batch: string;
  readonly sequence: number;
}

export interface Upload {
  /** As its sender called it, made safe. */
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  /** The name of the spool where it waits; null of versions that gave them none. */
  readonly spool: string | null;
  readonly how: HowToRead;
  readonly received_at: string;
  readonly audit: AuditLine;
  /**
   * `waiting` for its turn, or to be tried again; `landing`; `landed`: its records are in the lake, for the next run;
   * `refused`: it is at fault, and nothing of it is kept; `failed`: given up, the file stays where it waited.
   */
  readonly state: 'waiting' | 'landing' | 'landed' | 'refused' | 'failed';
  /** The process that is at it. */
  readonly owner: string | null;
  readonly attempts: number;
  readonly finished_at: string | null;
  readonly files: readonly LandedFile[];
  readonly skipped: readonly { readonly file: string; readonly why: string }[];
  /** Columns that no field reads, by file. */
  readonly unread: Readonly<Record<string, readonly string[]>>;
  readonly warnings: readonly string[];
  readonly error: { readonly code: string; readonly message: string; readonly errors: readonly Fault[] } | null;
}

export type UploadBody = Upload & { readonly [field: string]: unknown };

export const uploadCollection: CollectionDefinition<UploadBody> = { name: 'uploads', indexed: ['state', 'spool'] };
