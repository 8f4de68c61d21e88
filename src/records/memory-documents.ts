// Collections of documents in this process's memory.
import { bytewise } from './bytewise.js';
import { checkDefinition, checkLimit, jsonOf, readWhere } from './document-checks.js';
import type { Body, Collection, CollectionDefinition, Document, Documents } from './documents.js';

/** As JSON, so that nobody can change a document that is kept. */
interface Kept {
  readonly revision: number;
  readonly json: string;
}

export function memoryDocuments(): Documents {
  const collections = new Map<string, Map<string, Kept>>();
  return {
    collection(definition) {
      checkDefinition(definition);
      const kept = collections.get(definition.name) ?? new Map<string, Kept>();
      collections.set(definition.name, kept);
      return collectionOf(definition, kept);
    },
  };
}

function collectionOf<Of extends Body>(definition: CollectionDefinition<Of>, kept: Map<string, Kept>): Collection<Of> {
  const { name } = definition;
  const shown = (key: string, { revision, json }: Kept): Document<Of> => ({ key, revision, body: JSON.parse(json) });
  const write = (key: string, revision: number, json: string): Document<Of> => {
    kept.set(key, { revision, json });
    return shown(key, { revision, json });
  };
  const found = (where: Partial<Of> | undefined): Document<Of>[] => {
    const asked = readWhere(definition, where);
    const all = [...kept].map(([key, one]) => shown(key, one));
    return all.filter(({ body }) => asked.every(([field, value]) => (body[field] ?? null) === value));
  };
  return {
    async get(key) {
      const one = kept.get(key);
      return one && shown(key, one);
    },
    async insert(key, body) {
      const json = jsonOf(name, key, body);
      return kept.has(key) ? undefined : write(key, 1, json);
    },
    async insertAll(documents) {
      checkLimit({ limit: documents.length });
      const given = documents.map(({ key, body }) => ({ key, json: jsonOf(name, key, body) }));
      const first = given.findIndex(({ key }) => kept.has(key));
      const written = first < 0 ? given : given.slice(0, first);
      for (const { key, json } of written) write(key, 1, json);
      return written.length;
    },
    async replace(key, revision, body) {
      const json = jsonOf(name, key, body);
      return kept.get(key)?.revision === revision ? write(key, revision + 1, json) : undefined;
    },
    remove: async (key, revision) => kept.get(key)?.revision === revision && kept.delete(key),
    async list(listing) {
      checkLimit(listing);
      const { where, after, descending = false, limit } = listing;
      const inOrder = (a: string, b: string) => (descending ? bytewise(b, a) : bytewise(a, b));
      const all = found(where).sort((a, b) => inOrder(a.key, b.key));
      return all.filter(({ key }) => after === undefined || inOrder(key, after) > 0).slice(0, limit);
    },
    count: async (where) => found(where).length,
    async removeBelow(field, value) {
      readWhere(definition, { [field]: value } as Partial<Of>);
      const isBelow = (given: unknown) => typeof given === 'string' && bytewise(given, value) < 0;
      const gone = found(undefined).filter(({ body }) => isBelow(body[field]));
      for (const { key } of gone) kept.delete(key);
      return gone.length;
    },
  };
}
