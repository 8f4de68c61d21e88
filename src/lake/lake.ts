// The contract of a lake: immutable files by key, and a few small files that are swapped under a condition.
// A key is a relative path of the form `a/b/c`: no leading slash, no empty part, no `.` or `..`.
import type { Readable } from 'node:stream';
import type { StoredObject } from './objects.js';

/** A small file with the tag that a conditional write compares. */
export interface Tagged {
  readonly body: Buffer;
  readonly etag: string;
  /** How long ago it was written, in milliseconds by the clock of where the lake is: no machine's own clock counts. */
  readonly age: number;
}

export interface Listed {
  readonly key: string;
  readonly bytes: number;
  readonly modified: Date;
  /** What the store tells this content from any other by; only where the lake is in a store that other programs reach. */
  readonly etag?: string;
}

/** A file as the store has it. */
export interface Opened {
  readonly etag: string;
  /** Of the bytes that were written, in hex; not where they were sent in parts, nor under a key of KMS. */
  readonly md5?: string;
  readonly content: Readable;
}

/** `absent`: write only where no file is; a tag: write only over the file that bears it. */
export type Condition = { readonly absent: true } | { readonly etag: string };

/** What another program needs to reach a lake in S3 as this one does. */
export interface Access {
  /** Where it is not that of AWS for the region. */
  readonly endpoint?: string;
  readonly region: string;
  /** Whether the bucket stands in the path and not in the name of the host. */
  readonly pathStyle: boolean;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** With keys that end after some hours. */
  readonly sessionToken?: string;
  /** What is asked of S3 with every file; where nothing is, the bucket's own setting decides. */
  readonly encryption?: { readonly kind: string; readonly key: string | undefined };
}

/** A lake that other programs reach without this machine in between. */
export interface Direct {
  /** The address under which they find a key, or what lies below it: `s3://bucket/prefix/key`. LAKE_KEY_INVALID. */
  url(key: string): string;
  /**
   * As `Lake.commit`, of `files` that another program has written below `key`: writes `last` beside them, unless `key` has
   * one; LAKE_NOT_FOUND where one of them is missing, LAKE_NOT_ENCRYPTED where they are not encrypted as was asked for.
   * Returns whether `last` was written; the files stay in either case.
   */
  seal(key: string, files: readonly string[], last: { readonly name: string; readonly body: string }): Promise<boolean>;
  /** What `seal` asks of the files, for those that are named elsewhere. LAKE_NOT_FOUND, LAKE_NOT_ENCRYPTED. */
  requireSealable(key: string, files: readonly string[]): Promise<void>;
  /** A file with what the store says of it, which another program wrote. LAKE_NOT_FOUND. */
  open(key: string): Promise<Opened>;
  /** With the keys of the moment: for another program alone, never for a message. */
  access(): Promise<Access>;
}

export interface Lake {
  /** The driver's name, for errors and `doctor`. */
  readonly driver: 'local' | 's3' | 'memory';
  /** Where the lake is, as a person would write it. */
  readonly address: string;

  /** The whole of a small file, or undefined where there is none. */
  get(key: string): Promise<Tagged | undefined>;
  /** A large file as a stream. LAKE_NOT_FOUND where there is none. */
  read(key: string): Promise<Readable>;
  /** Writes a small file: readers see the old content or the new one, never a part. Returns its tag. */
  put(key: string, body: string | Buffer): Promise<string>;
  /** As `put`, in one atomic comparison; LAKE_CONFLICT where the condition does not hold. */
  putIf(key: string, body: string | Buffer, condition: Condition): Promise<string>;
  /** Every file whose key starts with `prefix/`, ordered by key (bytewise). Files being written are not listed. */
  list(prefix: string): AsyncIterable<Listed>;
  /** Removes files, in no order; one that is not there is no error. */
  remove(keys: readonly string[]): Promise<void>;

  /** A new empty folder on this machine, near the lake where that makes `commit` a rename. Whoever asks removes it. */
  scratch(): Promise<string>;
  /**
   * Moves the files of a folder made by `scratch` below `key`. The file named `last` appears after all others, so
   * whoever finds it finds the rest. Where `key` already has a `last`, nothing is written and the folder is dropped:
   * equal keys mean equal content. Returns whether this call's files were the ones kept.
   */
  commit(folder: string, key: string, last: string): Promise<boolean>;
  /** Paths on this machine that hold these files until `release` or `close`. LAKE_NOT_FOUND names the first that is missing. */
  checkout(keys: readonly string[]): Promise<string[]>;
  /** Only where the lake is in a store that other programs reach, too. */
  readonly direct?: Direct;
  /**
   * Copies an object of S3 to `key` without this machine in between; only where the lake can. OBJECT_CHANGED where it
   * is another version.
   */
  readonly copyIn?: (object: StoredObject, key: string) => Promise<void>;
  /** Says that whoever checked these paths out reads them no more; one that was checked out twice stays for the other. */
  release(paths: readonly string[]): Promise<void>;
  /** Scratch folders older than `olderThanMs` that a crash left behind; removes them unless `dry`. */
  sweep(olderThanMs: number, dry: boolean): Promise<{ removed: number; bytes: number }>;
  close(): Promise<void>;
}
