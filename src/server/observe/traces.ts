// Traces for OpenTelemetry: a span for each request, run and step, sent over OTLP where an endpoint is set. The packages are
// loaded only then. As in the log, a route is named by its template and nothing of a patient is said.
import { setTimeout } from 'node:timers/promises';
import type { Attributes, Span } from '@opentelemetry/api';
import type { FastifyInstance } from 'fastify';
import type { Engine } from '../../engine/engine.js';
import { CarelakeError } from '../../errors.js';
import { version } from '../../version.js';

export interface Traces {
  /** @param parent The span that it is part of, or the header `traceparent` of whoever asked. */
  begin(name: string, attributes: Attributes, parent?: Span | string): Span;
  /** A span for work, and what it is made with where it makes steps. */
  around<Result>(name: string, work: (span: Span) => Promise<Result>): Promise<Result>;
  /** Sends what there is. */
  close(): Promise<void>;
}

declare module 'fastify' {
  interface FastifyRequest {
    span: Span | null;
  }
}

/** How long spans may be on their way, in milliseconds. */
const closeMs = 3000;

/** By the names that OpenTelemetry has for it; undefined where none is set. @throws TRACES_ENDPOINT */
export async function openTraces(environment: NodeJS.ProcessEnv): Promise<Traces | undefined> {
  const endpoint = environment.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT || environment.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (!endpoint) return undefined;
  if (!/^https?:[/][/]./.test(endpoint) || !URL.canParse(endpoint)) {
    throw new CarelakeError('TRACES_ENDPOINT', `OTEL_EXPORTER_OTLP_ENDPOINT is ${JSON.stringify(endpoint)}.`);
  }
  const [{ ROOT_CONTEXT, SpanStatusCode, trace }, { OTLPTraceExporter }, { resourceFromAttributes }, sdk] =
    await Promise.all([
      import('@opentelemetry/api'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
      import('@opentelemetry/sdk-trace-base'),
    ]);
  const provider = new sdk.BasicTracerProvider({
    resource: resourceFromAttributes({
      'service.name': environment.OTEL_SERVICE_NAME || 'carelake',
      'service.version': version,
    }),
    // Address, headers and certificates are read from the environment by the exporter itself.
    spanProcessors: [new sdk.BatchSpanProcessor(new OTLPTraceExporter({ timeoutMillis: closeMs }))],
  });
  const tracer = provider.getTracer('carelake', version);

  function contextOf(parent: Span | string | undefined) {
    if (parent === undefined) return ROOT_CONTEXT;
    if (typeof parent !== 'string') return trace.setSpan(ROOT_CONTEXT, parent);
    const [, traceId, spanId, flags] = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(parent) ?? [];
    if (!traceId || !spanId || !flags) return ROOT_CONTEXT;
    return trace.setSpanContext(ROOT_CONTEXT, {
      traceId,
      spanId,
      traceFlags: Number.parseInt(flags, 16) & 1,
      isRemote: true,
    });
  }

  const begin: Traces['begin'] = (name, attributes, parent) =>
    tracer.startSpan(name, { attributes }, contextOf(parent));

  return {
    begin,
    async around(name, work) {
      const span = begin(name, {});
      try {
        return await work(span);
      } catch (error) {
        span.setStatus({ code: SpanStatusCode.ERROR, message: codeOf(error) });
        throw error;
      } finally {
        span.end();
      }
    },
    // Whoever receives them may be gone: no failure of the server, and nothing that it waits for.
    close: () =>
      Promise.race([provider.shutdown().catch(() => undefined), setTimeout(closeMs, undefined, { ref: false })]),
  };
}

export function tracesRequests(app: FastifyInstance, traces: Traces | undefined): void {
  app.decorateRequest('span', null);
  if (!traces) return;
  app.addHook('onRequest', async (request) => {
    const { method, routeOptions, is404, headers } = request;
    const route = is404 ? 'none' : (routeOptions.url ?? 'none');
    const parent = typeof headers.traceparent === 'string' ? headers.traceparent : undefined;
    const attributes = { 'http.request.method': method, 'http.route': route, 'carelake.request': request.id };
    request.span = traces.begin(`${method} ${route}`, attributes, parent);
  });
  app.addHook('onResponse', async ({ span }, { statusCode }) => {
    span?.setAttribute('http.response.status_code', statusCode);
    // SpanStatusCode.ERROR, whose package may not be loaded.
    if (statusCode >= 500) span?.setStatus({ code: 2 });
    span?.end();
  });
}

/** The same engine, which has a span for each step that it makes. */
export function tracedSteps<Some extends Engine>(engine: Some, traces: Traces, run: Span): Some {
  return {
    ...engine,
    async materialize(job: Parameters<Engine['materialize']>[0]) {
      const span = traces.begin(`step ${job.name}`, { 'carelake.step': job.name }, run);
      try {
        const made = await engine.materialize(job);
        span.setAttribute('carelake.rows', made.rows);
        return made;
      } catch (error) {
        span.setStatus({ code: 2, message: codeOf(error) });
        throw error;
      } finally {
        span.end();
      }
    },
  };
}

const codeOf = (error: unknown): string => (error instanceof CarelakeError ? error.code : 'INTERNAL');
