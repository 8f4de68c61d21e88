// When work for an answer ends, whether it is done or not: its time is over, whoever asked has gone, or the server stops.
import type { FastifyReply } from 'fastify';
import { CarelakeError } from '../../errors.js';

export interface Ending {
  /**
   * Aborted then, with a coded error as its reason. Most answers are given without anybody asking for it. A method, for V8
   * puts the getter of a literal among what is old, where it holds all of its request until the whole heap is collected.
   */
  signal(): AbortSignal;
  close(): void;
}

/** @param seconds From now on. @param stop Aborted when statements must end. */
export function endingOf({ raw }: FastifyReply, seconds: number, stop: AbortSignal): Ending {
  const begun = performance.now();
  let signal: AbortSignal | undefined;
  let timer: NodeJS.Timeout | undefined;

  function watch(): AbortSignal {
    const end = new AbortController();
    const late = () => end.abort(new CarelakeError('ANSWER_TIMEOUT', `There was no answer after ${seconds} s.`));
    const gone = () => end.abort(new CarelakeError('ENGINE_CANCELLED', 'Nobody waits for the answer.'));
    timer = setTimeout(late, seconds * 1000 - (performance.now() - begun));
    if (raw.destroyed) gone();
    else raw.once('close', gone);
    return AbortSignal.any([end.signal, stop]);
  }

  return {
    signal() {
      signal ??= watch();
      return signal;
    },
    close: () => clearTimeout(timer),
  };
}
