// Lets a page through where a run is published; else says what to do, without asking for numbers that are not there.
import type { ReactNode } from 'react';
import type { StatusAnswer } from '../api/answers.ts';
import { useStatus } from '../api/queries.ts';
import { Answered } from './answered.tsx';
import { NothingPublished } from './nothing-published.tsx';

type Run = NonNullable<StatusAnswer['run']>;

export function Published({ children }: { readonly children: (run: Run, status: StatusAnswer) => ReactNode }) {
  return (
    <Answered query={useStatus()} height={320}>
      {(status) => (status.run ? children(status.run, status) : <NothingPublished status={status} />)}
    </Answered>
  );
}
