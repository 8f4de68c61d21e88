// The servers that are compared: started, their processor time and memory read from /proc, and ended.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

const program = new URL('../../dist/cli/main.js', import.meta.url).pathname;
const peer = new URL('./peer_flask.py', import.meta.url).pathname;

export async function run(command, parameters, env = {}) {
  const child = spawn(command, parameters, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, ...env } });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${command} ${parameters.join(' ')} ended with ${code}.`);
}

export const carelake = (parameters, env) => run(process.execPath, [program, ...parameters], env);

/** Everything that it does on a write is on: validation, audit, the disk. Nothing else runs beside. */
const ours = {
  CARELAKE_AUTH: 'off',
  CARELAKE_RATE_ADDRESS: 'off',
  CARELAKE_RATE_USER: 'off',
  CARELAKE_RUN_AFTER: 'off',
};

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

async function started(name, child, url) {
  for (let round = 0; ; round++) {
    if (child.exitCode !== null || round === 600) throw new Error(`${name} does not answer.`);
    const found = await fetch(`${url}/api/patients?limit=1`).catch(() => undefined);
    if (found?.ok) break;
    await pause(100);
  }
  return {
    name,
    url,
    /** Seconds of the processor, of it and its children; resident bytes. */
    usage: () => usageOf(child.pid),
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

export async function startCarelake(name, data, env) {
  const port = await freePort();
  const child = spawn(process.execPath, ['--trace-gc', program, 'serve', '--port', String(port), '--data', data], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...ours, ...env },
  });
  const collections = collectionsOf(child.stdout);
  return { ...(await started(name, child, `http://127.0.0.1:${port}`)), collections };
}

/** What V8 says of each collection of the whole heap: when it was, and how many bytes are alive after it. Threads are left out. */
function collectionsOf(output) {
  const found = [];
  let main;
  createInterface(output).on('line', (line) => {
    const [, isolate, kind] = /^\[\d+:(0x[0-9a-f]+)\].* ms: (Scavenge|Mark-Compact) /.exec(line) ?? [];
    main ??= isolate;
    const [, alive] = / -> ([\d.]+) \(/.exec(line) ?? [];
    if (isolate === main && kind === 'Mark-Compact')
      found.push({ at: performance.now(), bytes: Number(alive) * 2 ** 20 });
  });
  return found;
}

/** By gunicorn: Flask's own server ends the connection after each answer. */
export async function startFlask(name, bin, env, processes) {
  const port = await freePort();
  const said = [
    '--workers',
    String(processes),
    '--threads',
    '8',
    '--log-level',
    'error',
    '--bind',
    `127.0.0.1:${port}`,
  ];
  const child = spawn(`${bin}/gunicorn`, [...said, 'peer_flask:app'], {
    cwd: new URL('.', import.meta.url).pathname,
    stdio: 'ignore',
    env: { ...process.env, ...env, PYTHONDONTWRITEBYTECODE: '1' },
  });
  return started(name, child, `http://127.0.0.1:${port}`);
}

export const loadFlask = (bin, file, env) => run(`${bin}/python`, [peer, file], env);

function usageOf(pid) {
  const stats = readdirSync('/proc')
    .filter((name) => /^[0-9]+$/.test(name))
    .flatMap((name) => {
      try {
        const fields = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1].split(' ');
        return [
          {
            pid: Number(name),
            parent: Number(fields[1]),
            ticks: Number(fields[11]) + Number(fields[12]),
            pages: Number(fields[21]),
          },
        ];
      } catch {
        // It ended meanwhile.
        return [];
      }
    });
  const family = new Set([pid]);
  for (let size = 0; size !== family.size; ) {
    size = family.size;
    for (const one of stats) if (family.has(one.parent)) family.add(one.pid);
  }
  const own = stats.filter((one) => family.has(one.pid));
  const sum = (field) => own.reduce((total, one) => total + one[field], 0);
  return { seconds: sum('ticks') / 100, bytes: sum('pages') * 4096 };
}
