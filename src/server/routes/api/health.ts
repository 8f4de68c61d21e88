// GET /api/health: that the server answers, and whether anything is published.

import { Type } from 'typebox';
import { readCurrent } from '../../../pipeline/publish/manifest.js';
import { version } from '../../../version.js';
import { problems } from '../../problem.js';
import type { Route } from '../../route.js';

const healthSchema = Type.Object(
  {
    success: Type.Literal(true),
    status: Type.Literal('ok'),
    version: Type.String(),
    workspace: Type.String(),
    uptime_s: Type.Integer({ minimum: 0, description: 'Seconds since the server was started.' }),
    run: Type.Union([Type.String(), Type.Null()], { description: 'The published run; null where there is none.' }),
  },
  {
    examples: [
      { success: true, status: 'ok', version: '0.1.0', workspace: 'default', uptime_s: 12, run: '000002-1f0c9a7b' },
    ],
  },
);

export const health: Route = async (app) => {
  const started = performance.now();
  app.get(
    '',
    {
      schema: { tags: ['runs'], summary: 'Whether the server answers', response: { 200: healthSchema, ...problems } },
      config: { permission: 'open', audit: 'none' },
    },
    async () => ({
      success: true,
      status: 'ok',
      version,
      workspace: app.parts.workspace,
      uptime_s: Math.floor((performance.now() - started) / 1000),
      run: (await readCurrent(app.parts.lake))?.manifest.id ?? null,
    }),
  );
};
