// Lines of the audit log are found by who, what, whom and when, page by page, as a plain filter finds them.
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { type Audit, openAudit } from '../../../src/records/audit/chain.js';
import { type AuditQuery, allLines, findLines } from '../../../src/records/audit/find.js';
import { keyOf, type Line } from '../../../src/records/audit/line.js';
import { memoryDocuments } from '../../../src/records/memory-documents.js';
import { read } from './events.js';

const count = 120;
const timeOf = (minute: number) => new Date(Date.UTC(2026, 2, 1, 0, minute)).toISOString();

let audit: Audit;
let all: Line[];
beforeAll(async () => {
  let minute = 0;
  audit = openAudit(memoryDocuments(), { keys: [], clock: () => new Date(timeOf(Math.floor(minute++ / 3))) });
  for (let n = 0; n < count; n++) {
    const table = n % 4 === 0 ? 'visits' : 'patients';
    const ids = table === 'visits' ? [`V${n}`] : [`P${n % 7}`, `P${n % 5}`];
    const patients = table === 'visits' ? [`P${n % 6}`] : [];
    const by = n % 3 === 0 ? 'ann' : 'bob';
    await audit.append(read({ table, ids, patients, by, request: `r${n % 50}`, outcome: n % 9 ? 'done' : 'refused' }));
  }
  all = (await audit.lines.list({ limit: 1000 })).map(({ body }) => body);
});

const fits =
  ({ by, action, request, outcome, table, id, patient, from = '', before = '9' }: AuditQuery) =>
  (line: Line): boolean =>
    (by ?? line.by) === line.by &&
    (action ?? line.action) === line.action &&
    (request ?? line.request) === line.request &&
    (outcome ?? line.outcome) === line.outcome &&
    (table ?? line.table) === line.table &&
    (id === undefined || line.ids.includes(id)) &&
    (patient === undefined ||
      line.patients.includes(patient) ||
      (line.table === 'patients' && line.ids.includes(patient))) &&
    line.at >= from &&
    line.at < before;

const minutes = fc.integer({ min: -2, max: 45 }).map(timeOf);
const queries = fc.record<AuditQuery>(
  {
    ...{ by: fc.constantFrom('ann', 'bob', 'eve'), action: fc.constantFrom('read', 'change') },
    ...{
      request: fc.constantFrom('r1', 'r9'),
      outcome: fc.constantFrom('done', 'refused'),
      from: minutes,
      before: minutes,
    },
    ...{
      table: fc.constantFrom('visits', 'patients'),
      id: fc.constantFrom('P1', 'V8'),
      patient: fc.constantFrom('P1', 'P5'),
    },
  },
  { requiredKeys: [] },
);

test('whatever is asked for, in pages of any size and all at once', async () => {
  await fc.assert(
    fc.asyncProperty(queries, fc.integer({ min: 1, max: 40 }), async (query, limit) => {
      const head = await audit.head();
      const wanted = all.filter(fits(query));
      const paged: Line[] = [];
      for (let below: number | undefined; ; ) {
        const { lines, next } = await findLines(audit.lines, head, {
          query,
          limit,
          ...(below !== undefined && { below }),
        });
        paged.push(...lines);
        if (next === null) break;
        below = next;
      }
      expect(paged.reverse()).toEqual(wanted);
      const listed: Line[] = [];
      for await (const line of allLines(audit.lines, head, query)) listed.push(line);
      expect(listed).toEqual(wanted);
    }),
    { numRuns: 150 },
  );
});

test('what is written meanwhile is no part of an answer that has begun', async () => {
  const head = { ...(await audit.head()), sequence: count - 1 };
  const listed: number[] = [];
  for await (const { sequence } of allLines(audit.lines, head, {})) listed.push(sequence);
  expect(listed.at(-1)).toBe(count - 1);
});

test('lines that somebody removed do not keep others from being found', async () => {
  const removed = openAudit(memoryDocuments(), { keys: [] });
  for (let n = 0; n < 20; n++) await removed.append(read());
  for (const sequence of [1, 2, 10, 11]) await removed.lines.remove(keyOf(sequence), 1);
  const { lines } = await findLines(removed.lines, await removed.head(), { query: { from: timeOf(0) }, limit: 100 });
  expect(lines).toHaveLength(16);
});
