// Collections of small documents beside the log of entries: users, sessions, keys, uploads, drafts, the audit chain.
// A document is written whole or not at all, and only over the revision that the writer saw. Nothing here needs a
// transaction over two documents; whatever is built on it must not either.

/** What JSON can say: no Date; a field that is undefined is not there. At most 4 MiB of it. */
export type Body = { readonly [field: string]: unknown };

export interface Document<Of extends Body> {
  readonly key: string;
  /** 1, 2 …: rises by one with every write; begins anew where a document was removed and its key inserted again. */
  readonly revision: number;
  readonly body: Of;
}

/** What a collection is; said once, where it is used. */
export interface CollectionDefinition<Of extends Body> {
  /** Lower case letters, digits and underscores; in MongoDB the name of the collection. */
  readonly name: string;
  /**
   * Fields of the body that `where` and `removeBelow` may name: each holds texts, or numbers, or booleans, or null, and is
   * named by letters, digits and underscores. May grow from one version to the next.
   */
  readonly indexed: readonly (keyof Of & string)[];
}

export interface Listing<Of extends Body> {
  /** Equality with these indexed fields; null is also a field that is not there. */
  readonly where?: Partial<Of>;
  /** Only keys after (in a descending list: before) this one; keys are compared bytewise as UTF-8. */
  readonly after?: string;
  readonly descending?: boolean;
  /** 1 to 1,000 documents. */
  readonly limit: number;
}

/** Every method @throws RECORDS_BUSY, RECORDS_FULL, RECORDS_FAILED. A write that throws may have been made. */
export interface Collection<Of extends Body> {
  get(key: string): Promise<Document<Of> | undefined>;
  /**
   * Undefined, and nothing written, where the key is there. When it returns, the document has reached the disk.
   * @throws DOCUMENT_TOO_LARGE
   */
  insert(key: string, body: Of): Promise<Document<Of> | undefined>;
  /**
   * 1 to 1,000 documents under keys that differ, in one write where the driver can. Returns how many of them are written,
   * from the first on: all, unless one of the keys is there; then none of those from it on. When it returns, they have
   * reached the disk. @throws DOCUMENT_TOO_LARGE before anything is written
   */
  insertAll(documents: readonly Pick<Document<Of>, 'key' | 'body'>[]): Promise<number>;
  /** Undefined, and nothing written, where it is not there in that revision. @throws DOCUMENT_TOO_LARGE */
  replace(key: string, revision: number, body: Of): Promise<Document<Of> | undefined>;
  /** False where it is not there in that revision. */
  remove(key: string, revision: number): Promise<boolean>;
  /** In the order of their keys. @throws RECORDS_QUERY where a field is not indexed, or a limit is none */
  list(listing: Listing<Of>): Promise<Document<Of>[]>;
  /** @throws RECORDS_QUERY where a field is not indexed */
  count(where?: Partial<Of>): Promise<number>;
  /**
   * Removes all whose indexed text field is less than the value, bytewise: what expired. Returns how many. A call that was
   * cut short has removed some of them. @throws RECORDS_QUERY where the field is not indexed
   */
  removeBelow(field: keyof Of & string, value: string): Promise<number>;
}

export interface Documents {
  /** The same collection for the same definition, however often it is asked for. @throws TypeError of a name that is none */
  collection<Of extends Body>(definition: CollectionDefinition<Of>): Collection<Of>;
}
