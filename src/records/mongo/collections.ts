// The collections that every workspace has, with their indexes and, where the server keeps them, their validators.
import type { Db, IndexDescription } from 'mongodb';
import { recordTables } from '../entry.js';
import { isRefused } from './faults.js';
import type { Store } from './store.js';
import { logSchema, rowSchema } from './validators.js';

interface CollectionPlan {
  readonly name: string;
  readonly indexes: readonly IndexDescription[];
  readonly schema?: object;
}

export const logCollection = 'entries';
export const headCollection = 'logs';
export const predictionCollection = 'predictions';

const plans: readonly CollectionPlan[] = [
  ...recordTables.map((table) => ({
    name: table,
    indexes: ['patient_id', 'visit_id'].map((field) => ({
      key: { workspace: 1, [`values.${field}`]: 1, _id: 1 } as const,
      name: `by_${field}`,
    })),
    schema: rowSchema(table),
  })),
  {
    name: logCollection,
    indexes: [
      { key: { recordVersion: 1 }, name: 'version_of_record', unique: true },
      { key: { identity: 1 }, name: 'identity', unique: true },
    ],
    schema: logSchema,
  },
  { name: headCollection, indexes: [] },
  {
    name: predictionCollection,
    indexes: [{ key: { workspace: 1, model: 1, at: 1, _id: 1 }, name: 'in_order' }],
  },
];

/** Makes what is missing. Returns of which collections the server keeps no validator, or not that of this version. */
export async function makeCollections(store: Store, database: Db): Promise<string[]> {
  await Promise.all(
    plans.map(({ name, indexes, schema }) =>
      store.ask(async () => {
        await makeCollection(database, name, schema);
        if (indexes.length > 0) await database.collection(name).createIndexes([...indexes]);
      }),
    ),
  );
  const kept = await store.ask(() => database.listCollections({}, { nameOnly: false }).toArray());
  const schemaOf = (name: string): unknown => {
    const found = kept.find((one) => one.name === name);
    return (found && 'options' in found ? found.options?.validator : undefined)?.$jsonSchema;
  };
  return plans
    .filter(({ name, schema }) => schema && JSON.stringify(schemaOf(name)) !== JSON.stringify(schema))
    .map(({ name }) => name);
}

/** Another process may make it at the same time; who may not change its validator leaves the one that is there. */
async function makeCollection(database: Db, name: string, schema: object | undefined): Promise<void> {
  const rules = schema && { validator: { $jsonSchema: schema }, validationLevel: 'moderate' as const };
  try {
    await database.createCollection(name, { ...rules });
  } catch (error) {
    if (!isRefused(error, ['NamespaceExists'])) throw error;
    if (!rules) return;
    const [there] = await database.listCollections({ name }, { nameOnly: false }).toArray();
    const validator = there && 'options' in there ? there.options?.validator : undefined;
    if (JSON.stringify(validator) === JSON.stringify(rules.validator)) return;
    await database.command({ collMod: name, ...rules }).catch((refused: unknown) => {
      if (!isRefused(refused, ['Unauthorized', 'CommandNotFound', 'AtlasError'])) throw refused;
    });
  }
}
