// Which files of an ingest are new, and which a batch already has.
import type { Batch, BatchFile } from '../batch.js';
import { type Identity, identityText } from './identity.js';
import { insideName } from './inside-name.js';
import type { ToLand } from './land-files.js';

/** A file of this ingest whose content a batch already has. */
export interface There {
  readonly wanted: ToLand;
  readonly file: BatchFile;
  readonly batch: Batch;
}

/** The files that batches have, by content. */
export type Contents = ReadonlyMap<string, Omit<There, 'wanted'>>;

/** The same content under the same name in its archive. Of what is read only once it is not known before the end. */
const contentOf = ({ head, member, copy }: ToLand): string | undefined =>
  copy.sha256 === undefined ? undefined : `${copy.sha256}/${insideName(head.file, member.container)}`;

export function contentsOf(batches: readonly Batch[]): Contents {
  const contents = new Map<string, Omit<There, 'wanted'>>();
  for (const batch of batches) {
    for (const file of batch.files) {
      const content = `${file.sha256}/${file.inside}`;
      if (!contents.has(content)) contents.set(content, { file, batch });
    }
  }
  return contents;
}

/** What a batch has of this content, as far as that is known. */
export const knownOf = (contents: Contents, one: ToLand): Omit<There, 'wanted'> | undefined =>
  contents.get(contentOf(one) ?? '');

/**
 * Parts the files into those that are new, each content once, and those that are there.
 * @param allOrNone Where one is new, all of them are.
 */
export function partition(
  wanted: readonly ToLand[],
  contents: Contents,
  allOrNone: boolean,
): { fresh: ToLand[]; there: There[] } {
  const fresh: ToLand[] = [];
  const there: There[] = [];
  const distinct = [...new Set(firsts(wanted).values())];
  for (const one of distinct) {
    const known = knownOf(contents, one);
    if (known) there.push({ wanted: one, ...known });
    else fresh.push(one);
  }
  return allOrNone && fresh.length > 0 ? { fresh: distinct, there: [] } : { fresh, there };
}

/** The files of a full extract only make sense together, too. */
export const isAllOrNone = ({ mode }: Identity, together: true | undefined): boolean =>
  together === true || mode === 'snapshot';

/**
 * The batches whose files count as the same when they come again: those read in the same way. Of snapshots only the newest
 * of its source, since an older one again is a new state.
 */
export function alikeBatches(batches: readonly Batch[], identityFor: (batch: Batch) => Identity): Batch[] {
  return batches.filter((batch) => {
    const identity = identityFor(batch);
    if (identityText(batch) !== identityText(identity)) return false;
    return identity.mode !== 'snapshot' || batch === batches.findLast(({ source }) => source === identity.source);
  });
}

/** Of each file the first with its content. */
export function firsts(wanted: readonly ToLand[]): Map<ToLand, ToLand> {
  const byContent = new Map<string, ToLand>();
  const firstOf = (one: ToLand): ToLand => {
    const content = contentOf(one);
    if (content === undefined) return one;
    const first = byContent.get(content) ?? one;
    byContent.set(content, first);
    return first;
  };
  return new Map(wanted.map((one) => [one, firstOf(one)]));
}
