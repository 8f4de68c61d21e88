// GET /api/health: whether the server lives, whether it can answer, and what it needs for that.

import { Type } from 'typebox';
import { CarelakeError } from '../../../errors.js';
import { version } from '../../../version.js';
import { identify } from '../../auth/admission.js';
import { permissionsOf } from '../../auth/permissions.js';
import { dependencies, type Probed } from '../../observe/probes.js';
import { refusals } from '../../problem.js';
import type { Route } from '../../route.js';

const probeSchema = Type.Object({
  ok: Type.Boolean(),
  ms: Type.Number({ minimum: 0, description: 'How long it took to answer.' }),
  code: Type.Union([Type.String(), Type.Null()], { description: 'Why it did not.' }),
});

const healthSchema = Type.Object(
  {
    success: Type.Literal(true),
    status: Type.Enum(['live', 'ok']),
    version: Type.Optional(Type.String()),
    workspace: Type.Optional(Type.String()),
    uptime_s: Type.Optional(Type.Integer({ minimum: 0, description: 'Seconds since the server was started.' })),
    run: Type.Optional(
      Type.Union([Type.String(), Type.Null()], { description: 'The published run; null where there is none.' }),
    ),
    dependencies: Type.Optional(Type.Object({ lake: probeSchema, records: probeSchema, engine: probeSchema })),
  },
  {
    description: 'What follows `status` is for whoever may see the state of runs, and not said to `check`.',
    examples: [
      {
        success: true,
        status: 'ok',
        version: '0.1.0',
        workspace: 'default',
        uptime_s: 12,
        run: '000002-1f0c9a7b',
        dependencies: {
          lake: { ok: true, ms: 0.8, code: null },
          records: { ok: true, ms: 0.3, code: null },
          engine: { ok: true, ms: 1.9, code: null },
        },
      },
    ],
  },
);

const query = Type.Object(
  {
    check: Type.Optional(
      Type.Enum(['live', 'ready'], {
        description:
          '`live`: that the process answers, whatever else does not. `ready`: that it can answer questions; 503 while something that it needs does not answer, and while it stops.',
      }),
    ),
  },
  { additionalProperties: false },
);

export const health: Route = async (app) => {
  const started = performance.now();
  app.get(
    '',
    {
      schema: {
        tags: ['runs'],
        summary: 'Whether the server answers',
        querystring: query,
        response: { 200: healthSchema, ...refusals('NOT_READY') },
      },
      config: { permission: 'open', audit: 'none', whileStopping: true, whileBusy: true },
    },
    async (request, reply) => {
      const { check } = request.query as { check?: 'live' | 'ready' };
      reply.header('cache-control', 'no-store');
      if (check === 'live') return { success: true, status: 'live' };
      // Who it is stands in the records, which may be what does not answer: then they are nobody that is known.
      if (check === undefined) await identify(request, reply).catch(() => undefined);
      const mayKnow = permissionsOf(request.actor.roles).has('numbers:read');
      if (app.isStopping()) throw new CarelakeError('NOT_READY', 'The server is stopping.');
      const found = await app.probed();
      requireAll(found, mayKnow);
      if (check === 'ready' || !mayKnow) return { success: true, status: 'ok' };
      return {
        success: true,
        status: 'ok',
        version,
        workspace: app.parts.workspace,
        uptime_s: Math.floor((performance.now() - started) / 1000),
        run: found.run,
        dependencies: found.probes,
      };
    },
  );
};

/** @throws NOT_READY, which names what does not answer only to whoever may know it */
function requireAll({ probes }: Probed, mayKnow: boolean): void {
  const failing = dependencies.filter((name) => !probes[name].ok);
  if (failing.length === 0) return;
  const faults = failing.map((field) => ({ field, message: `${probes[field].code}, after ${probes[field].ms} ms` }));
  const said = mayKnow
    ? `What it needs does not answer: ${failing.join(', ')}.`
    : 'Something that it needs does not answer.';
  throw new CarelakeError('NOT_READY', said, mayKnow ? { faults } : {});
}
