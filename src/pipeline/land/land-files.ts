// Lands the files of one batch: each text into the raw table that was planned, tables of one header together.
import type { Lander } from '../../engine/lander.js';
import type { LocatedHead } from '../../sources/text/head.js';
import type { BatchFile, LandedTable } from '../batch.js';
import { insideName } from './inside-name.js';
import { landText } from './land-text.js';
import type { RawFile } from './raw-file.js';
import type { Found } from './read-heads.js';

export interface ToLand extends Found {
  readonly rawTable: string;
  /** The copy to read from. */
  readonly copy: RawFile;
}

export interface LandedFiles {
  readonly tables: LandedTable[];
  readonly files: BatchFile[];
  readonly rejects: string[];
}

export interface LandFilesOptions {
  readonly lander: Lander;
  readonly folder: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: { file: string; bytes: number; of: number | null }) => void;
}

export async function landFiles(wanted: readonly ToLand[], options: LandFilesOptions): Promise<LandedFiles> {
  const parts = partsOf(wanted);
  const tables = new Map<string, LandedTable>();
  const files: BatchFile[] = [];
  const rejects: string[] = [];
  for (const [index, { member, head, rawTable, copy }] of wanted.entries()) {
    const part = parts.get(signature({ head, rawTable })) ?? 0;
    const { lander, folder, signal, onProgress } = options;
    const landed = await landText(await member.open(copy.path), head, {
      lander,
      folder,
      name: `${rawTable}-${part}-${index}`,
      ...(signal && { signal }),
      onProgress: (bytes) => onProgress?.({ file: head.file, bytes, of: member.bytes }),
    });
    const key = `${rawTable}.${part}`;
    const before = tables.get(key);
    tables.set(key, {
      name: rawTable,
      part,
      columns: head.columns,
      delimiter: head.delimiter,
      files: [...(before?.files ?? []), head.file],
      parquet: [...(before?.parquet ?? []), ...landed.parquet],
      rows: (before?.rows ?? 0) + landed.records,
    });
    rejects.push(...landed.rejects);
    files.push({
      name: head.file,
      sha256: copy.sha256,
      inside: insideName(head.file, member.container),
      bytes: landed.bytes,
      encoding: landed.encoding,
      rawTable,
      part,
      lines: landed.lines,
      header: landed.header,
      blank: landed.blank,
      records: landed.records,
      recordLines: landed.acceptedLines,
      rejected: landed.rejectedRecords,
      rejectedLines: landed.rejectedLines,
    });
  }
  return { tables: [...tables.values()], files, rejects };
}

const signature = ({ head, rawTable }: { head: LocatedHead; rawTable: string }): string =>
  JSON.stringify([rawTable, head.columns, head.delimiter]);

/** Files of one raw table whose headers or delimiters differ are parts of it: 0, 1 …. */
function partsOf(wanted: readonly ToLand[]): Map<string, number> {
  const parts = new Map<string, number>();
  const count = new Map<string, number>();
  for (const one of wanted) {
    if (parts.has(signature(one))) continue;
    parts.set(signature(one), count.get(one.rawTable) ?? 0);
    count.set(one.rawTable, (count.get(one.rawTable) ?? 0) + 1);
  }
  return parts;
}
