// What goes to a server with every call, seen by a gRPC server that is no Spark but understands its protocol.
import { expect, test } from 'vitest';
import { openSpark } from '../../../src/engine/spark/engine.js';
import { pretendToBeSpark } from './impostor.js';

test('the token and every header of the address go with each call', async () => {
  const { port, seen, close } = await pretendToBeSpark({ version: '4.0.1' });
  try {
    const engine = await openSpark({ address: `sc://127.0.0.1:${port}/;token=sesame;x-Cluster=7;x-proxy=a%20b` });
    expect(engine).toMatchObject({ name: 'spark', version: '4.0.1' });
    await engine.close();
    expect(seen.length).toBeGreaterThan(4);
    for (const headers of seen) {
      expect(headers).toMatchObject({ authorization: 'Bearer sesame', 'x-cluster': '7', 'x-proxy': 'a b' });
    }
  } finally {
    close();
  }
});

test.each([
  ['3.4.3', undefined],
  ['2.4.8', undefined],
  ['3.5.0', '3.5.0'],
  ['4.3.0', '4.3.0'],
  ['10.0.0-SNAPSHOT', '10.0.0-SNAPSHOT'],
])('Spark %s is version %s, or refused', async (version, taken) => {
  const { port, close } = await pretendToBeSpark({ version });
  try {
    const opened = openSpark({ address: `sc://127.0.0.1:${port}` });
    if (taken === undefined) {
      await expect(opened).rejects.toMatchObject({
        code: 'ENGINE_VERSION',
        message: expect.stringContaining(`Spark ${version}`),
      });
    } else {
      const engine = await opened;
      expect(engine.version).toBe(taken);
      await engine.close();
    }
  } finally {
    close();
  }
});
