// What every command has in common: where the data is, `--json`, what it opens and closes, and how it fails.
import { Command, InvalidArgumentError } from 'commander';
import { type App, openApp } from '../app.js';
import { type Flags, readConfiguration } from '../config.js';
import { CarelakeError } from '../errors.js';
import { type Output, reportFailure, terminalOutput } from './output.js';

export interface Invocation {
  readonly app: App;
  readonly output: Output;
  /** Aborted by Ctrl-C, with the coded error INTERRUPTED as its reason. */
  readonly signal: AbortSignal;
}

interface CommonOptions {
  readonly data?: string;
  readonly workspace?: string;
  readonly engine?: string;
  readonly json?: boolean;
}

export interface CommandText {
  readonly name: string;
  readonly summary: string;
  /** Whole command lines that a reader can try. */
  readonly examples: readonly string[];
}

/** A command with the options that all have; the caller adds its own and `.action(running(…))`. */
export function command({ name, summary, examples }: CommandText): Command {
  return new Command(name)
    .description(summary)
    .option('--data <dir>', 'the folder that holds everything (CARELAKE_DATA; ./carelake-data)')
    .option('--workspace <id>', 'whose data (CARELAKE_WORKSPACE; default)')
    .option('--json', 'print one JSON document and nothing else')
    .addHelpText('after', `\nExamples:\n${examples.map((example) => `  carelake ${example}`).join('\n')}`);
}

/** Runs a command on an opened workspace; sets the exit status and closes what was opened. */
export function running<Options, Arguments extends readonly unknown[]>(
  work: (invocation: Invocation, options: Options, ...positional: Arguments) => Promise<void>,
): (...received: unknown[]) => Promise<void> {
  return async (...received) => {
    // Commander hands over the positional arguments, then the options, then the command.
    const options = received.at(-2) as Options & CommonOptions;
    const positional = received.slice(0, -2) as unknown as Arguments;
    const output = terminalOutput(options.json ?? false);
    const interrupt = new AbortController();
    const onInterrupt = (): void => {
      output.note('Stopping; what is finished is kept.');
      interrupt.abort(new CarelakeError('INTERRUPTED', 'It was asked to stop before it had finished.'));
    };
    for (const name of stopSignals) process.once(name, onInterrupt);
    let app: App | undefined;
    try {
      const { config, hints, others } = readConfiguration({ flags: flagsOf(options) });
      for (const hint of hints) output.note(hint);
      Object.assign(process.env, others);
      app = await openApp(config);
      await work({ app, output, signal: interrupt.signal }, options, ...positional);
    } catch (error) {
      output.progress('');
      process.exitCode = reportFailure(isAbort(error) ? interrupt.signal.reason : error, output.json);
    } finally {
      for (const name of stopSignals) process.off(name, onInterrupt);
      // The one document of --json is written by now, so this is told on stderr.
      await app?.close().catch((error: unknown) => {
        process.exitCode = reportFailure(error, false);
      });
    }
  };
}

/** Ctrl-C, and what a service manager sends; the second one ends the process at once. */
const stopSignals = ['SIGINT', 'SIGTERM'] as const;

/** Streams say so when they end because of a signal, whatever its reason. */
const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError';

const flagsOf = ({ data, workspace, engine }: CommonOptions): Flags => ({ data, workspace, engine });

/** An option's whole number, or a usage error that names it. */
export function wholeNumber(name: string, least: number, most?: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^[0-9]+$/.test(text) || !Number.isSafeInteger(value) || value < least || value > (most ?? value)) {
      const range = most === undefined ? `from ${least}` : `from ${least} to ${most}`;
      throw new InvalidArgumentError(`${name} must be a whole number ${range}.`);
    }
    return value;
  };
}

/** An option's share, or a usage error that names it. */
export function share(name: string): (text: string) => number {
  return (text) => {
    if (!/^([0-9]+([.][0-9]*)?|[.][0-9]+)$/.test(text) || Number(text) > 1) {
      throw new InvalidArgumentError(`${name} must be a number from 0 to 1.`);
    }
    return Number(text);
  };
}
