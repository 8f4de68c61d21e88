// Traces of a server at work, as a receiver of OTLP gets them: requests, the run after a write, its steps; and no name in them.
import { expect, test } from 'vitest';
import { Place } from './place.js';
import { receiver } from './receiver.js';
import { ask, listenTo, startServer } from './server.js';

test('requests, runs and steps are told of to who receives them, by templates and codes', async () => {
  const place = await Place.make();
  const received = await receiver();
  try {
    const server = await startServer(place, { environment: { OTEL_EXPORTER_OTLP_ENDPOINT: received.url } });
    const events = await listenTo(server.url);
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const values = { patient_id: 'XID-1', name: 'Zoë Zebra', age: 50, gender: 'Female' };
    await ask(`${server.url}/api/patient`, 'POST', values, { traceparent: `00-${traceId}-b7ad6b7169203331-01` });
    await events.settled();
    await events.stop();
    await ask(`${server.url}/api/patients/XID-1?name=Zo%C3%AB`);
    server.process.kill('SIGTERM');
    expect((await server.end).code).toBe(0);
    expect([...received.paths]).toEqual(['/v1/traces']);
    const spans = received.spans();
    const named = (name: string) => spans.filter((span) => span.name === name);
    expect(named('POST /api/patient')).toMatchObject([{ traceId, parentSpanId: 'b7ad6b7169203331' }]);
    expect(named('GET /api/patients/:id')).toHaveLength(1);
    const [run] = named('run');
    const steps = spans.filter(({ name }) => name.startsWith('step '));
    expect(steps.length).toBeGreaterThan(3);
    for (const step of steps) expect(step).toMatchObject({ traceId: run?.traceId, parentSpanId: run?.spanId });
    expect(received.bodies.join()).toContain('carelake');
    expect(received.bodies.join()).not.toMatch(/XID|Zo|Zebra/);
  } finally {
    received.close();
    await place.remove();
  }
});

test('a receiver that is not there holds nothing up, and an address that is none is refused', async () => {
  const place = await Place.make();
  try {
    const server = await startServer(place, { environment: { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1' } });
    expect((await ask(`${server.url}/api/errors`)).status).toBe(200);
    server.process.kill('SIGTERM');
    expect((await server.end).code).toBe(0);
    const environment = { OTEL_EXPORTER_OTLP_ENDPOINT: 'localhost' };
    expect(await place.failure(['serve', '--port', '0'], { environment })).toMatchObject({
      code: 'TRACES_ENDPOINT',
      exit: 2,
    });
  } finally {
    await place.remove();
  }
});
