// Files larger than what the server may keep in memory, and larger than its disk: sent as a stream that is made on the way.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { waitingIn } from '../server/uploads/queueing.js';
import { mayMount } from './may-mount.js';
import { Place } from './place.js';
import { ask, type Server, startServer } from './server.js';

const megabyte = 2 ** 20;

/** A form with one file of so many megabytes, whose columns no table has: it is read to its end and lands nowhere. */
async function* formOf(megabytes: number): AsyncGenerator<string> {
  const line = `${'red,round,'.repeat(10)}\n`;
  const piece = line.repeat(Math.ceil(megabyte / line.length));
  yield '--b\r\nContent-Disposition: form-data; name="file"; filename="large.csv"\r\n\r\ncolour,shape\n';
  for (let sent = 0; sent < megabytes; sent++) yield piece;
  yield '\r\n--b--\r\n';
}

/** What is answered; the connection may end while much of the file is not sent. */
async function send(server: Server, megabytes: number): Promise<{ status: number; code: string }> {
  const asked = request(`${server.url}/api/upload`, {
    method: 'POST',
    headers: { 'content-type': 'multipart/form-data; boundary=b' },
  });
  const answer = new Promise<{ status: number; code: string }>((resolve, reject) => {
    asked.on('response', async (response) => {
      resolve({ status: response.statusCode ?? 0, code: JSON.parse(await text(response)).code });
    });
    asked.on('error', reject);
  });
  Readable.from(formOf(megabytes)).pipe(asked);
  return answer.finally(() => asked.destroy());
}

async function stop(server: Server): Promise<void> {
  server.process.kill('SIGTERM');
  await server.end;
}

test.skipIf(!existsSync('/proc/self/clear_refs'))(
  'a file of 200 MB costs no more memory than a small one',
  async () => {
    const place = await Place.make();
    const server = await startServer(place);
    const { pid } = server.process;
    /** The most that was resident since it was last asked, in megabytes. */
    const peak = (): number => {
      const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
      writeFileSync(`/proc/${pid}/clear_refs`, '5');
      return Number(kilobytes) / 1024;
    };
    try {
      await send(server, 10);
      const small = peak();
      expect(await send(server, 200)).toEqual({ status: 422, code: 'TABLE_UNKNOWN' });
      // It would be 200 and more, were it kept.
      expect(peak() - small).toBeLessThan(80);
    } finally {
      await stop(server);
      await place.remove();
    }
  },
);

test.skipIf(!mayMount)(
  'a disk that a file does not fit on is told, the file leaves nothing, and the server goes on',
  async () => {
    const home = await Place.make();
    const place = new Place(join(home.path, 'disk'));
    await mkdir(place.path);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=40m', 'tmpfs', place.path]);
    const server = await startServer(place, { environment: { CARELAKE_TEMP: join(home.path, 'temporary') } });
    try {
      const there = () => waitingIn(join(place.path, 'carelake-data/uploads/default'));
      for (let n = 0; n < 2; n++) {
        expect(await send(server, 60)).toEqual({ status: 507, code: 'LAKE_DISK_FULL' });
        expect(await there()).toEqual([]);
      }
      const form = new FormData();
      form.append('file', new Blob(['patient_id,name,age,gender\np-1,Ann,40,F\n']), 'small.csv');
      const answer = await fetch(`${server.url}/api/upload`, { method: 'POST', body: form });
      expect([answer.status, await answer.json()]).toMatchObject([200, { records: 1, upload: { state: 'landed' } }]);
      expect((await ask(`${server.url}/api/uploads`)).body.uploads).toHaveLength(1);
    } finally {
      await stop(server);
      execFileSync('umount', [place.path]);
      await home.remove();
    }
  },
);
