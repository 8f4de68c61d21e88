// Finds the texts behind the paths of an ingest, on this machine and in S3; objects that were read before are not asked.
import { CarelakeError } from '../../errors.js';
import { addressOf } from '../../lake/objects.js';
import { sourceNamed } from '../../sources/registry.js';
import { membersOf } from '../../sources/text/archive.js';
import type { Member, Skipped } from '../../sources/text/member.js';
import { membersOfObject, type NamedObject, objectsToRead } from '../../sources/text/object-members.js';
import { readBatches } from '../batch.js';
import { alikeBatches, isAllOrNone } from './already-there.js';
import { type IngestRequest, identityOf } from './identity.js';
import { type KnownText, partitionObjects } from './known-objects.js';
import type { IngestDependencies } from './land-batch.js';
import { isAddress, objectsBehind } from './object-address.js';
import type { RawFile } from './raw-file.js';
import { fetchObject } from './raw-object.js';

export interface FoundTexts {
  readonly members: readonly Member[];
  readonly skipped: readonly Skipped[];
  /** Texts that a batch has, of objects that were not read again. */
  readonly known: readonly KnownText[];
  /** Objects that had to be copied to this machine to be looked into, by container; to be dropped by who asked. */
  readonly fetched: ReadonlyMap<string, RawFile>;
}

/** @throws NO_FILES, and what `membersOf` and `Objects.list` throw */
export async function findTexts(request: IngestRequest, dependencies: IngestDependencies): Promise<FoundTexts> {
  const paths = [...new Set(request.paths)];
  const listed = await Promise.all(paths.filter((path) => !isAddress(path)).map(membersOf));
  const members = listed.flatMap((list) => [...list.members]);
  const skipped = listed.flatMap((list) => [...list.skipped]);
  const fetched = new Map<string, RawFile>();
  const known: KnownText[] = [];
  const addresses = paths.filter(isAddress);
  if (addresses.length > 0) {
    const objects = await dependencies.objects?.();
    if (!objects) throw new Error('Nothing that reads from S3 was handed in.');
    const behind = objectsToRead(await objectsBehind(addresses, objects));
    skipped.push(...behind.skipped);
    const parted = await partedByWhatIsKnown(request, dependencies, behind.wanted, members.length > 0);
    known.push(...parted.known);
    try {
      for (const one of parted.fresh) {
        dependencies.signal?.throwIfAborted();
        const inside = await membersOfObject(objects, one, async (object) => {
          const { raw, path } = await fetchObject(dependencies.lake, objects, object);
          fetched.set(addressOf(object), raw);
          return path;
        });
        members.push(...inside.members);
        skipped.push(...inside.skipped);
      }
    } catch (error) {
      await Promise.all([...fetched.values()].map((raw) => raw.drop()));
      throw error;
    }
  }
  if (members.length + known.length === 0) {
    const passed = skipped.map(({ file, why }) => `${file} (${why})`).join(', ');
    throw new CarelakeError(
      'NO_FILES',
      `${request.paths.join(', ')}: no text file${passed ? `; passed over: ${passed}` : ''}.`,
    );
  }
  return { members, skipped, known, fetched };
}

/** Where all must be there or none, and one is new, all of them are new. */
async function partedByWhatIsKnown(
  request: IngestRequest,
  { lake }: IngestDependencies,
  wanted: readonly NamedObject[],
  hasOthers: boolean,
): Promise<{ fresh: readonly NamedObject[]; known: KnownText[] }> {
  // Which source reads them, only their heads would tell: those that are known are read as they were.
  const identityFor = (from: string) => identityOf(request, sourceNamed(request.from ?? from));
  const candidates = alikeBatches(await readBatches(lake), ({ from }) => identityFor(from));
  const parted = await partitionObjects(lake, wanted, candidates);
  const isWhole = parted.known.some(({ batch }) =>
    isAllOrNone(identityFor(batch.from), sourceNamed(batch.from).together),
  );
  return isWhole && (hasOthers || parted.fresh.length > 0) ? { fresh: wanted, known: [] } : parted;
}
