// A data folder for tests of backups, with a workspace that is opened for one piece of work.
import { type App, openApp } from '../../src/app.js';
import { type Config, readConfiguration } from '../../src/config.js';

export const key = 'a key of more than thirty-two characters';

export const configIn = (folder: string, data: string, more: Record<string, string> = {}): Config =>
  readConfiguration({ flags: { data }, environment: { CARELAKE_RECORDS_KEY: key, ...more }, folder }).config;

export async function withApp<Result>(own: Config, work: (app: App) => Promise<Result>): Promise<Result> {
  const app = await openApp(own);
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}
