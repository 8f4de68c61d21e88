// Where the engine of the steps reads and writes: copies and scratch of this machine, or the lake itself.

export interface Placement {
  /** Where the engine finds these files of the lake until they are released. LAKE_NOT_FOUND. */
  open(keys: readonly string[]): Promise<string[]>;
  release(paths: readonly string[]): Promise<void>;
  /** Gives the work a new place for files of the folder `key`. What it has not stored is removed in the end. */
  making<Result>(key: string, work: (made: Making) => Promise<Result>): Promise<Result>;
}

export interface Making {
  /** Where the engine writes. */
  readonly output: string;
  /** What it wrote, as names below the folder. ENGINE_NOT_SHARED where nothing of it is to be seen. */
  files(): Promise<string[]>;
  /** By which each is known again: those of their bytes, or what the store says where they do not come to this machine. */
  hashes(files: readonly string[]): Promise<{ readonly sha256: string[] } | { readonly etags: string[] }>;
  /** Where the engine finds these. */
  paths(files: readonly string[]): string[];
  /** Stores them under these names and ends the folder with its last file; not where it has one. */
  finish(files: readonly string[], last: { readonly name: string; readonly body: string }): Promise<boolean>;
  /** Stores them beside what the folder has, and returns the names that they have there. */
  addBeside(files: readonly string[]): Promise<string[]>;
}
