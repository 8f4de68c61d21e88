// Whether this process may mount a file system of its own, which takes the superuser.
import { execFileSync } from 'node:child_process';

export const mayMount = (() => {
  try {
    execFileSync('unshare', ['--mount', 'true'], { stdio: 'ignore' });
    return process.getuid?.() === 0;
  } catch {
    return false;
  }
})();
