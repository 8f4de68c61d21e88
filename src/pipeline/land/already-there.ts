// Which files of an ingest are new, and which a batch already has.
import type { Source } from '../../sources/source.js';
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

/**
 * Parts the files into those that are new, each content once, and those that are there: the same content, under the same
 * name in its archive, read in the same way. Of snapshots only the newest counts, since an older one again is a new state.
 */
export function partition(
  wanted: readonly ToLand[],
  batches: readonly Batch[],
  identity: Identity,
  { together }: Source,
): { fresh: ToLand[]; there: There[] } {
  const candidates = alikeBatches(batches, () => identity);
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
  return isAllOrNone(identity, together) && fresh.length > 0 ? { fresh: distinct, there: [] } : { fresh, there };
}

/** The files of a full extract only make sense together, too. */
export const isAllOrNone = ({ mode }: Identity, together: true | undefined): boolean =>
  together === true || mode === 'snapshot';

/** The batches whose files count as the same when they come again; of snapshots only the newest of its source. */
export function alikeBatches(batches: readonly Batch[], identityFor: (batch: Batch) => Identity): Batch[] {
  return batches.filter((batch) => {
    const identity = identityFor(batch);
    if (identityText(batch) !== identityText(identity)) return false;
    return identity.mode !== 'snapshot' || batch === batches.findLast(({ source }) => source === identity.source);
  });
}

/** The first of the files with the content of this one. */
export const firstOf = (wanted: readonly ToLand[], one: ToLand): ToLand =>
  wanted.find((other) => sameContent(other, one)) ?? one;

/** Of what is read only once nothing is known before its end. */
const sameContent = (a: ToLand, b: ToLand): boolean =>
  a === b ||
  (a.copy.sha256 !== undefined &&
    a.copy.sha256 === b.copy.sha256 &&
    insideName(a.head.file, a.member.container) === insideName(b.head.file, b.member.container));
