// All that is checked, in the order in which it is read. No check ends another: what fails is a finding.
import type { App } from '../app.js';
import { analyticsAddUp } from './analytics.js';
import { auditWhole } from './audit.js';
import { batchesWhole, clock } from './batches.js';
import { configuration } from './configuration.js';
import { contentsUnchanged } from './contents.js';
import { encryption } from './encryption.js';
import { engineAnswers } from './engine.js';
import { type Finding, failureText, type Verdict } from './finding.js';
import { memory } from './memory.js';
import { modelsOpen, modelsPredict, type Noted } from './models.js';
import { nodeVersion } from './node.js';
import { permissions } from './permissions.js';
import { accountAddsUp, publishedRun } from './published-run.js';
import { recordsAnswer } from './records.js';
import { freeSpace } from './space.js';
import { sparkReachesLake } from './spark.js';
import { leftovers, runLock } from './upkeep.js';
import { lakeTakesFiles, spillFolder } from './writable.js';

export type { Finding } from './finding.js';

const checks: readonly (readonly [name: string, check: (app: App) => Promise<Verdict>])[] = [
  ['node', nodeVersion],
  ['configuration', configuration],
  ['memory', memory],
  ['lake', lakeTakesFiles],
  ['temporary files', spillFolder],
  ['free space', freeSpace],
  ['permissions', permissions],
  ['encryption', encryption],
  ['engine', engineAnswers],
  ['spark', sparkReachesLake],
  ['clock', clock],
  ['batches', batchesWhole],
  ['published run', publishedRun],
  ['account', accountAddsUp],
  ['records', recordsAnswer],
  ['run lock', runLock],
  ['leftovers', leftovers],
];

/** Read all that is stored, which takes as long as that takes, and ask what users ask. */
const deepChecks: readonly (readonly [name: string, check: (app: App, noted: Noted) => Promise<Verdict>])[] = [
  ['contents', contentsUnchanged],
  ['models', modelsOpen],
  ['predictions', modelsPredict],
  ['analytics', analyticsAddUp],
  ['audit log', auditWhole],
];

/** Checks the machine and one workspace, one check after the other. Never throws. */
export async function check(app: App, deep?: { readonly noted: Noted }): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const note = async (name: string, verdict: Promise<Verdict>): Promise<void> => {
    const failed = (error: unknown): Verdict => ({ state: 'failed', detail: failureText(error) });
    findings.push({ name, ...(await verdict.catch(failed)) });
  };
  for (const [name, inspect] of checks) await note(name, inspect(app));
  if (deep) for (const [name, inspect] of deepChecks) await note(name, inspect(app, deep.noted));
  return findings;
}
