// GET /api/audit/verify: whether the audit log is as it was written.
import { Type } from 'typebox';
import { CarelakeError } from '../../../../errors.js';
import { type Anchor, verifyChain } from '../../../../records/audit/verify.js';
import { refusals } from '../../../problem.js';
import type { Route } from '../../../route.js';

const integerOrNull = Type.Union([Type.Integer(), Type.Null()]);

const verifiedSchema = Type.Object(
  {
    success: Type.Literal(true),
    ok: Type.Boolean({ description: 'Whether no fault was found.' }),
    lines: Type.Integer({ minimum: 0 }),
    sealed_from: Type.Union([Type.Integer(), Type.Null()], {
      description: 'From which line on they are sealed with a key.',
    }),
    head: Type.Object(
      { sequence: Type.Integer(), hash: Type.String(), at: Type.Union([Type.String(), Type.Null()]) },
      { description: 'The end, to be noted down where whoever writes the log cannot reach it.' },
    ),
    fault_count: Type.Integer({ minimum: 0 }),
    faults: Type.Array(Type.Object({ line: integerOrNull, kind: Type.String(), message: Type.String() })),
  },
  {
    examples: [
      {
        ...{ success: true, ok: true, lines: 1042, sealed_from: 1, fault_count: 0, faults: [] },
        head: { sequence: 1042, hash: '0'.repeat(64), at: '2026-03-01T08:15:30.123Z' },
      },
    ],
  },
);

export const auditVerification: Route = async (app) => {
  const schema = {
    tags: ['audit'],
    summary: 'Whether a line of the audit log was changed, removed, put in or moved',
    description: 'Reads the whole log, so that one such question is answered at a time.',
    querystring: Type.Object(
      {
        anchor: Type.Optional(
          Type.Array(Type.String({ pattern: '^[1-9][0-9]{0,14}:[0-9a-f]{64}$' }), {
            maxItems: 100,
            description: 'Ends that were noted down before, as SEQUENCE:HASH.',
          }),
        ),
      },
      { additionalProperties: false },
    ),
    response: { 200: verifiedSchema, ...refusals('SERVER_BUSY', 'FORBIDDEN') },
  };
  let isAtWork = false;
  app.get('', { schema, config: { permission: 'audit:read', audit: 'none' } }, async (request, reply) => {
    if (isAtWork) throw new CarelakeError('SERVER_BUSY', 'The audit log is being verified for somebody else.');
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort(new CarelakeError('ENGINE_CANCELLED', 'Nobody waits for the answer.')));
    isAtWork = true;
    try {
      const audit = await app.audit.whole();
      const anchors = (request.query.anchor ?? []).map(anchorOf);
      const found = await verifyChain(audit.lines, audit.seals, { anchors, signal: gone.signal });
      const { head, ...rest } = found;
      const end = { sequence: head.sequence, hash: head.hash, at: head.at || null };
      return { success: true, ok: rest.fault_count === 0, ...rest, head: end };
    } finally {
      isAtWork = false;
    }
  });
};

function anchorOf(text: string): Anchor {
  const [sequence, hash = ''] = text.split(':');
  return { sequence: Number(sequence), hash };
}
