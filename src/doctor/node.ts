// Whether this Node is one that the package runs on.
import { nodeRange } from '../version.js';
import type { Verdict } from './finding.js';

/** `range` is of the form `>=20.19`; `running` is `process.versions.node`. */
export function nodeVerdict(running: string, range: string): Verdict {
  const [, major, minor] = /^>=([0-9]+)[.]([0-9]+)$/.exec(range) ?? [];
  const [ours = 0, oursMinor = 0] = running.split('.').map(Number);
  const isEnough = ours > Number(major) || (ours === Number(major) && oursMinor >= Number(minor));
  const detail = `Node ${running}; needed is ${range}`;
  return { state: isEnough ? 'ok' : 'failed', detail };
}

export const nodeVersion = async (): Promise<Verdict> => nodeVerdict(process.versions.node, nodeRange);
