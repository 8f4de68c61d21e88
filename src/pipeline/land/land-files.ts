// Lands the files of one batch: each text into the raw table that was planned, tables of one header together.
import type { Lander } from '../../engine/lander.js';
import { inParallel } from '../../in-parallel.js';
import type { LocatedHead } from '../../sources/text/head.js';
import type { Member } from '../../sources/text/member.js';
import type { BatchFile, LandedTable } from '../batch.js';
import { insideName } from './inside-name.js';
import { type LandedText, landText } from './land-text.js';
import { type OnProgress, progressOver } from './progress.js';
import type { RawFile } from './raw-file.js';
import type { Found } from './read-heads.js';

export interface ToLand extends Found {
  readonly rawTable: string;
  /** The copy to read from. */
  readonly copy: RawFile;
}

/** What became of each text that was read. */
export type LandedTexts = ReadonlyMap<Member, LandedText>;

export interface LandedFiles {
  readonly tables: LandedTable[];
  readonly files: BatchFile[];
  readonly rejects: string[];
}

export interface LandFilesOptions {
  readonly lander: Lander;
  readonly folder: string;
  /** Whether a text need not be read, asked once its file is at hand. */
  readonly isKnown: (one: ToLand) => boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: OnProgress;
}

/**
 * One thread reads all texts, so a second one only fills the time in which the first waits for its last piece to land. Of
 * each open text a window of 4 MiB, what was made of it and a piece that is landing are in memory; its pieces are on disk.
 */
const textsAtOnce = 2;

/** Lands what is not known. @throws what was thrown first by one of them, when all have ended */
export async function landFiles(wanted: readonly ToLand[], options: LandFilesOptions): Promise<LandedTexts> {
  const { lander, folder, isKnown, signal: given, onProgress } = options;
  const parts = partsOf(wanted);
  const tell = progressOver(wanted, onProgress);
  const texts = new Map<Member, LandedText>();
  await inParallel([...wanted.entries()], Math.min(textsAtOnce, lander.threads), async ([index, one], failed) => {
    const signal = given ? AbortSignal.any([given, failed]) : failed;
    // While one file is copied and hashed, another lands.
    await one.copy.take(signal);
    if (isKnown(one)) {
      tell(index, one.member.bytes ?? 0);
      return;
    }
    const landed = await landText(await one.copy.text(one.member), one.head, {
      lander,
      folder,
      name: `${one.rawTable}-${parts.get(signature(one)) ?? 0}-${index}`,
      signal,
      onProgress: (bytes) => tell(index, bytes),
    });
    texts.set(one.member, landed);
  });
  return texts;
}

type GrowingTable = LandedTable & { readonly files: string[]; readonly parquet: string[]; rows: number };

/** The tables and files of a batch, from what became of its texts. */
export function tablesOf(wanted: readonly ToLand[], texts: LandedTexts): LandedFiles {
  const parts = partsOf(wanted);
  const tables = new Map<string, GrowingTable>();
  const files: BatchFile[] = [];
  const rejects: string[] = [];
  for (const one of wanted) {
    const { head, rawTable: name } = one;
    const part = parts.get(signature(one)) ?? 0;
    const landed = texts.get(one.member);
    if (!landed) throw new Error(`Nothing became of ${head.file}.`);
    const { columns, delimiter } = head;
    const table = tables.get(`${name}.${part}`) ?? { name, part, columns, delimiter, files: [], parquet: [], rows: 0 };
    tables.set(`${name}.${part}`, table);
    table.files.push(head.file);
    table.parquet.push(...landed.parquet);
    table.rows += landed.records;
    rejects.push(...landed.rejects);
    files.push(batchFile(one, part, landed));
  }
  return { tables: [...tables.values()], files, rejects };
}

function batchFile({ head, member, copy, rawTable }: ToLand, part: number, landed: LandedText): BatchFile {
  if (copy.sha256 === undefined) throw new Error(`${head.file} was not read to its end.`);
  return {
    name: head.file,
    sha256: copy.sha256,
    ...(copy.object && { object: copy.object }),
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
  };
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
