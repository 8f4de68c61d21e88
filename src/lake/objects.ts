// The contract of objects in buckets that are no lake of ours: files of others, to be listed and read.

/** One version of an object: whoever reads it gets these bytes or an error. */
export interface StoredObject {
  readonly bucket: string;
  readonly key: string;
  readonly etag: string;
  readonly bytes: number;
  /** Where the bucket keeps versions; known only after it was read. */
  readonly version?: string;
}

export interface ObjectAddress {
  readonly bucket: string;
  /** The key of one object; or a prefix, which ends with a slash or is followed by one; empty for the whole bucket. */
  readonly path: string;
}

export interface Objects {
  /**
   * The object of that very key, or every object below the prefix by key (bytewise).
   * @throws OBJECT_NOT_FOUND where there is neither, saying what there is, OBJECT_NO_BUCKET, OBJECT_FORBIDDEN, LAKE_* for S3 itself.
   */
  list(address: ObjectAddress): Promise<StoredObject[]>;
  /**
   * The bytes of an object; a connection that is cut is taken up where it ended.
   * @param first How many bytes from its start, where not all.
   * @throws OBJECT_CHANGED where it is another version, OBJECT_NOT_FOUND where it is gone, else as `list`; the chunks, too.
   */
  read(object: StoredObject, first?: number): Promise<{ version?: string; chunks: AsyncIterable<Buffer> }>;
  close(): Promise<void>;
}

/** As a person writes it. */
export const addressOf = ({ bucket, key }: Pick<StoredObject, 'bucket' | 'key'>): string => `s3://${bucket}/${key}`;
