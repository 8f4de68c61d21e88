// Asks peers.py, in the environment that setup-peers.sh makes.
import { execFile, execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
let python;

/**
 * The call of a function of peers.py; the settings of a virtual machine's OpenBLAS would slow NumPy down, so they are left out.
 * Threads of OpenMP that wait do not spin: on cores that something else uses as well, LightGBM's would take ten times as long.
 */
function call(name, args) {
  python ??= execFileSync(here('setup-peers.sh'), { encoding: 'utf8' }).trim();
  const env = { ...process.env, OMP_WAIT_POLICY: 'passive' };
  delete env.OPENBLAS_CORETYPE;
  delete env.OPENBLAS_L2_SIZE;
  return [python, [here('peers.py'), name, ...args.map(String)], { env, encoding: 'utf8', maxBuffer: 1e9 }];
}

export const ask = (name, ...args) => JSON.parse(execFileSync(...call(name, args)));

/** The same, while something else goes on. */
export const askMeanwhile = async (name, ...args) =>
  JSON.parse((await promisify(execFile)(...call(name, args))).stdout);
