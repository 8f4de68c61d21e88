// Which objects have been read before, in this very version: their content is known without asking for it again.
import { createHash } from 'node:crypto';
import type { Lake } from '../../lake/lake.js';
import type { StoredObject } from '../../lake/objects.js';
import type { NamedObject } from '../../sources/text/object-members.js';
import type { Batch, BatchFile } from '../batch.js';
import type { RawFile } from './raw-file.js';

/** A text of this ingest that a batch has, and under which name it came now. */
export interface KnownText {
  readonly name: string;
  readonly file: BatchFile;
  readonly batch: Batch;
}

/** Notes on objects whose content a batch has from elsewhere: `<object>-<sha256>`, and nothing in them. */
const folder = 'raw/objects';

/** Parts the objects into those that none of the candidates has, and the texts of those that one has. */
export async function partitionObjects(
  lake: Lake,
  wanted: readonly NamedObject[],
  candidates: readonly Batch[],
): Promise<{ fresh: NamedObject[]; known: KnownText[] }> {
  if (wanted.length === 0) return { fresh: [], known: [] };
  const contents = new Map<string, string>();
  for await (const { key } of lake.list(folder)) {
    const [id = '', sha256 = ''] = key.slice(folder.length + 1).split('-');
    contents.set(id, sha256);
  }
  const files = new Map<string, Omit<KnownText, 'name'>[]>();
  for (const batch of candidates) {
    for (const file of batch.files) {
      files.set(file.sha256, [...(files.get(file.sha256) ?? []), { file, batch }]);
      if (file.object) contents.set(idOf(file.object), file.sha256);
    }
  }
  const fresh: NamedObject[] = [];
  const known: KnownText[] = [];
  for (const one of wanted) {
    const found = files.get(contents.get(idOf(one.object)) ?? '') ?? [];
    const inside = new Set<string>();
    for (const { file, batch } of found) {
      if (inside.has(file.inside)) continue;
      inside.add(file.inside);
      known.push({ name: file.inside === '' ? one.file : `${one.file}/${file.inside}`, file, batch });
    }
    if (found.length === 0) fresh.push(one);
  }
  return { fresh, known };
}

/** Remembers what an object holds whose content landed from elsewhere. */
export async function noteObject(lake: Lake, { object, sha256 }: RawFile): Promise<void> {
  if (object && sha256 !== undefined) await lake.put(`${folder}/${idOf(object)}-${sha256}`, '');
}

/** The listing of a bucket tells no version; another version with this tag and size has these bytes. */
const idOf = ({ bucket, key, etag, bytes }: StoredObject): string =>
  createHash('sha256')
    .update(JSON.stringify([bucket, key, etag, bytes]))
    .digest('hex');
