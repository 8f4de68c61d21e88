// Makes data of what is typed: starts a run a moment after the last write, one at a time, and tries again what failed.
import { CarelakeError, isCoded } from '../../errors.js';
import { failureText } from '../failure-text.js';
import { noteKeptBack, toldOf } from '../of-the-house.js';

export interface RunState {
  /** `waiting`: a run begins when nobody has written for a moment. `failed`: it is tried again at `again`. */
  readonly state: 'idle' | 'waiting' | 'running' | 'failed';
  /** Since when, ISO 8601. */
  readonly since: string;
  /** The run that this server last made. */
  readonly run: string | null;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly again: string | null;
}

export interface RunKeeper {
  /** Somebody wrote. */
  wrote(): void;
  state(): RunState;
  /** Ends the run that is under way, of which finished steps are kept, and starts none. */
  close(): Promise<void>;
}

export interface RunKeeperOptions {
  /** Reads all that has landed and was typed; returns the id of what is then published. */
  readonly run: (signal: AbortSignal) => Promise<string>;
  /** How long nobody must have written, in milliseconds. */
  readonly quiet: number;
  readonly onState: (state: RunState) => void;
  /** Is told of failures that nobody foresaw. */
  readonly report: (text: string) => void;
}

/** Who writes without end waits no longer than this many quiet times. */
const mostQuiet = 5;
/** After another process's run, and after failures, of which each makes the next wait longer. */
const busyMs = 2000;
const failedMs = 15_000;
const mostFailedMs = 600_000;

export function keepRuns({ run, quiet, onState, report }: RunKeeperOptions): RunKeeper {
  const closing = new AbortController();
  let state: RunState = { state: 'idle', since: now(), run: null, error: null, again: null };
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  /** When the first write came that no run has read. */
  let first: number | undefined;
  let failures = 0;

  function become(next: Partial<RunState> & Pick<RunState, 'state'>): void {
    state = { ...state, error: null, again: null, since: now(), ...next };
    onState(state);
  }

  function startIn(ms: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = start().finally(() => {
        running = undefined;
        if (first !== undefined && state.state === 'idle') wait();
      });
    }, ms);
  }

  function wait(): void {
    if (closing.signal.aborted || running) return;
    const left = (first ?? 0) + mostQuiet * quiet - performance.now();
    if (state.state !== 'waiting') become({ state: 'waiting' });
    startIn(Math.max(0, Math.min(quiet, left)));
  }

  async function start(): Promise<void> {
    // What is written from now on may be too late for this run.
    first = undefined;
    become({ state: 'running' });
    try {
      const id = await run(closing.signal);
      failures = 0;
      become({ state: 'idle', run: id });
    } catch (error) {
      if (closing.signal.aborted) return;
      const isBusy = isCoded(error, 'RUN_IN_PROGRESS');
      if (!isBusy) failures += 1;
      const ms = isBusy ? busyMs : Math.min(mostFailedMs, failedMs * 2 ** (failures - 1));
      if (isBusy) become({ state: 'waiting' });
      else become({ state: 'failed', error: shown(error, report), again: new Date(Date.now() + ms).toISOString() });
      startIn(ms);
    }
  }

  return {
    wrote() {
      first ??= performance.now();
      wait();
    },
    state: () => state,
    async close() {
      closing.abort(new CarelakeError('INTERRUPTED', 'The server is stopping.'));
      clearTimeout(timer);
      await running;
    },
  };
}

const now = (): string => new Date().toISOString();

function shown(error: unknown, report: (text: string) => void): NonNullable<RunState['error']> {
  if (error instanceof CarelakeError) {
    noteKeptBack('A run', error, report);
    return { code: error.code, message: toldOf(error) };
  }
  report(failureText(error));
  return { code: 'INTERNAL', message: 'The server has written down what happened.' };
}
