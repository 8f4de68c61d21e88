// Shows what a question was answered with, or that it is still open, or why it was refused.
import { Skeleton } from '@mantine/core';
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
  if (error) return <Failure error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton height={height} radius="md" role="status" aria-label="Loading" />;
  return <div className={isPlaceholderData ? 'waiting' : undefined}>{children(data)}</div>;
}
