// Lands the entries of the log that no batch holds as one batch: of every table one file, each entry a record whose number
// is its place in the log. Whoever types all day leaves few batches: what landed just before lands again with what is new.
import { createHash, type Hash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { tableNamed } from '../../catalog/catalog.js';
import type { Lander } from '../../engine/lander.js';
import { CarelakeError } from '../../errors.js';
import { inScratch } from '../../lake/in-scratch.js';
import type { Lake } from '../../lake/lake.js';
import type { Entry, Value, Values } from '../../records/entry.js';
import type { Records } from '../../records/records.js';
import { columnsOf, entries as reader } from '../../sources/entries/source.js';
import {
  type Batch,
  type BatchFile,
  batchKey,
  claimSequence,
  firstOf,
  inForce,
  type LandedTable,
  landedThrough,
  readBatches,
} from '../batch.js';
import { type Clock, landingTime } from './clock.js';
import { joinedBatches, type Landing, rereading } from './joined-batches.js';
import { userName } from './user-name.js';

export interface EntriesDependencies {
  readonly lake: Lake;
  readonly records: Records;
  /** Opened where there is anything to land. */
  readonly lander: () => Promise<Lander>;
  readonly clock: Clock;
}

/** @returns the batch; undefined where every entry has landed. @throws LAND_COUNT, RECORDS_BEHIND */
export async function landEntries(dependencies: EntriesDependencies): Promise<Batch | undefined> {
  const { lake, records, clock } = dependencies;
  const batches = inForce(await readBatches(lake));
  const { log, sequence: last } = await records.entries.end();
  const after = landedThrough(batches, log);
  if (last < after) {
    const detail = `${records.address} ends with entry ${last}; the lake holds entries up to ${after} of the same log.`;
    throw new CarelakeError('RECORDS_BEHIND', detail);
  }
  if (last === after) return undefined;
  const { at, date } = landingTime(clock, batches);
  const landing = { log, at, date, by: userName() };
  const joined = joinedBatches(await records.entries.count(after), batches, landing);
  return (
    (await landAfter(dependencies, landing, batches, joined)) ?? (await landAfter(dependencies, landing, batches, []))
  );
}

/**
 * Undefined where something else began to land after those that were to be joined, so that their order would be another, and where the
 * log does not hold what landed from it, as an old copy does that was brought back: what has landed stays.
 */
async function landAfter(
  { lake, records, lander }: EntriesDependencies,
  { log, at, date, by }: Landing,
  batches: readonly Batch[],
  joined: readonly Batch[],
): Promise<Batch | undefined> {
  const after = joined[0]?.after ?? landedThrough(batches, log);
  return inScratch(lake, async (folder) => {
    const { texts, through, isAsLanded } = await writeTexts(folder, records.entries.read(after), joined);
    if (!isAsLanded) return undefined;
    await records.entries.settled();
    const landed: { table: LandedTable; file: BatchFile }[] = [];
    for (const text of texts) landed.push(await land(folder, text, await lander()));
    const content = landed.map(({ file }) => [file.name, file.sha256]);
    const id = createHash('sha256')
      .update(JSON.stringify([reader.name, reader.version, log, after, through, content]))
      .digest('hex')
      .slice(0, 16);
    const sequence = await claimSequence(lake, id);
    const [oldest, newest] = [joined[0], joined.at(-1)];
    if (newest && sequence !== newest.sequence + 1) return undefined;
    const batch: Batch = {
      format: 1,
      sequence,
      id,
      from: reader.name,
      readerVersion: reader.version,
      source: reader.nameSpace,
      mode: 'upsert',
      through: { log, sequence: through },
      after,
      ...(oldest && { first: firstOf(oldest) }),
      landedAt: at,
      landed: date,
      by,
      tables: landed.map(({ table }) => table),
      files: landed.map(({ file }) => file),
      rejects: [],
    };
    await writeFile(join(folder, 'batch.json'), JSON.stringify(batch, null, 2));
    await lake.commit(folder, batchKey(batch), 'batch.json');
    return batch;
  });
}

/** The entries of one table as text for the lander. */
interface Text {
  readonly table: string;
  readonly name: string;
  readonly stream: WriteStream;
  readonly hash: Hash;
  bytes: number;
  rows: number;
}

interface Written {
  readonly texts: Text[];
  /** The place of the last entry. */
  readonly through: number;
  /** Whether the entries of each joined batch are those that it holds. */
  readonly isAsLanded: boolean;
}

async function writeTexts(folder: string, entries: AsyncIterable<Entry>, joined: readonly Batch[]): Promise<Written> {
  const texts = new Map<string, Text>();
  const again = rereading(joined);
  let through = 0;
  for await (const entry of entries) {
    const text = texts.get(entry.table) ?? newText(folder, entry.table);
    texts.set(entry.table, text);
    const line = lineOf(entry);
    again.read(entry.sequence, text.name, line);
    text.hash.update(line);
    text.bytes += Buffer.byteLength(line);
    text.rows += 1;
    through = entry.sequence;
    if (!text.stream.write(line)) await once(text.stream, 'drain');
  }
  for (const { stream } of texts.values()) {
    stream.end();
    await finished(stream);
  }
  return { texts: [...texts.values()], through, isAsLanded: again.isAsLanded() };
}

const newText = (folder: string, table: string): Text => ({
  table,
  name: `entries/${table}`,
  stream: createWriteStream(join(folder, `${table}.txt`), { mode: 0o600 }),
  hash: createHash('sha256'),
  bytes: 0,
  rows: 0,
});

/** `_row`, no `_line` and `_lines`, the fields, and whether it deleted its record; of that the row as it was. */
function lineOf({ sequence, table, key, kind, before, after }: Entry): string {
  const values = after ?? before ?? {};
  const isDeleted = kind === 'delete';
  const own: Values = { ...values, [tableNamed(table).key[0] ?? '']: key };
  const texts = columnsOf(table).map((name) => (name === 'deleted' ? isDeleted && 'yes' : (own[name] ?? null)));
  return `${[String(sequence), '', '', ...texts.map(quoted)].join(',')}\n`;
}

/** A NUL byte would end the reading of every other entry. */
function quoted(value: Value | boolean): string {
  if (value === null || value === false) return '';
  const text = Array.isArray(value) ? value.join(';') : String(value);
  return `"${text.replaceAll('"', '""').replaceAll('\0', '\uFFFD')}"`;
}

async function land(folder: string, text: Text, lander: Lander): Promise<{ table: LandedTable; file: BatchFile }> {
  const { table: name, name: file, rows, bytes } = text;
  const columns = columnsOf(name);
  const path = join(folder, `${name}.txt`);
  const parquet = `${name}-0-0-records-0.parquet`;
  const landing = { text: path, delimiter: ',', columns: columns.length, multiline: true, file };
  const landed = await lander.land({ ...landing, output: join(folder, parquet) });
  if (landed.rows !== rows) {
    throw new CarelakeError('LAND_COUNT', `${file}: ${rows} entries were read, and ${landed.rows} landed.`);
  }
  await rm(path);
  return {
    table: { name, part: 0, columns, delimiter: ',', files: [file], parquet: [parquet], rows },
    file: {
      ...{ name: file, sha256: text.hash.digest('hex'), inside: '', bytes, encoding: 'utf-8', rawTable: name, part: 0 },
      ...{ lines: null, header: 0, blank: 0, records: rows, recordLines: 0, rejected: 0, rejectedLines: 0 },
    },
  };
}
