// Collections of documents in SQLite: one table of JSON for all of them. Each indexed field of a collection has an index of
// its own over that collection alone, made with the first use and named in the query, so that nothing is read in vain.
import { checkDefinition, checkLimit, jsonOf, type Plain, readWhere } from '../document-checks.js';
import type { Body, Collection, CollectionDefinition, Document, Documents } from '../documents.js';
import type { Connection } from './connection.js';

interface DocumentRow {
  readonly key: string;
  readonly revision: number;
  readonly body: string;
}

/** How many documents one statement removes: others may write between two. */
const removedAtOnce = 1000;

/** @param owner A workspace; '' of what is above them all. */
export function sqliteDocuments(connection: Connection, owner: string): Documents {
  const made = new Map<string, Promise<void>>();
  return {
    collection(definition) {
      checkDefinition(definition);
      const indexed = async () => {
        const sql = definition.indexed.map((field) => indexSql(definition.name, field)).join('\n');
        const making = made.get(sql) ?? makeIndexes(connection, definition);
        made.set(sql, making);
        // One that failed is tried again.
        await making.catch((error: unknown) => {
          made.delete(sql);
          throw error;
        });
      };
      return collectionOf(connection, owner, definition, indexed);
    },
  };
}

function collectionOf<Of extends Body>(
  connection: Connection,
  owner: string,
  definition: CollectionDefinition<Of>,
  indexed: () => Promise<void>,
): Collection<Of> {
  const { name } = definition;
  // The name is in the SQL, or the indexes of the collection would not be used.
  const these = `owner = ? and collection = '${name}'`;
  const insertSql = `insert into documents (owner, collection, key, revision, body) values (?, '${name}', ?, 1, ?)
on conflict do nothing`;

  return {
    async get(key) {
      const sql = `select key, revision, body from documents where ${these} and key = ?`;
      const row = await connection.get<DocumentRow>(sql, [owner, key]);
      return row && shown(row);
    },
    async insert(key, body) {
      const json = jsonOf(name, key, body);
      await indexed();
      const { changes } = await connection.run(insertSql, [owner, key, json]);
      return changes === 1 ? shown({ key, revision: 1, body: json }) : undefined;
    },
    async insertAll(documents) {
      checkLimit({ limit: documents.length });
      const given = documents.map(({ key, body }) => [owner, key, jsonOf(name, key, body)]);
      await indexed();
      return (await connection.runEach(insertSql, given)).changes;
    },
    async replace(key, revision, body) {
      const json = jsonOf(name, key, body);
      const { changes } = await connection.run(
        `update documents set revision = revision + 1, body = ? where ${these} and key = ? and revision = ?`,
        [json, owner, key, revision],
      );
      return changes === 1 ? shown({ key, revision: revision + 1, body: json }) : undefined;
    },
    async remove(key, revision) {
      const sql = `delete from documents where ${these} and key = ? and revision = ?`;
      return (await connection.run(sql, [owner, key, revision])).changes === 1;
    },
    async list(listing) {
      checkLimit(listing);
      const { after, descending = false, limit } = listing;
      const { sql, parameters, index } = conditionsOf(name, readWhere(definition, listing.where));
      if (index !== undefined) await indexed();
      const place = after === undefined ? '' : ` and key ${descending ? '<' : '>'} ?`;
      const rows = await connection.all<DocumentRow>(
        `select key, revision, body from documents ${index ?? ''} where ${these}${sql}${place}
order by key ${descending ? 'desc' : 'asc'} limit ${limit}`,
        [owner, ...parameters, ...(after === undefined ? [] : [after])],
      );
      return rows.map((row) => shown<Of>(row));
    },
    async count(where) {
      const { sql, parameters, index } = conditionsOf(name, readWhere(definition, where));
      if (index !== undefined) await indexed();
      const counted = `select count(*) as total from documents ${index ?? ''} where ${these}${sql}`;
      return (await connection.get<{ total: number }>(counted, [owner, ...parameters]))?.total ?? 0;
    },
    async removeBelow(field, value) {
      const { index = '' } = conditionsOf(name, readWhere(definition, { [field]: value } as Partial<Of>));
      await indexed();
      // Numbers come before all texts.
      const some = `select rowid from documents ${index}
where ${these} and ${fieldSql(field)} >= '' and ${fieldSql(field)} < ? limit ${removedAtOnce}`;
      for (let removed = 0; ; ) {
        const { changes } = await connection.run(`delete from documents where rowid in (${some})`, [owner, value]);
        removed += changes;
        if (changes < removedAtOnce) return removed;
      }
    },
  };
}

const fieldSql = (field: string): string => `body ->> '$.${field}'`;
const indexName = (collection: string, field: string): string => `"documents of ${collection} by ${field}"`;

const indexSql = (collection: string, field: string): string =>
  `create index if not exists ${indexName(collection, field)} on documents (owner, ${fieldSql(field)}, key)
where collection = '${collection}';`;

/** To make one that is there would wait for whoever writes. */
async function makeIndexes<Of extends Body>(connection: Connection, { name, indexed }: CollectionDefinition<Of>) {
  const there = await connection.all<{ name: string }>("select name from sqlite_master where type = 'index'");
  const missing = indexed.filter((field) => !there.some((one) => `"${one.name}"` === indexName(name, field)));
  if (missing.length > 0) await connection.exec(missing.map((field) => indexSql(name, field)).join('\n'));
}

/** The index is that of the field that is named first. */
function conditionsOf(collection: string, where: readonly [string, Plain][]) {
  return {
    sql: where.map(([field]) => ` and ${fieldSql(field)} is ?`).join(''),
    // As JSON's own values come out: true as 1.
    parameters: where.map(([, value]) => (typeof value === 'boolean' ? Number(value) : value)),
    index: where[0] && `indexed by ${indexName(collection, where[0][0])}`,
  };
}

const shown = <Of extends Body>({ key, revision, body }: DocumentRow): Document<Of> => ({
  key,
  revision,
  body: JSON.parse(body) as Of,
});
