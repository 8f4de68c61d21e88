// How far a landing has come: of all its texts together, since several are read at once.
import type { Found } from './read-heads.js';

export interface Progress {
  /** The texts of the ingest that are read, by name. */
  readonly files: readonly string[];
  /** Bytes of text read so far, of all of them. */
  readonly bytes: number;
  /** The bytes that there are; null where one is a gzip, of which only its end tells. */
  readonly of: number | null;
}

export type OnProgress = (progress: Progress) => void;

/** Takes how many bytes of the text with this index have been read. */
export function progressOver(
  texts: readonly Found[],
  onProgress: OnProgress | undefined,
): (index: number, bytes: number) => void {
  const files = texts.map(({ head }) => head.file);
  const of = texts.reduce<number | null>(
    (sum, { member }) => (sum === null || member.bytes === null ? null : sum + member.bytes),
    0,
  );
  const read = texts.map(() => 0);
  let bytes = 0;
  return (index, so) => {
    bytes += so - (read[index] ?? 0);
    read[index] = so;
    onProgress?.({ files, bytes, of });
  };
}
