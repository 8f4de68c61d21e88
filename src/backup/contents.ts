// What a backup is: a zip with the records, the files of the lake and the files that wait, and a list of all of them with
// their hashes. No key is in it.

export interface BackedUpFile {
  /** In the zip: `records.sqlite`, `workspaces/<id>/…`, `uploads/<id>/…`. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface BackupList {
  readonly format: 1;
  /** The version of Carelake that made it. */
  readonly carelake: string;
  /** ISO 8601, UTC. */
  readonly made_at: string;
  /** The workspaces whose lakes are in it, with the run that each had published; empty where the lake was left out. */
  readonly workspaces: readonly { readonly id: string; readonly run: string | null }[];
  readonly records: {
    readonly encrypted: boolean;
    /** A line of the audit log that is in it, with its hash. */
    readonly audit: { readonly sequence: number; readonly hash: string };
  } | null;
  readonly files: readonly BackedUpFile[];
}

export const listName = 'backup.json';
export const recordsName = 'records.sqlite';

const id = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const known = new RegExp(`^(?:${recordsName.replace('.', '[.]')}|(?:workspaces|uploads)/${id}/.+)$`);

/** Whether a name may stand in a backup: it leads nowhere else, and to a place that a backup fills. */
export const isName = (path: string): boolean =>
  known.test(path) && !path.includes('\\') && !path.includes('\0') && path.split('/').every(isPart);

const isPart = (part: string): boolean => part !== '' && part !== '.' && part !== '..';
