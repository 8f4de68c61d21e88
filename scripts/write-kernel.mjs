// Compiles the learner's kernel (AssemblyScript) and writes it into src/models/learn/kernel/module.ts, so that the package
// needs no file beside its code. A test compiles it again and compares.
import { writeFileSync } from 'node:fs';
import { compileKernel } from './compile-kernel.mjs';

const base64 = (await compileKernel()).toString('base64');
const lines = base64.match(/.{1,110}/g).map((line) => `  '${line}',`);
writeFileSync(
  new URL('../src/models/learn/kernel/module.ts', import.meta.url),
  `// The compiled kernel in base64. Written by \`npm run kernel\` from assembly/; do not edit.\n\nexport const KERNEL = [\n${lines.join('\n')}\n].join('');\n`,
);
