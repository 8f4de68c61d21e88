// carelake serve: the web app and the HTTP interface, until it is asked to stop.
import { once } from 'node:events';
import type { Server } from 'node:https';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../../config.js';
import { CarelakeError, isCoded } from '../../errors.js';
import { type FirstLink, firstLink } from '../../server/auth/first-start.js';
import { keysKeptIn } from '../../server/auth/signing-keys.js';
import { openBatchThread } from '../../server/batch/in-thread.js';
import { keepsTrying } from '../../server/keeps-trying.js';
import { listeningAddress, listeningRemarks } from '../../server/listening.js';
import { openLog } from '../../server/observe/log.js';
import { openTraces } from '../../server/observe/traces.js';
import { bringsInThread } from '../../server/rows/in-thread.js';
import { openServer } from '../../server/server.js';
import { keepsTlsFresh, remarksOn, tlsFilesOf } from '../../server/tls.js';
import { trainsInChild } from '../../server/training/in-child.js';
import { landingsOf } from '../../server/uploads/landing.js';
import { collectsHourly } from '../collects-hourly.js';
import { command, type Invocation, running, wholeNumber } from '../command.js';
import { servedRun } from '../served-run.js';

interface Options {
  readonly port: number;
  readonly host: string;
}

export const serve = command({
  name: 'serve',
  summary: 'Serve the web app and the HTTP interface on this machine, until Ctrl-C',
  examples: ['serve', 'serve --port 8080', 'serve --data my-data --json'],
})
  .option('--port <n>', 'where to listen; 0 takes a free one', wholeNumber('--port', 0, 65_535), 5000)
  .option('--host <address>', 'where to listen; other machines reach it only with sign-in and TLS', '127.0.0.1')
  .action(running<Options, []>((invocation, options) => serveUntilStopped(invocation, options)));

/** Where the build puts the web app. */
const web = fileURLToPath(new URL('../../web', import.meta.url));

/** @throws SERVE_ADDRESS, SERVE_PORT, TLS_FILES, TRACES_ENDPOINT */
export async function serveUntilStopped({ app, output, signal }: Invocation, { port, host }: Options): Promise<void> {
  const { config, lake } = app;
  const address = listeningAddress(host, config.auth, config);
  const batch = openBatchThread(config);
  const log = openLog(config.log, output.note);
  const traces = await openTraces(process.env);
  const collect = collectsHourly(lake, config.keepRuns, log.note);
  const server = await openServer({
    workspace: config.workspace,
    auth: config.auth,
    sessions: { idle: config.sessionIdle, most: config.sessionLimit },
    provider:
      config.oidcIssuer === null
        ? undefined
        : (await import('../../server/auth/oidc/provider.js')).openProvider(config),
    tokenKeys: () => config.tokenKeys ?? keysKeptIn(join(config.data, 'token-keys.pem')),
    lake,
    engine: app.engine,
    pendingEntries: app.pendingEntries,
    records: app.records,
    knownRecords: app.knownRecords,
    audit: app.audit,
    landings: landingsOf({
      ...{ folder: join(config.data, 'uploads', config.workspace), mostBytes: config.uploadLimit },
      ...{ lake, engine: app.engine, landEntries: app.landEntries, withTrialLake: app.withTrialLake },
    }),
    run: (stop) => servedRun(app, { ...output, note: log.note }, traces, stop, collect),
    runAfter: config.runAfter,
    matureOutcomes: app.matureOutcomes,
    train: trainsInChild(config),
    bringIn: config.rowsAtHand ? bringsInThread(config) : null,
    batch,
    web,
    limits: { atOnce: Math.max(2, config.threads), waiting: 100, seconds: 30, late: config.busyAfter ?? 0 },
    network: config,
    log,
    traces,
    report: log.failure,
  });
  const tls = tlsFilesOf(config);
  for (const remark of listeningRemarks(host, config.auth, config)) log.note(remark);
  for (const remark of tls ? remarksOn(tls) : []) log.note(remark);
  const endTls = tls && keepsTlsFresh(server.server as Server, tls, log.note);
  try {
    const url = await listen(server, address, port, tls ? 'https' : 'http');
    const start = await keepsTrying(() => firstStart(server, config, url), {
      signal,
      report: (error) => log.note(`Carelake serves ${url}, and waits for its records: ${(error as Error).message}`),
      isPassing: (error) => isCoded(error, 'RECORDS_UNREACHABLE') || isCoded(error, 'RECORDS_BUSY'),
    });
    if (start) {
      const { first, remark } = start;
      if (remark !== null) log.note(remark);
      output.result({ url, pid: process.pid, auth: config.auth, first_sign_in: first }, () => servedText(url, first));
    }
    if (!signal.aborted) await once(signal, 'abort');
  } finally {
    await server.close();
    endTls?.();
    await batch.close();
    await traces?.close();
  }
}

/** While there is no user, the link by which the first one is made. */
async function firstStart(server: FastifyInstance, { auth, publicHosts: [name], tlsCert }: Config, url: string) {
  if (auth === 'off') return { first: null, remark: null };
  const directory = await server.directory();
  // A proxy that speaks TLS does so at the usual port.
  const port = tlsCert === null ? '' : `:${new URL(url).port}`;
  const first = await firstLink(directory, name ? `https://${name}${port}` : url);
  // Whoever signs in at a provider needs no password here.
  const isLeft = first !== null || server.parts.provider !== undefined || (await directory.users.hasAdmin());
  return { first, remark: isLeft ? null : 'No administrator can sign in: carelake user add NAME --role admin.' };
}

function servedText(url: string, first: FirstLink | null): string {
  const served = `Carelake serves ${url} until Ctrl-C.`;
  if (!first) return served;
  return `${served}\nNobody can sign in yet: open this within the hour to choose the administrator's password. It is good once.\n  ${first.url}`;
}

/**
 * Finds out before longer work whether a port can be listened at.
 * @throws SERVE_PORT
 */
export async function requireFreePort(host: string, port: number): Promise<void> {
  const probe = createServer().listen(port, host);
  try {
    await once(probe, 'listening');
  } catch (cause) {
    throw portError(host, port, cause);
  }
  probe.close();
  await once(probe, 'close');
}

async function listen(server: FastifyInstance, host: string, port: number, scheme: string): Promise<string> {
  try {
    await server.listen({ host, port });
  } catch (cause) {
    throw portError(host, port, cause);
  }
  const { port: taken } = server.server.address() as AddressInfo;
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${taken}`;
}

function portError(host: string, port: number, cause: unknown): CarelakeError {
  const { code } = cause as NodeJS.ErrnoException;
  const why =
    code === 'EADDRINUSE' ? 'another program listens there' : code === 'EACCES' ? 'it needs more rights' : code;
  return new CarelakeError('SERVE_PORT', `${host}, port ${port}: ${why}.`, { cause });
}
