// Defects of identity: a record that comes twice, comes again changed, or comes again under another id.
import { type DefectKind, type StruckTable, type Target, valueIn, withValues } from './defect.js';
import { found, superseded } from './expectation.js';

interface Copied {
  readonly table: StruckTable;
  readonly key: string;
  /** The field in which an outdated record differs from the one that follows, and the values it may have had. */
  readonly outdated: { readonly field: string; readonly values: readonly string[] };
  /** Whether another record of the same content would leave the course of events as it was. */
  readonly mayHaveTwin: (target: Target) => boolean;
}

export function copyDefects({ table, key, outdated, mayHaveTwin }: Copied): DefectKind[] {
  const kind = { table, weight: 1, changesCourse: false } as const;
  return [
    {
      ...kind,
      id: `${table}/exact-duplicate`,
      what: 'The record stands twice, unchanged; the truth speaks of the first.',
      expected: superseded(table),
      applies: () => true,
      inject: ({ fields }) => {
        const line = fields.join(',');
        return { lines: [line, line], struck: 0, field: null, original: null, injected: null };
      },
    },
    {
      ...kind,
      id: `${table}/changed-duplicate`,
      what: 'An outdated record of the same key stands before the true one, which wins.',
      expected: superseded(table),
      applies: () => true,
      inject: (target) => {
        const { field, values } = outdated;
        const original = valueIn(target, field);
        const injected = target.random.pick(values.filter((value) => value !== original));
        const lines = [withValues(target, { [field]: injected }), target.fields.join(',')];
        return { lines, struck: 0, field, original, injected };
      },
    },
    {
      ...kind,
      id: `${table}/same-content-other-id`,
      what: 'The record comes again under another id; both are used, the likeness is reported.',
      expected: found(`${table}.content.unique`),
      applies: mayHaveTwin,
      inject: (target) => {
        const original = valueIn(target, key);
        const injected = `${original}B`;
        const lines = [target.fields.join(','), withValues(target, { [key]: injected })];
        return { lines, struck: 1, field: key, original, injected };
      },
    },
  ];
}
