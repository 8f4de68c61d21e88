// Commands that are sent one after the other: what is asked in one turn of the event loop, and while the answer to others is
// under way, goes in the next. So the more is asked at once, the more of it is one command.

interface Waiting<Question, Answer> {
  readonly question: Question;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/**
 * @param most How many questions one command takes.
 * @param ask Their answers, in their order. Nobody is given what was asked for before they asked.
 */
export function inTurn<Question, Answer>(
  most: number,
  ask: (questions: readonly Question[]) => Promise<readonly Answer[]>,
): (question: Question) => Promise<Answer> {
  let waiting: Waiting<Question, Answer>[] = [];
  let isAsking = false;

  async function askAll(): Promise<void> {
    isAsking = true;
    // Whoever asks in this turn of the event loop is among them.
    await new Promise(setImmediate);
    while (waiting.length > 0) {
      const some = waiting.slice(0, most);
      waiting = waiting.slice(most);
      try {
        const answers = await ask(some.map(({ question }) => question));
        for (const [index, { resolve }] of some.entries()) resolve(answers[index] as Answer);
      } catch (error) {
        for (const { reject } of some) reject(error);
      }
    }
    isAsking = false;
  }

  return (question) =>
    new Promise((resolve, reject) => {
      waiting.push({ question, resolve, reject });
      if (!isAsking) void askAll();
    });
}
