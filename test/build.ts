// Builds dist/ where a source file is newer than it, so that a test that starts the program starts today's.
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
/** What the build writes last. */
const last = join(root, 'dist/web/index.html');

export default function build(): void {
  const built = statSync(last, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const inputs = [
    'package.json',
    'tsconfig.json',
    ...['src', 'web'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true }).map((name) => `${folder}/${name}`),
    ),
  ];
  if (inputs.every((input) => statSync(join(root, input)).mtimeMs <= built)) return;
  // As it is built for users: within a test React would be built for its developers.
  const env = { ...process.env, NODE_ENV: 'production' };
  execFileSync('npm', ['run', 'build', '--silent'], { cwd: root, env, stdio: ['ignore', 2, 2] });
}
