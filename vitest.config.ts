// How the tests run: every file under test/, few at a time; those that start the program, against a fresh build.
import { defineConfig } from 'vitest/config';

const startsProgram = ['test/end-to-end/**/*.test.ts', 'test/web/pages/**/*.test.ts'];

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    // What hangs is to end; what is slow on a machine that does much else is not to fail.
    testTimeout: 180_000,
    hookTimeout: 240_000,
    teardownTimeout: 20_000,
    sequence: { shuffle: { tests: true } },
    projects: [
      { extends: true, test: { name: 'rooms', include: ['test/**/*.test.ts'], exclude: startsProgram } },
      { extends: true, test: { name: 'program', include: startsProgram, globalSetup: ['test/build.ts'] } },
    ],
  },
});
