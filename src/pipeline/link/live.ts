// The clean rows that are used: neither rejected nor lost. Every published table starts from them.

/** Columns by which a clean row is told from every other. */
export const rowIdentity = ['_batch', '_file', '_row', '_item'] as const;

/** SELECT of the live rows of the inputs `clean` and `losers`, all columns. */
export const liveRows = `select c.* from clean as c where not c._rejected and not exists (
    select 1 from losers as l where ${rowIdentity.map((name) => `l.${name} = c.${name}`).join(' and ')})`;
