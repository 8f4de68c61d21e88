// Lands files: heads first, so that a file at fault stops everything before anything is stored; then one batch.
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { Lander } from '../../engine/lander.js';
import { CarelakeError } from '../../errors.js';
import type { Lake } from '../../lake/lake.js';
import { sourceNamed, sources } from '../../sources/registry.js';
import type { IngestOptions, Source } from '../../sources/source.js';
import type { Skipped } from '../../sources/text/member.js';
import { type Batch, type BatchFile, batchKey, claimSequence, type Mode, readBatches } from '../batch.js';
import { inScratch } from '../scratch.js';
import { type Clock, landingTime } from './clock.js';
import { insideName } from './inside-name.js';
import { landFiles, type ToLand } from './land-files.js';
import { type RawFile, takeRawFile } from './raw-file.js';
import { type Found, readHeads } from './read-heads.js';

export interface IngestRequest extends IngestOptions {
  readonly paths: readonly string[];
  readonly from?: string;
  /** The name-space of the rows. */
  readonly source?: string;
  readonly mode?: Mode;
  readonly demo?: true;
}

export interface IngestDependencies {
  readonly lake: Lake;
  readonly lander: Lander;
  readonly clock: Clock;
  /** Ends the landing while files are read; nothing is stored then. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: { file: string; bytes: number; of: number | null }) => void;
}

export interface IngestedFile {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly encoding: string;
  readonly records: number;
  readonly rejected: number;
  readonly already_there: boolean;
}

export interface IngestResult {
  readonly batches: readonly {
    readonly id: string;
    readonly source: string;
    readonly files: readonly IngestedFile[];
  }[];
  readonly skipped: readonly Skipped[];
  /** Columns that no field reads, by file: kept in the lake. */
  readonly unread: Readonly<Record<string, readonly string[]>>;
  readonly warnings: readonly string[];
}

/** @throws what readHeads and the source throw (nothing is stored then), SOURCE_UNKNOWN, SOURCE_NAME, AbortError by the signal. */
export async function ingest(request: IngestRequest, dependencies: IngestDependencies): Promise<IngestResult> {
  const { lake, signal } = dependencies;
  if (request.source !== undefined && !/^[a-z0-9][a-z0-9-]{0,62}$/.test(request.source)) {
    throw new CarelakeError('SOURCE_NAME', `"${request.source}" cannot name a source.`);
  }
  const { found, skipped } = await readHeads(request.paths);
  const heads = found.map(({ head }) => head);
  const reader = request.from === undefined ? detect(heads) : sourceNamed(request.from);
  const plans = new Map(reader.plan(heads, request).map(({ file, rawTable }) => [file, rawTable]));
  const raw = await takeRawFiles(lake, found, signal);
  try {
    const batches = await readBatches(lake);
    const wanted = found.map((file): ToLand => {
      const rawTable = plans.get(file.head.file);
      const copy = raw.get(file.member.container);
      if (rawTable === undefined || !copy) throw new Error(`No plan for ${file.head.file}.`);
      return { ...file, rawTable, copy };
    });
    const identity = identityOf(request, reader);
    const { fresh, there } = partition(wanted, batches, identity, reader);
    const landed = fresh.length > 0 ? await landBatch(fresh, batches, identity, dependencies) : undefined;
    return {
      batches: reports(wanted, there, landed?.batch),
      skipped,
      unread: landed ? unreadColumns(landed.batch) : {},
      warnings: landed?.warnings ?? [],
    };
  } finally {
    await Promise.all([...raw.values()].map((file) => file.drop()));
  }
}

/** The first source of the registry that knows all of the files; one that knows only some is asked by its plan to say why. */
function detect(heads: Parameters<Source['recognises']>[0]): Source {
  const source = sources.find((candidate) => candidate.recognises(heads));
  if (!source) throw new Error('The source csv recognises everything.');
  return source;
}

async function takeRawFiles(
  lake: Lake,
  found: readonly Found[],
  signal: AbortSignal | undefined,
): Promise<Map<string, RawFile>> {
  const taken = new Map<string, RawFile>();
  try {
    for (const container of new Set(found.map(({ member }) => member.container))) {
      taken.set(container, await takeRawFile(lake, container, signal));
    }
    return taken;
  } catch (error) {
    await Promise.all([...taken.values()].map((file) => file.drop()));
    throw error;
  }
}

/** How files are read: what, beside their content, tells one batch from another. */
type Identity = Pick<Batch, 'from' | 'readerVersion' | 'source' | 'mode' | 'as' | 'mapping' | 'demo'>;

const identityOf = (request: IngestRequest, reader: Source): Identity => ({
  from: reader.name,
  readerVersion: reader.version,
  source: request.source ?? reader.nameSpace,
  mode: request.mode ?? 'upsert',
  ...(request.as !== undefined && { as: request.as }),
  ...(request.mapping && { mapping: request.mapping }),
  ...(request.demo && { demo: true }),
});

const identityText = ({ from, readerVersion, source, mode, as, mapping }: Identity): string =>
  JSON.stringify([from, readerVersion, source, mode, as ?? null, mapping ?? null]);

/** A file of this ingest whose content a batch already has. */
interface There {
  readonly wanted: ToLand;
  readonly file: BatchFile;
  readonly batch: Batch;
}

/**
 * Parts the files into those that are new, each content once, and those that are there: the same content, under the same
 * name in its archive, read in the same way. Of snapshots only the newest counts, since an older one again is a new state.
 */
function partition(
  wanted: readonly ToLand[],
  batches: readonly Batch[],
  identity: Identity,
  { together }: Source,
): { fresh: ToLand[]; there: There[] } {
  const alike = batches.filter((batch) => identityText(batch) === identityText(identity));
  const inSource = batches.filter(({ source }) => source === identity.source);
  const candidates = identity.mode === 'snapshot' ? alike.filter((batch) => batch === inSource.at(-1)) : alike;
  const fresh: ToLand[] = [];
  const there: There[] = [];
  const distinct = wanted.filter((one) => firstOf(wanted, one) === one);
  for (const one of distinct) {
    const inside = insideName(one.head.file, one.member.container);
    const known = candidates
      .flatMap((batch) => batch.files.map((file) => ({ file, batch })))
      .find(({ file }) => file.sha256 === one.copy.sha256 && file.inside === inside);
    if (known) there.push({ wanted: one, ...known });
    else fresh.push(one);
  }
  // The files of a full extract only make sense together, too.
  const allOrNone = together || identity.mode === 'snapshot';
  return allOrNone && fresh.length > 0 ? { fresh: distinct, there: [] } : { fresh, there };
}

/** The first of the files with the content of this one. */
const firstOf = (wanted: readonly ToLand[], one: ToLand): ToLand =>
  wanted.find((other) => sameContent(other, one)) ?? one;

const sameContent = (a: ToLand, b: ToLand): boolean =>
  a.copy.sha256 === b.copy.sha256 &&
  insideName(a.head.file, a.member.container) === insideName(b.head.file, b.member.container);

async function landBatch(
  fresh: readonly ToLand[],
  batches: readonly Batch[],
  identity: Identity,
  { lake, lander, clock, signal, onProgress }: IngestDependencies,
): Promise<{ batch: Batch; warnings: string[] }> {
  return inScratch(lake, async (folder) => {
    const landed = await landFiles(fresh, {
      lander,
      folder,
      ...(signal && { signal }),
      ...(onProgress && { onProgress }),
    });
    const { at, date, warnings } = landingTime(clock, batches);
    const content = fresh.map(({ head, copy, rawTable }) => [head.file, copy.sha256, rawTable]);
    const id = createHash('sha256')
      .update(JSON.stringify([identityText(identity), content, identity.mode === 'snapshot' ? batches.length : 0]))
      .digest('hex')
      .slice(0, 16);
    const sequence = await claimSequence(lake, id);
    const batch: Batch = {
      format: 1,
      sequence,
      id,
      ...identity,
      landedAt: at,
      landed: date,
      by: userInfo().username,
      ...landed,
    };
    for (const copy of new Set(fresh.map((one) => one.copy))) await copy.keep();
    await writeFile(join(folder, 'batch.json'), JSON.stringify(batch, null, 2));
    await lake.commit(folder, batchKey(batch), 'batch.json');
    return { batch, warnings };
  });
}

/** What became of every file, by the batch that holds its content, under the name that it came by. */
function reports(
  wanted: readonly ToLand[],
  there: readonly There[],
  landed: Batch | undefined,
): IngestResult['batches'][number][] {
  const files = new Map<Batch, IngestedFile[]>(landed ? [[landed, []]] : []);
  for (const one of wanted) {
    const first = firstOf(wanted, one);
    const known = there.find((file) => file.wanted === first);
    const batch = known?.batch ?? landed;
    const file = known?.file ?? batch?.files.find(({ name }) => name === first.head.file);
    if (!batch || !file) throw new Error(`Nothing became of ${one.head.file}.`);
    const { sha256, bytes, encoding, records, rejected } = file;
    const report = { name: one.head.file, sha256, bytes, encoding, records, rejected };
    files.set(batch, [...(files.get(batch) ?? []), { ...report, already_there: known !== undefined || first !== one }]);
  }
  return [...files].map(([{ id, source }, list]) => ({ id, source, files: list }));
}

/** Columns of the raw tables that none of their readings names. */
function unreadColumns(batch: Batch): Record<string, string[]> {
  const { readings } = sourceNamed(batch.from).readings(batch.tables, batch);
  const unread: Record<string, string[]> = {};
  for (const table of batch.tables) {
    const read = new Set(
      readings.filter(({ rawTable }) => rawTable === table).flatMap(({ origin }) => Object.values(origin)),
    );
    const left = table.columns.filter((column) => ![...read].some((origin) => origin.split(', ').includes(column)));
    if (read.size > 0 && left.length > 0) for (const file of table.files) unread[file] = left;
  }
  return unread;
}
