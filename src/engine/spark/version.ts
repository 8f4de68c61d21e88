// Which Spark answers at an address, and whether it is one that can run the steps.
import { randomUUID } from 'node:crypto';
import { CarelakeError } from '../../errors.js';
import { type SparkAddress, shownAddress } from './address.js';
import type { Connection } from './connection.js';
import { connectionFailure } from './failure.js';
import { SparkFault } from './fault.js';

/** @throws ENGINE_UNREACHABLE, ENGINE_REFUSED, ENGINE_VERSION. */
export async function serverVersion(connection: Connection, address: SparkAddress): Promise<string> {
  const envelope = { sessionId: randomUUID(), userContext: { userId: address.user }, clientType: 'carelake' };
  try {
    const { sparkVersion } = await connection.call('AnalyzePlan', { ...envelope, sparkVersion: {} });
    await connection.call('ReleaseSession', envelope).catch(() => undefined);
    return requireVersion(sparkVersion?.version ?? '', address);
  } catch (error) {
    throw (error instanceof SparkFault && connectionFailure(address, error, 'Connecting')) || error;
  }
}

function requireVersion(version: string, address: SparkAddress): string {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 3 || (major === 3 && minor >= 5)) return version;
  throw new CarelakeError('ENGINE_VERSION', `${shownAddress(address)} is Spark ${version}.`);
}
