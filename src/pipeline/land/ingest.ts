// Lands files: heads first, so that a file at fault stops everything before anything is stored; then one batch.
import { CarelakeError } from '../../errors.js';
import type { Lake } from '../../lake/lake.js';
import { sourceNamed, sources } from '../../sources/registry.js';
import type { Source } from '../../sources/source.js';
import { readBatches } from '../batch.js';
import { partition } from './already-there.js';
import { type IngestRequest, identityOf } from './identity.js';
import { type IngestDependencies, landBatch } from './land-batch.js';
import type { ToLand } from './land-files.js';
import { type RawFile, takeRawFile } from './raw-file.js';
import { type Found, readHeads } from './read-heads.js';
import { type IngestResult, reports, unreadColumns } from './report.js';

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
    for (const copy of raw.values()) await copy.keep();
    return {
      batches: reports(wanted, there, landed?.batch),
      skipped,
      unread: landed ? unreadColumns(landed.batch) : {},
      warnings: [...(reader.remarks?.(heads) ?? []), ...(landed?.warnings ?? [])],
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
