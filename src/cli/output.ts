// What the command line prints: results on stdout, progress on stderr, bars only on a terminal.
import type { ErrorCode } from '../errors.js';
import { CarelakeError } from '../errors.js';
import { withoutValues } from '../server/observe/without-values.js';

export interface Output {
  readonly json: boolean;
  /** The one JSON document of `--json`; `text` is what a person reads instead. */
  result(document: unknown, text: () => string): void;
  /** A line for whoever watches; never part of the result. */
  note(text: string): void;
  /** Replaces the line of progress before it; on a terminal only. */
  progress(text: string): void;
}

export function terminalOutput(json: boolean): Output {
  const { stdout, stderr } = process;
  let shown = false;
  const clear = (): void => {
    if (shown) stderr.write('\r\u001b[2K');
    shown = false;
  };
  return {
    json,
    result(document, text) {
      clear();
      stdout.write(json ? `${JSON.stringify(document, bigintAsText, 2)}\n` : `${text()}\n`);
    },
    note(text) {
      clear();
      stderr.write(`${text}\n`);
    },
    progress(text) {
      if (!stderr.isTTY || json) return;
      stderr.write(`\r\u001b[2K${printable(text).slice(0, (stderr.columns ?? 80) - 1)}`);
      shown = true;
    },
  };
}

/** Integers beyond 2^53 keep all of their digits. */
const bigintAsText = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value);

/** Rows under headings; numbers to the right. */
export function textTable(headings: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const cells = rows.map((row) => row.map(cellText));
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  const isNumber = headings.map((_, column) => rows.length > 0 && rows.every((row) => typeof row[column] === 'number'));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        return isNumber[column] ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd();
  return [line(headings), line(widths.map((width) => '─'.repeat(width))), ...cells.map(line)].join('\n');
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return value.toLocaleString('en-US', { maximumFractionDigits: 6 });
  return printable(Array.isArray(value) ? value.join('; ') : String(value));
}

/** Control characters of a file's names and values must not reach the terminal. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is replaced
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '·');
}

/** The start of a long text, for a table that people read; --json and --csv have all of it. */
export function excerpt(value: unknown, most = 60): unknown {
  return typeof value === 'string' && value.length > most ? `${value.slice(0, most - 1)}…` : value;
}

/** What a failure says: a coded one how to go on, any other that it is our fault. Returns the exit status. */
export function reportFailure(error: unknown, json: boolean): number {
  if (error instanceof CarelakeError) {
    const { title, fix, exit, status } = error.entry;
    if (json) {
      const document = {
        success: false,
        title,
        status,
        code: error.code satisfies ErrorCode,
        detail: error.message,
        fix,
        errors: error.faults,
      };
      process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
    } else {
      process.stderr.write(
        `${title} (${error.code})\n${indent(error.message.split('\n').map(printable).join('\n'))}\n${fix}\n`,
      );
    }
    return exit;
  }
  // Whoever reports it must not send along a value of a patient.
  const { message, stack } = error instanceof Error ? error : { message: String(error), stack: undefined };
  const detail = withoutValues(message);
  if (json) process.stdout.write(`${JSON.stringify({ success: false, code: 'INTERNAL', detail }, null, 2)}\n`);
  process.stderr.write(
    `Carelake failed in a way that it did not foresee; please report this.\n${withoutValues(stack ?? message)}\n`,
  );
  return 1;
}

const indent = (text: string): string => text.replace(/^/gm, '  ');
