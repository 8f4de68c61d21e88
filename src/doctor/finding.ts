// What a check finds, and how faults and failures are put into words.
import { CarelakeError } from '../errors.js';

/** `warning`: works, but somebody should look; `unknown`: cannot be told from here. */
export type State = 'ok' | 'warning' | 'failed' | 'unknown';

export interface Verdict {
  readonly state: State;
  readonly detail: string;
}

export interface Finding extends Verdict {
  readonly name: string;
}

/** How many faults of one kind are told one by one. */
const told = 5;

/** Failed with its faults, or ok where there are none. */
export function verdictOn(faults: readonly string[], ok: string): Verdict {
  if (faults.length === 0) return { state: 'ok', detail: ok };
  const more = faults.length > told ? [`and ${faults.length - told} more`] : [];
  return { state: 'failed', detail: [...faults.slice(0, told), ...more].join('; ') };
}

/** A failure in words: a coded error with its code and what to do, any other with the system's words. */
export function failureText(error: unknown): string {
  if (error instanceof CarelakeError)
    return `${error.entry.title} (${error.code}): ${error.message} ${error.entry.fix}`;
  return error instanceof Error ? error.message : String(error);
}
