// The HTTP server, put together: from a workspace to a Fastify that serves the interface and the web app.
import { randomUUID } from 'node:crypto';
import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import Fastify, { type FastifyInstance } from 'fastify';
import { openPredictor } from '../models/predict/predictor.js';
import { answering } from './answer/answer.js';
import { contentTags } from './answer/etag.js';
import { writesAudit } from './audit/hook.js';
import { admits } from './auth/admission.js';
import { bigintAsText } from './bigint-as-text.js';
import { openChanges } from './changes.js';
import { requireLoopbackHost } from './loopback.js';
import type { ServerParts } from './parts.js';
import { knowsActors } from './plugins/actor.js';
import { describesItself } from './plugins/description.js';
import { refusesOtherMethods } from './plugins/methods.js';
import { withstandsPressure } from './plugins/pressure.js';
import { secured } from './plugins/security.js';
import { servesWeb } from './plugins/web.js';
import { answerProblem, answersProblems } from './problem.js';
import { routes } from './routes/routes.js';
import { runsAfterWrites } from './runs/after-writes.js';
import { Jobs } from './training/jobs.js';

/** Opens the server without listening. Whoever opens it closes it: then what runs may end, and nothing new is taken. */
export async function openServer(parts: ServerParts): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit: 2 ** 20,
    requestTimeout: 30_000,
    forceCloseConnections: 'idle',
    genReqId: () => randomUUID(),
    routerOptions: { maxParamLength: 1000, ignoreTrailingSlash: true },
    // A value that is given once where several may be is a list of one; what is not described is refused, not dropped.
    ajv: { customOptions: { coerceTypes: 'array', removeAdditional: false, allErrors: true } },
    frameworkErrors: (error, request, reply) => answerProblem(error, request, reply, parts.report),
  });
  app.decorate('parts', parts);
  app.decorate('predictor', openPredictor(parts.lake));
  const jobs = new Jobs(parts.train, parts.report);
  app.decorate('jobs', jobs);
  app.addHook('preClose', async () => jobs.close());
  app.setSerializerCompiler(() => (document) => JSON.stringify(document, bigintAsText));
  app.decorate('changes', openChanges());
  runsAfterWrites(app, parts);
  answersProblems(app, parts.report);
  knowsActors(app);
  app.addHook('onRequest', async (request) => requireLoopbackHost(request.headers.host));
  await withstandsPressure(app);
  await secured(app);
  admits(app);
  contentTags(app);
  writesAudit(app, parts);
  await app.register(compress, {
    threshold: 1024,
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: brotliQuality } },
  });
  answering(app, parts);
  await describesItself(app);
  const refuseOthers = refusesOtherMethods(app);
  await app.register(routes);
  refuseOthers();
  await servesWeb(app, parts.web);
  await app.ready();
  return app;
}

/** As compact as gzip's usual level and quicker; the level that brotli takes unasked is meant for files. */
const brotliQuality = 4;
