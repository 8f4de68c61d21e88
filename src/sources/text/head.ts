// What is known of a text file from its first bytes: encoding, delimiter, header.

export interface TextHead {
  /** The file as the user knows it: `visits.csv`, `archive.zip/member.csv`. */
  readonly file: string;
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'unknown-8bit';
  readonly delimiter: ',' | ';' | '\t' | '|';
  /** The header's names as the file has them, trimmed. */
  readonly columns: readonly string[];
  /** The header's physical lines (more than 1 where a quoted name holds a line end). */
  readonly headerLines: number;
}
