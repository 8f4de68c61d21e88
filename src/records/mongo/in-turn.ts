// Commands of which few are under way at once: what is asked in one turn of the event loop, and while as many as may be are under
// way, goes in the next. So the more is asked at once, the more of it is one command.

interface Waiting<Question, Answer> {
  readonly question: Question;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/** How many questions one command takes, and how many commands are under way at once. */
export interface Turns {
  readonly most: number;
  readonly atOnce: number;
}

/** @param ask Their answers, in their order. Nobody is given what was asked for before they asked. */
export function inTurn<Question, Answer>(
  { most, atOnce }: Turns,
  ask: (questions: readonly Question[]) => Promise<readonly Answer[]>,
): (question: Question) => Promise<Answer> {
  let waiting: Waiting<Question, Answer>[] = [];
  let isGathering = false;
  let underWay = 0;

  async function gather(): Promise<void> {
    isGathering = true;
    // Whoever asks in this turn of the event loop is among them.
    await new Promise(setImmediate);
    isGathering = false;
    underWay += 1;
    while (waiting.length > 0) {
      const some = waiting.slice(0, most);
      waiting = waiting.slice(most);
      await answer(some);
    }
    underWay -= 1;
  }

  async function answer(some: readonly Waiting<Question, Answer>[]): Promise<void> {
    try {
      const answers = await ask(some.map(({ question }) => question));
      for (const [index, { resolve }] of some.entries()) resolve(answers[index] as Answer);
    } catch (error) {
      for (const { reject } of some) reject(error);
    }
  }

  return (question) =>
    new Promise((resolve, reject) => {
      waiting.push({ question, resolve, reject });
      if (!isGathering && underWay < atOnce) void gather();
    });
}
