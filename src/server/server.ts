// The HTTP server, put together: from a workspace to a Fastify that serves the interface and the web app.
import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import Fastify, { type FastifyHttpOptions, type FastifyInstance, type RawServerDefault } from 'fastify';
import { CarelakeError } from '../errors.js';
import { openPredictor } from '../models/predict/predictor.js';
import { answering } from './answer/answer.js';
import { contentTags } from './answer/etag.js';
import { keepsNumbers } from './answer/kept-numbers.js';
import { answersRowsAsText } from './answer/row-text.js';
import { writesAudit } from './audit/hook.js';
import { admits } from './auth/admission.js';
import { identifies } from './auth/identity.js';
import { openChanges } from './changes.js';
import { openCrosswalk } from './deidentified/crosswalk.js';
import { jsonOf } from './json.js';
import { lineOf, logsRequests } from './observe/log.js';
import { measures } from './observe/measures.js';
import { probesDependencies } from './observe/probes.js';
import { tracesRequests } from './observe/traces.js';
import { orderedId } from './ordered-id.js';
import type { ServerParts } from './parts.js';
import { knowsActors } from './plugins/actor.js';
import { longestParam } from './plugins/described-route.js';
import { describesItself } from './plugins/description.js';
import { answersKnownHosts } from './plugins/hosts.js';
import { readsJsonBodies } from './plugins/json-bodies.js';
import { refusesOtherMethods } from './plugins/methods.js';
import { answersListedOrigins } from './plugins/origins.js';
import { withstandsPressure } from './plugins/pressure.js';
import { limitsRates } from './plugins/rates.js';
import { secured } from './plugins/security.js';
import { refusesSlowBodies } from './plugins/slow-bodies.js';
import { stopsInTime } from './plugins/stopping.js';
import { servesWeb } from './plugins/web.js';
import { answerProblem, answersProblems } from './problem.js';
import { answersRepeats } from './repeats/plugin.js';
import { routes } from './routes/routes.js';
import { looksUpByKey } from './rows/by-key.js';
import { keepsRunRows } from './rows/keeper.js';
import { runsAfterWrites } from './runs/after-writes.js';
import { readTls, tlsFilesOf } from './tls.js';
import { Jobs } from './training/jobs.js';
import { takesUploads } from './uploads/plugin.js';
import { schemaController } from './validating.js';
import { answerBrokenRequest, boundsConnections, patience, wireOptions } from './wire.js';

/**
 * Opens the server without listening. Whoever opens it closes it: then what runs may end, and nothing new is taken.
 * @throws TLS_FILES
 */
export async function openServer(parts: ServerParts): Promise<FastifyInstance> {
  const { network } = parts;
  const tls = tlsFilesOf(network);
  const app = Fastify({
    ...(tls ? { https: { ...wireOptions, ...readTls(tls) } } : { http: wireOptions }),
    ...patience,
    bodyLimit: 2 ** 20,
    trustProxy: [...network.trustedProxies],
    clientErrorHandler: answerBrokenRequest,
    forceCloseConnections: 'idle',
    // Refused by plugins/stopping.ts, in the form of every problem.
    return503OnClosing: false,
    genReqId: orderedId,
    routerOptions: { maxParamLength: longestParam, ignoreTrailingSlash: true },
    schemaController,
    // What has no address that can be read comes to no hook.
    frameworkErrors: (error, request, reply) => {
      answerProblem(error, request, reply.header('x-request-id', request.id), parts.report);
      parts.log.request(lineOf(request, reply));
    },
    // Whether it speaks TLS is of no interest to what it answers with.
  } as FastifyHttpOptions<RawServerDefault>);
  boundsConnections(app.server, network);
  const stop = stopsInTime(app, network.stopSeconds, new CarelakeError('SERVER_BUSY', 'The server is stopping.'));
  app.decorate('parts', parts);
  app.decorate('predictor', openPredictor(parts.lake));
  const jobs = new Jobs(parts);
  app.decorate('jobs', jobs);
  app.addHook('preClose', async () => jobs.close());
  app.setSerializerCompiler(() => jsonOf);
  app.decorate('changes', openChanges());
  looksUpByKey(app);
  app.decorate('crosswalk', openCrosswalk(parts.records));
  app.decorate('runRows', keepsRunRows(app, parts.bringIn, parts.report));
  measures(app, parts);
  probesDependencies(app, parts);
  logsRequests(app, parts.log);
  tracesRequests(app, parts.traces);
  runsAfterWrites(app, parts);
  takesUploads(app, parts);
  answersProblems(app, parts.report);
  readsJsonBodies(app);
  knowsActors(app);
  answersKnownHosts(app, network.publicHosts);
  await withstandsPressure(app, parts.limits.late);
  secured(app);
  await limitsRates(app, network);
  refusesSlowBodies(app);
  await answersListedOrigins(app, network.cors);
  await identifies(app);
  admits(app);
  answersRepeats(app, parts);
  contentTags(app);
  answersRowsAsText(app);
  writesAudit(app, parts);
  await app.register(compress, {
    threshold: 1024,
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: brotliQuality } },
  });
  answering(app, parts, stop);
  keepsNumbers(app, parts);
  const refuseOthers = refusesOtherMethods(app);
  await describesItself(app);
  await app.register(routes);
  refuseOthers();
  await servesWeb(app, parts.web);
  await app.ready();
  return app;
}

/** As compact as gzip's usual level and quicker; the level that brotli takes unasked is meant for files. */
const brotliQuality = 4;
