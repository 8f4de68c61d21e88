// Compiles the learner's kernel (AssemblyScript) and writes it into src/models/learn/kernel/module.ts, so that the package
// needs no file beside its code. With --check nothing is written: it fails where what is kept is not what the source gives.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const options = [
  ['-O3', '--noAssert', '--runtime', 'stub'],
  ['--enable', 'simd', '--enable', 'threads', '--enable', 'bulk-memory'],
  ['--importMemory', '--sharedMemory', '--initialMemory', '2', '--maximumMemory', '65536'],
].flat();

const baseDir = fileURLToPath(new URL('../src/models/learn/kernel/assembly', import.meta.url));
let compiled;
const { error, stderr } = await asc.main(['index.ts', '--baseDir', baseDir, '--outFile', 'kernel.wasm', ...options], {
  writeFile: (_name, contents) => {
    compiled = Buffer.from(contents);
  },
});
if (error) throw new Error(`The kernel does not compile: ${stderr.toString()}`, { cause: error });

const kept = new URL('../src/models/learn/kernel/module.ts', import.meta.url);
const lines = compiled
  .toString('base64')
  .match(/.{1,110}/g)
  .map((line) => `  '${line}',`);
const text = `// The compiled kernel in base64. Written by \`npm run kernel\` from assembly/; do not edit.\n\nexport const KERNEL = [\n${lines.join('\n')}\n].join('');\n`;

if (!process.argv.includes('--check')) writeFileSync(kept, text);
else if (readFileSync(kept, 'utf8') !== text) {
  console.error('src/models/learn/kernel/module.ts is not what its source gives: npm run kernel.');
  process.exitCode = 1;
}
