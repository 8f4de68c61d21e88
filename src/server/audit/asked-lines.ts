// How lines of the audit log are asked for, and what they look like: the parameters and shapes that its routes share.
import { type Static, Type } from 'typebox';
import { CarelakeError } from '../../errors.js';
import type { AuditQuery } from '../../records/audit/find.js';
import { emptyHead } from '../../records/audit/line.js';

const text = (description: string, maxLength = 1000) => Type.Optional(Type.String({ maxLength, description }));
const textOrNull = Type.Union([Type.String(), Type.Null()]);
const outcomes = ['done', 'unchanged', 'refused', 'failed'];

/** Parameters of whatever looks for lines. */
export const lineFilters = {
  by: text('Lines of whom, as signed in.', 500),
  action: text('What was done: read, create, change, delete, ask, export …', 100),
  outcome: Type.Optional(Type.Enum(outcomes)),
  request: text('Lines of one request, by its id.', 200),
  workspace: text('Lines of one workspace.', 63),
  table: text('Lines about rows of one table.', 100),
  id: text('Lines about one row, by its key.'),
  patient: text('Lines about one patient, or about rows of theirs.'),
  from: text('Lines from this time on: a day, or a time of ISO 8601.', 40),
  before: text('Lines before this time.', 40),
};

const filters = Type.Object(lineFilters);

export const lineSchema = Type.Object({
  sequence: Type.Integer({ minimum: 1 }),
  at: Type.String({ format: 'date-time', description: 'When the line was written.' }),
  action: Type.String(),
  outcome: Type.Enum(outcomes),
  by: Type.String(),
  kind: Type.Enum(['process', 'user', 'key', 'token', 'nobody']),
  from: Type.String({ description: 'The network address, or the name of the program.' }),
  request: textOrNull,
  workspace: textOrNull,
  table: textOrNull,
  ids: Type.Array(Type.String(), { description: 'The keys of the rows.' }),
  patients: Type.Array(Type.String(), { description: 'Whom rows of other tables than `patients` are about.' }),
  detail: textOrNull,
  log: Type.Union([Type.String(), Type.Null()], {
    description: 'The log of entries that the line was taken over from.',
  }),
  entry: Type.Union([Type.Integer(), Type.Null()]),
  entry_at: Type.Union([Type.String(), Type.Null()], { description: 'When the entry was written.' }),
  part: Type.String({ description: '`2/3`: the second of three lines about one event.' }),
  seal: Type.Union([Type.String(), Type.Null()], { description: 'Which key the line is sealed with.' }),
  previous: Type.String({ description: 'The hash of the line before.' }),
  hash: Type.String(),
});

export const lineExample = {
  ...{
    sequence: 1042,
    at: '2026-03-01T08:15:30.123Z',
    action: 'read',
    outcome: 'done' as const,
    by: 'ann',
    kind: 'user' as const,
  },
  ...{ from: '10.0.0.7', request: 'a3f1c2d4-5b6e-4f70-8a91-b2c3d4e5f607', workspace: 'default', table: 'visits' },
  ...{ ids: ['V1001'], patients: ['P1001'], detail: 'GET /api/visits/:id 200', log: null, entry: null, entry_at: null },
  ...{ part: '1/1', seal: null, previous: emptyHead.hash, hash: emptyHead.hash },
};

/** @throws REQUEST_INVALID of a time that is none */
export function auditQueryOf(asked: Static<typeof filters>): AuditQuery {
  const { by, action, outcome, request, workspace, table, id, patient } = asked;
  const given = { by, action, outcome, request, workspace, table, id, patient };
  const times = { from: timeOf('from', asked.from), before: timeOf('before', asked.before) };
  const known = Object.entries({ ...given, ...times }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known);
}

/** As lines bear it: milliseconds, UTC. */
function timeOf(field: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const time = new Date(/^\d{4}-\d{2}-\d{2}(T[0-9:.]+(Z|[+-]\d{2}:\d{2}))?$/.test(text) ? text : '');
  if (!Number.isNaN(time.getTime())) return time.toISOString();
  const message = 'It must be a day such as 2026-03-01, or a time such as 2026-03-01T08:00:00Z.';
  throw new CarelakeError('REQUEST_INVALID', `${field}: ${message}`, {
    faults: [{ field, value: text, message }],
  });
}
