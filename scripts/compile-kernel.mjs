// The learner's kernel, compiled: src/models/learn/kernel/assembly/ in, WebAssembly out.
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const options = [
  ['-O3', '--noAssert', '--runtime', 'stub'],
  ['--enable', 'simd', '--enable', 'threads', '--enable', 'bulk-memory'],
  ['--importMemory', '--sharedMemory', '--initialMemory', '2', '--maximumMemory', '65536'],
].flat();

/** @returns {Promise<Buffer>} */
export async function compileKernel() {
  const baseDir = fileURLToPath(new URL('../src/models/learn/kernel/assembly', import.meta.url));
  let compiled;
  const { error, stderr } = await asc.main(['index.ts', '--baseDir', baseDir, '--outFile', 'kernel.wasm', ...options], {
    writeFile: (_name, contents) => {
      compiled = Buffer.from(contents);
    },
  });
  if (error) throw new Error(`The kernel does not compile: ${stderr.toString()}`, { cause: error });
  return compiled;
}
