// Half-filled forms, each of whoever fills it in: nobody else sees them, and they go when nobody has touched them for long.
import { Type } from 'typebox';
import { CarelakeError } from '../../errors.js';
import type { Collection, CollectionDefinition, Document } from '../../records/documents.js';
import type { Actor } from '../plugins/actor.js';

export interface Draft {
  readonly owner: string;
  readonly form: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly at: string;
  readonly expires: string;
  readonly [field: string]: unknown;
}

export const draftCollection: CollectionDefinition<Draft> = { name: 'drafts', indexed: ['owner', 'expires'] };

const daysKept = 30;
/** Of one person. */
const mostDrafts = 100;
/** In bytes of JSON. */
export const mostBytes = 2 ** 16;

export const draftSchema = Type.Object({
  id: Type.String(),
  form: Type.String({ description: 'Which form it is of.', examples: ['patient'] }),
  values: Type.Record(Type.String(), Type.Unknown()),
  at: Type.String({ format: 'date-time' }),
  expires: Type.String({ format: 'date-time' }),
});

export const draftExample = {
  ...{ id: 'new-patient', form: 'patient', values: { name: 'Ann Example', age: '6' } },
  ...{ at: '2026-03-01T08:15:30.123Z', expires: '2026-03-31T08:15:30.123Z' },
};

/** Whose drafts: no two people have the same. */
export const ownerOf = ({ kind, id, name }: Actor): string => `${kind}:${id ?? name}`;

export const keyOf = (owner: string, id: string): string => `${encodeURIComponent(owner)}/${id}`;

export const shownDraft = ({ key, body: { form, values, at, expires } }: Document<Draft>) => ({
  id: key.slice(key.indexOf('/') + 1),
  ...{ form, values, at, expires },
});

/** Of an owner, those that have not expired; removes all that have. */
export async function draftsOf(collection: Collection<Draft>, owner: string): Promise<Document<Draft>[]> {
  await collection.removeBelow('expires', new Date().toISOString());
  return collection.list({ where: { owner }, limit: mostDrafts + 1 });
}

/** In the place of one of the same id. @throws DRAFTS_FULL */
export async function saveDraft(
  collection: Collection<Draft>,
  owner: string,
  id: string,
  { form, values }: Pick<Draft, 'form' | 'values'>,
): Promise<Document<Draft>> {
  const now = Date.now();
  const times = { at: new Date(now).toISOString(), expires: new Date(now + daysKept * 86_400_000).toISOString() };
  const body = { owner, form, values, ...times };
  for (;;) {
    const found = await collection.get(keyOf(owner, id));
    if (!found && (await draftsOf(collection, owner)).length >= mostDrafts) {
      throw new CarelakeError('DRAFTS_FULL', `There are ${mostDrafts} drafts already.`);
    }
    const written = found
      ? await collection.replace(found.key, found.revision, body)
      : await collection.insert(keyOf(owner, id), body);
    if (written) return written;
  }
}
