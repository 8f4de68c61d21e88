// A running server is asked everything that its OpenAPI document allows, and much that it does not: no answer is a failure that
// nobody foresaw, and none is outside of its schema.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ended, Place } from './place.js';
import { startServer } from './server.js';

const program = process.env.CARELAKE_TEST_SCHEMATHESIS ?? '';
const config = join(import.meta.dirname, 'fuzz.toml');
const hasProgram = program !== '' || process.env.REQUIRE_SERVICES === '1';

describe.skipIf(!hasProgram)('schemathesis finds nothing', () => {
  let place: Place;
  beforeAll(async () => {
    place = await Place.make();
    await place.json(['demo', '--patients', '100', '--no-serve', '--no-train']);
  });
  afterAll(() => place.remove());

  test.each([
    ['where everybody may do everything', 'off', ['--phases', 'examples,coverage,fuzzing', '--max-examples', '2']],
    ['as nobody', 'on', ['--phases', 'examples,fuzzing', '--max-examples', '1']],
  ])(
    '%s',
    async (_, auth, options) => {
      const environment = { CARELAKE_AUTH: auth, CARELAKE_RUN_AFTER: 'off', CARELAKE_RATE_SIGN_IN: 'off' };
      const server = await startServer(place, { environment });
      try {
        const { code, stdout } = await ended(
          spawn(
            program,
            // Events have no end, and a training takes the machine for itself.
            [
              '--config-file',
              config,
              'run',
              `${server.url}/api/openapi.json`,
              '--no-color',
              '--seed',
              '1',
              ...options,
            ].concat(['--exclude-path', '/api/events', '--exclude-path-regex', '/train$', '--request-timeout', '30']),
            { cwd: place.path, env: { PATH: process.env.PATH, HOME: place.path }, stdio: ['ignore', 'pipe', 'pipe'] },
          ),
        );
        expect([code, code === 0 ? '' : stdout.slice(-20_000)]).toEqual([0, '']);
      } finally {
        server.process.kill('SIGTERM');
      }
      expect(await server.end).toMatchObject({ code: 0, stderr: expect.not.stringMatching(/Request .*Error/) });
    },
    300_000,
  );
});
