// Lands files: heads first, so that a file at fault stops everything before anything is stored; then one batch, or of
// many objects in S3 one after the other, so that what has landed stays when a later one fails.
import { CarelakeError } from '../../errors.js';
import { sourceNamed, sources } from '../../sources/registry.js';
import type { Source } from '../../sources/source.js';
import { readBatches } from '../batch.js';
import { isAllOrNone } from './already-there.js';
import { findTexts } from './find-texts.js';
import { type IngestRequest, identityOf } from './identity.js';
import type { IngestDependencies } from './land-batch.js';
import { type GroupResult, landGroup } from './land-group.js';
import { type Found, readHeads } from './read-heads.js';
import { type Became, type IngestResult, reports, unreadColumns } from './report.js';

/** How much of objects goes into one batch, in stored bytes: what is done again after a crash is less than two of it. */
const usualBatchBytes = 2 ** 30;

/**
 * @throws what findTexts, readHeads and the source throw (nothing is stored then), SOURCE_UNKNOWN, SOURCE_NAME, AbortError by the
 * signal.
 */
export async function ingest(request: IngestRequest, dependencies: IngestDependencies): Promise<IngestResult> {
  const { lake, signal, batchBytes = usualBatchBytes } = dependencies;
  if (request.source !== undefined && !/^[a-z0-9][a-z0-9-]{0,62}$/.test(request.source)) {
    throw new CarelakeError('SOURCE_NAME', `"${request.source}" cannot name a source.`);
  }
  const texts = await findTexts(request, dependencies);
  const known = texts.known.map((text): Became => ({ ...text, alreadyThere: true }));
  const { skipped } = texts;
  try {
    const found = await readHeads(texts.members, signal);
    if (found.length === 0) return { batches: reports(known), skipped, unread: {}, warnings: [] };
    const heads = found.map(({ head }) => head);
    const reader = request.from === undefined ? detect(heads) : sourceNamed(request.from);
    const plans = new Map(reader.plan(heads, request).map(({ file, rawTable }) => [file, rawTable]));
    const identity = identityOf(request, reader);
    const groups = isAllOrNone(identity, reader.together) ? [found] : groupsOf(found, batchBytes);
    const batches = await readBatches(lake);
    const landings: GroupResult[] = [];
    for (const group of groups) {
      const landing = await landGroup(
        group,
        { plans, fetched: texts.fetched, batches, identity, reader },
        dependencies,
      );
      landings.push(landing);
      if (landing.batch) batches.push(landing.batch);
    }
    const unread = landings.map(({ batch }) => (batch ? unreadColumns(batch) : {}));
    return {
      batches: reports([...landings.flatMap(({ became }) => became), ...known]),
      skipped,
      unread: Object.assign({}, ...unread) as IngestResult['unread'],
      warnings: [...(reader.remarks?.(heads) ?? []), ...landings.flatMap(({ warnings }) => warnings)],
    };
  } finally {
    await Promise.all([...texts.fetched.values()].map((raw) => raw.drop()));
  }
}

/** The first source of the registry that knows all of the files; one that knows only some is asked by its plan to say why. */
function detect(heads: Parameters<Source['recognises']>[0]): Source {
  const source = sources.find((candidate) => candidate.recognises(heads));
  if (!source) throw new Error('The source csv recognises everything.');
  return source;
}

/**
 * In the order of the names, so that later batches win as later files would. Files of this machine have no part in the sum:
 * what is here is landed as one. The members of an archive stay together.
 */
function groupsOf(found: readonly Found[], most: number): Found[][] {
  const groups: Found[][] = [];
  const groupOf = new Map<string, Found[]>();
  let bytes = 0;
  for (const one of found) {
    const { container, streamed } = one.member;
    const known = groupOf.get(container);
    if (known) {
      known.push(one);
      continue;
    }
    const size = streamed?.object.bytes ?? 0;
    if (groups.length === 0 || (bytes > 0 && bytes + size > most)) {
      groups.push([]);
      bytes = 0;
    }
    bytes += size;
    const group = groups.at(-1) as Found[];
    group.push(one);
    groupOf.set(container, group);
  }
  return groups;
}
