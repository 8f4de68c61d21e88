// carelake serve as a user starts it: it answers, sees a new run, gives the numbers of `query`, and stops when told to.
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Ended, ended, Place } from './place.js';
import { ask } from './server.js';

interface Serving {
  readonly url: string;
  /** Ends it by this signal. */
  stop(signal: NodeJS.Signals): Promise<Ended>;
}

const started = new Set<ChildProcess>();

/** A test that failed leaves no server behind. */
afterEach(() => {
  for (const child of started) child.kill('SIGKILL');
  started.clear();
});

/** Starts it and waits until it says where it listens. */
async function serve(place: Place, ...options: string[]): Promise<Serving> {
  const child = place.start(['serve', '--port', '0', '--json', ...options]);
  started.add(child);
  const end = ended(child);
  const url = await listening(child, end);
  return {
    url,
    stop: (signal) => {
      child.kill(signal);
      return end;
    },
  };
}

function listening(child: ChildProcess, end: Promise<Ended>): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk) => {
      text += chunk;
      if (text.trimEnd().endsWith('}')) resolve((JSON.parse(text) as { url: string }).url);
    });
    end.then(({ stdout, stderr }) => reject(new Error(`It ended: ${stdout}${stderr}`)), reject);
  });
}

async function land(place: Place, name: string, text: string): Promise<void> {
  await mkdir(join(place.path, 'in'), { recursive: true });
  await writeFile(join(place.path, 'in', name), text);
  await place.json(['ingest', join('in', name)]);
}

describe('a server', () => {
  let place: Place;
  beforeAll(async () => {
    place = await Place.make();
  });
  afterAll(() => place.remove());

  test('answers from before the first run to after the second, and ends with what it began', async () => {
    const { url, stop } = await serve(place);
    const get = (path: string, headers: Record<string, string> = {}) => ask(`${url}${path}`, 'GET', undefined, headers);
    expect((await get('/api/health')).body).toMatchObject({ success: true, run: null });
    expect(await get('/api/dashboard')).toMatchObject({ status: 409, body: { code: 'NOT_PUBLISHED' } });

    await land(place, 'patients.csv', 'patient_id,age,gender\np1,40,F\np2,50,M\np3,70,F\n');
    await place.json(['run']);
    const first = await get('/api/patients?gender=Female');
    expect(first.body).toMatchObject({ total: 2 });

    await land(
      place,
      'visits.csv',
      'visit_id,patient_id,visit_date\nv1,p1,2024-01-05\nv2,p2,2024-02-05\nv3,p1,2024-02-07\n',
    );
    await place.json(['run']);
    const months = await get('/api/analytics/query?metrics=total_visits&by=month');
    const counted = months.body.rows.map((row: { by: { month: string }; values: { total_visits: number } }) => [
      row.by.month,
      row.values.total_visits,
    ]);
    expect(counted).toEqual(
      await place.query("select strftime(visit_date, '%Y-%m') as m, count(*) from visits group by m order by m"),
    );
    const tag = String(months.headers.get('etag'));
    expect(await get('/api/analytics/query?metrics=total_visits&by=month', { 'if-none-match': tag })).toMatchObject({
      status: 304,
    });
    expect(
      await get('/api/patients?gender=Female', { 'if-none-match': String(first.headers.get('etag')) }),
    ).toMatchObject({
      status: 200,
      body: { total: 2, as_of: { run: (await place.manifest()).id } },
    });
    expect((await get('/api/status')).body).toMatchObject(await place.json<object>(['status']));
    expect((await get('/api/runs')).body).toMatchObject(await place.json<object>(['runs']));
    expect((await get('/api/lineage?table=visits&key=v3')).body.lineage).toEqual(
      await place.json(['lineage', 'visits', 'v3']),
    );
    const { stdout, code, stderr } = await stop('SIGTERM');
    expect([code, JSON.parse(stdout).url]).toEqual([0, url]);
    expect(stderr).not.toContain('Error');
    await expect(fetch(`${url}/api/health`)).rejects.toThrow();
  });

  test('serves the built web app, each page with a nonce of its own', async () => {
    const { url, stop } = await serve(place);
    const pages = await Promise.all([1, 2].map(() => fetch(`${url}/quality`, { headers: { accept: 'text/html' } })));
    const nonces = pages.map(
      ({ headers }) => /'nonce-([0-9a-f]+)'/.exec(headers.get('content-security-policy') ?? '')?.[1],
    );
    expect(new Set(nonces).size).toBe(2);
    const html = await pages[0]?.text();
    expect(html).toMatch(/^<!doctype html>/i);
    expect(html).not.toContain('__CSP');
    const [, script = ''] = /<script[^>]* src="([^"]+)"/.exec(html ?? '') ?? [];
    const loaded = await fetch(`${url}${script}`);
    expect(loaded.status).toBe(200);
    expect(loaded.headers.get('cache-control')).toContain('immutable');
    for (const path of [
      '/assets/nothing.js',
      '/assets/..%2f..%2f..%2fpackage.json',
      '/..%2fcli%2fmain.js',
      '/index.html',
    ]) {
      expect((await fetch(`${url}${path}`)).status).toBeGreaterThanOrEqual(400);
    }
    expect((await stop('SIGINT')).code).toBe(0);
  });

  test('ends though somebody has asked and does not read the answer', async () => {
    const { url, stop } = await serve(place);
    const [, script = ''] = /<script[^>]* src="([^"]+)"/.exec(await (await fetch(url)).text()) ?? [];
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    try {
      // Asked often enough that the answers fill every buffer on the way.
      socket.write(`GET ${script} HTTP/1.1\r\nHost: ${hostname}:${port}\r\n\r\n`.repeat(20));
      await once(socket, 'readable');
      expect((await stop('SIGINT')).code).toBe(0);
    } finally {
      socket.destroy();
    }
  });

  test('does not answer to a name that a strange page may have made to point here', async () => {
    const { url, stop } = await serve(place);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      request(`${url}/api/patients`, { headers: { host: 'evil.example' } }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(421);
    expect((await stop('SIGTERM')).code).toBe(0);
  });

  test('listens to this machine alone, and says when it cannot', async () => {
    for (const host of ['0.0.0.0', '::', '192.168.1.5', 'example.org']) {
      expect(await place.failure(['serve', '--host', host])).toMatchObject({ code: 'SERVE_ADDRESS', exit: 2 });
    }
    const { url, stop } = await serve(place, '--host', 'localhost');
    const taken = await place.failure(['serve', '--host', 'localhost', '--port', new URL(url).port]);
    expect(taken).toMatchObject({ code: 'SERVE_PORT', exit: 1, detail: expect.stringContaining('another program') });
    expect((await stop('SIGTERM')).code).toBe(0);
  });
});
