// The Spark Connect server that the tests run against, where there is one.
import { describe } from 'vitest';

/** `sc://127.0.0.1:PORT`, from .ci/services. */
export const spark = process.env.CARELAKE_TEST_SPARK ?? '';

const required = process.env.REQUIRE_SERVICES === '1';

/** Tests that need the server: without one they are skipped, and say why; where services are required they fail. */
export const describeWithSpark = (name: string, tests: () => void): void => {
  describe.skipIf(spark === '' && !required)(
    spark === '' ? `${name} (CARELAKE_TEST_SPARK names no server)` : name,
    tests,
  );
};
