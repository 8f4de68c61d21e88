// Shows what a question was answered with, or that it is still open, or why it was refused. Where it is asked again and that
// fails, what is known stays: it is still true of its run.
import { Skeleton, Stack } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Failure } from './failure.tsx';

interface Props<Answer> {
  readonly query: UseQueryResult<Answer>;
  /** Of the place that is kept while the answer is on its way, in pixels. */
  readonly height: number;
  readonly children: (answer: Answer) => ReactNode;
}

export function Answered<Answer>({ query, height, children }: Props<Answer>) {
  const { data, error, isPlaceholderData, refetch } = query;
  const failure = error && <Failure error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return failure ?? <Skeleton height={height} radius="md" role="status" aria-label="Loading" />;
  const answer = <div className={isPlaceholderData ? 'waiting' : undefined}>{children(data)}</div>;
  if (!failure) return answer;
  return (
    <Stack gap="lg">
      {failure}
      {answer}
    </Stack>
  );
}
