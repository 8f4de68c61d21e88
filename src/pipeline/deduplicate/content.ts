// What a row says beside its key, as one text: for comparing rows whole.
import type { Table } from '../../catalog/field.js';
import type { Dialect } from '../../engine/dialect.js';
import { identifier } from '../../engine/sql-text.js';

/** SQL of the digest of the fields that are no key. */
export function contentDigest(table: Table, dialect: Dialect): string {
  const content = table.fields
    .filter(({ name }) => !table.key.includes(name))
    .map(({ name, type }) => {
      const column = identifier(name);
      const text =
        type === 'list' ? dialect.join(column, ';') : type === 'decimal' ? `cast(${column} as decimal(18,6))` : column;
      return `coalesce(cast(${text} as string), '␀')`;
    });
  return dialect.sha256(content.join(" || '␟' || "));
}
