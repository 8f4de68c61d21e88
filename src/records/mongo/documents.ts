// Collections of documents in MongoDB: each is a collection there, for all workspaces and what is above them.
import type { Document as Filter } from 'mongodb';
import { checkDefinition, checkLimit, jsonOf, readWhere } from '../document-checks.js';
import type { Body, Collection, CollectionDefinition, Document, Documents } from '../documents.js';
import { byUnique } from './by-unique.js';
import { isDuplicate } from './faults.js';
import { insertInOrder } from './insert-in-order.js';
import { fromNames, toNames } from './names.js';
import { idOf, idsOf, patiently, type Store, type Stored } from './store.js';

interface StoredDocument extends Stored {
  /** '' of what is above the workspaces. */
  readonly workspace: string;
  readonly key: string;
  readonly revision: number;
  readonly body: Body;
}

const idAlone = { projection: { _id: 1 } } as const;

/** @param workspace '' of what is above them all. */
export function mongoDocuments(store: Store, workspace: string): Documents {
  const made = new Map<string, Promise<unknown>>();
  const collections = new Map<string, unknown>();
  return {
    collection<Of extends Body>(definition: CollectionDefinition<Of>) {
      checkDefinition(definition);
      const id = JSON.stringify([definition.name, ...definition.indexed]);
      const known = collections.get(id) as Collection<Of> | undefined;
      if (known) return known;
      const indexed = async () => {
        const making = made.get(id) ?? makeIndexes(store, definition);
        made.set(id, making);
        // What failed is tried again.
        await making.catch((error: unknown) => {
          made.delete(id);
          throw error;
        });
      };
      const collection = collectionOf(store, workspace, definition, indexed);
      collections.set(id, collection);
      return collection;
    },
  };
}

function collectionOf<Of extends Body>(
  store: Store,
  workspace: string,
  definition: CollectionDefinition<Of>,
  indexed: () => Promise<void>,
): Collection<Of> {
  const { name } = definition;
  const documents = store.collection<StoredDocument>(name);
  const byKey = byUnique<StoredDocument>(store, name);
  const filterOf = (where: Partial<Of> | undefined): Filter => {
    const asked = readWhere(definition, where).map(([field, value]) => [`body.${field}`, value]);
    return asked.length > 0 ? { workspace, ...Object.fromEntries(asked) } : {};
  };
  const written = (key: string, revision: number, json: string): [Document<Of>, StoredDocument] => {
    const body = JSON.parse(json) as Of;
    return [
      { key, revision, body },
      { _id: idOf(workspace, key), workspace, key, revision, body: toNames(body) },
    ];
  };

  return {
    async get(key) {
      const found = await byKey(idOf(workspace, key));
      return found && shown<Of>(found);
    },
    async insert(key, body) {
      const [document, stored] = written(key, 1, jsonOf(name, key, body));
      await indexed();
      const isNew = await store.ask(() =>
        patiently('a key', async () => {
          try {
            await documents.insertOne(stored);
            return true;
          } catch (error) {
            if (!isDuplicate(error)) throw error;
            // It is there; or is yet to be seen, or has gone again.
            return (await documents.findOne({ _id: stored._id }, idAlone)) ? false : undefined;
          }
        }),
      );
      return isNew ? document : undefined;
    },
    async insertAll(given) {
      checkLimit({ limit: given.length });
      const stored = given.map(({ key, body }) => written(key, 1, jsonOf(name, key, body))[1]);
      await indexed();
      let done = 0;
      return store.ask(() =>
        patiently('a key', async () => {
          done += await insertInOrder(documents, stored.slice(done));
          const refused = stored[done];
          // It is there; or is yet to be seen, or has gone again.
          return refused === undefined || (await documents.findOne({ _id: refused._id }, idAlone)) ? done : undefined;
        }),
      );
    },
    async replace(key, revision, body) {
      const [document, stored] = written(key, revision + 1, jsonOf(name, key, body));
      const asked = { _id: stored._id, revision };
      const { matchedCount } = await store.ask(() => documents.replaceOne(asked, stored));
      return matchedCount === 1 ? document : undefined;
    },
    async remove(key, revision) {
      const asked = { _id: idOf(workspace, key), revision };
      return (await store.ask(() => documents.deleteOne(asked))).deletedCount === 1;
    },
    async list(listing) {
      checkLimit(listing);
      const { where, after, descending = false, limit } = listing;
      const filter = filterOf(where);
      await indexed();
      const place = after === undefined ? {} : descending ? { before: after } : { after };
      const order = { _id: descending ? -1 : 1 } as const;
      const asked = { ...filter, _id: idsOf(workspace, place) };
      const found = await store.ask(() => documents.find(asked).sort(order).limit(limit).toArray());
      return found.map((one) => shown<Of>(one));
    },
    async count(where) {
      const filter = filterOf(where);
      await indexed();
      return store.ask(() => documents.countDocuments({ ...filter, _id: idsOf(workspace) }));
    },
    async removeBelow(field, value) {
      readWhere(definition, { [field]: value } as Partial<Of>);
      await indexed();
      // Only texts are compared with texts.
      const asked: Filter = { workspace, [`body.${field}`]: { $gte: '', $lt: value } };
      return (await store.ask(() => documents.deleteMany(asked))).deletedCount;
    },
  };
}

function makeIndexes<Of extends Body>(store: Store, { name, indexed }: CollectionDefinition<Of>): Promise<unknown> {
  const indexes = indexed.map((field) => ({
    key: { workspace: 1, [`body.${field}`]: 1, _id: 1 } as const,
    name: `by_${field}`,
  }));
  if (indexes.length === 0) return Promise.resolve();
  return store.ask(() => store.collection(name).createIndexes(indexes));
}

const shown = <Of extends Body>({ key, revision, body }: StoredDocument): Document<Of> => ({
  ...{ key, revision, body: fromNames(body) as Of },
});
