// A workspace in a folder of its own, with a tiny hospital where it is asked for.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, openApp } from '../../src/app.js';
import { readConfiguration } from '../../src/config.js';
import { check, type Finding } from '../../src/doctor/check.js';
import { ingest } from '../../src/pipeline/land/ingest.js';
import { run } from '../../src/pipeline/run.js';

export const openAt = (data: string): Promise<App> => {
  const environment = { CARELAKE_MEMORY: '300MB', CARELAKE_THREADS: '2' };
  return openApp(readConfiguration({ flags: { data }, environment, folder: data }).config);
};

export class Workspace {
  /** Holds the data folder, which nothing has made yet, and the files to land. */
  readonly folder: string;
  readonly app: App;

  constructor(folder: string, app: App) {
    this.folder = folder;
    this.app = app;
  }

  static async fresh(): Promise<Workspace> {
    const folder = await mkdtemp(join(tmpdir(), 'carelake-doctor-'));
    return new Workspace(folder, await openAt(join(folder, 'data')));
  }

  async land(clock = () => new Date()): Promise<void> {
    const path = join(this.folder, 'patients.csv');
    await writeFile(path, 'patient_id,age,gender\np1,44,Male\np2,71,Female\n\np2,71,Female\n,5,Male\n');
    await ingest({ paths: [path] }, { lake: this.app.lake, lander: await this.app.engine(), clock });
  }

  async run(): Promise<void> {
    await run(this.app.lake, await this.app.engine());
  }

  /** What was found, by the name of the check. */
  async findings({ deep = false } = {}): Promise<Record<string, Finding>> {
    const noted = () => Promise.reject(new Error('No model is served, so that no row is asked about.'));
    return Object.fromEntries(
      (await check(this.app, deep ? { noted } : undefined)).map((finding) => [finding.name, finding]),
    );
  }

  async keys(prefix: string): Promise<string[]> {
    const keys: string[] = [];
    for await (const { key } of this.app.lake.list(prefix)) keys.push(key);
    return keys;
  }

  /** The path of a file of the lake, to damage it. */
  path(key: string): string {
    return join(this.app.lake.address, key);
  }

  async remove(): Promise<void> {
    await this.app.close();
    await rm(this.folder, { recursive: true });
  }
}
