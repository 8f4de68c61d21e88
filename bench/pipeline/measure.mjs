// Runs a whole program and measures it from outside: wall time, processor time and peak memory of it and its children.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

const sampleEvery = 50;
const clockTicks = 100;

/**
 * @returns {Promise<{ seconds: number, cpu: number, megabytes: number, stdout: string }>} `cpu` and `megabytes` from
 * samples of /proc, NaN on a system without it; `megabytes` is the sum of the resident set sizes of the processes.
 * @throws where the program fails, with what it said.
 */
export function measure(program, args, environment = {}) {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(program, args, {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (text) => (stdout += text));
    child.stderr.on('data', (text) => (stderr += text));
    const peak = { megabytes: Number.NaN, cpu: Number.NaN };
    const timer = setInterval(() => sample(child.pid, peak), sampleEvery);
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(timer);
      if (code !== 0) {
        reject(new Error(`${program} ${args.join(' ')} ended with ${code}\n${stderr}${stdout.slice(-2000)}`));
        return;
      }
      resolve({ seconds: (performance.now() - started) / 1000, ...peak, stdout });
    });
  });
}

function sample(pid, peak) {
  const now = usage(pid);
  if (!now) return;
  peak.megabytes = Math.max(now.megabytes, peak.megabytes || 0);
  peak.cpu = Math.max(now.cpu, peak.cpu || 0);
}

/** Undefined where the process is gone, or the system has no /proc. */
function usage(pid) {
  try {
    // After the name in brackets, which may hold anything: state is the first field, utime to cstime the 12th to 15th.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
    const resident = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(usage);
    const sum = (name, own) => children.reduce((total, child) => total + (child?.[name] ?? 0), own);
    const ticks = stat.slice(11, 15).reduce((total, field) => total + Number(field), 0);
    return { cpu: sum('cpu', ticks / clockTicks), megabytes: sum('megabytes', Number(resident?.[1] ?? 0) / 1024) };
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return undefined;
    throw error;
  }
}
