// What other processes hold or left behind: the lock of a run, and what a collection would remove.
import type { App } from '../app.js';
import { collectGarbage, usualGc } from '../pipeline/gc.js';
import { lockHolder } from '../pipeline/lock.js';
import type { Verdict } from './finding.js';
import { sizeText } from './size.js';

export async function runLock({ lake }: App): Promise<Verdict> {
  const holder = await lockHolder(lake);
  if (!holder) return { state: 'ok', detail: 'no run is in progress' };
  const who = `process ${holder.pid} on ${holder.host}, since ${holder.since}`;
  if (holder.alive) return { state: 'ok', detail: `a run is in progress: ${who}` };
  return { state: 'warning', detail: `left by a run that died: ${who}. The next carelake run takes it over.` };
}

export async function leftovers({ lake }: App): Promise<Verdict> {
  const { files, scratch, bytes } = await collectGarbage(lake, { ...usualGc, dry: true });
  if (files + scratch === 0) return { state: 'ok', detail: 'carelake gc would remove nothing' };
  const what = `${files} files that no kept run needs and ${scratch} left by crashes`;
  return { state: 'ok', detail: `carelake gc would remove ${what}: ${sizeText(bytes)}` };
}
