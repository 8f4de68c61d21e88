// Shows what is inside only to whoever is signed in; leads everybody else to the page where they do, and back.
import { Container, Skeleton } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef } from 'react';
import { Navigate, useLocation } from 'react-router';
import { Failure } from '../states/failure.tsx';
import { forgetAnswers, type Session, useSession } from './session.ts';

export function SignedIn({ children }: { readonly children: (session: Session) => ReactNode }) {
  const { data, error, refetch } = useSession();
  const { pathname, search, hash } = useLocation();
  useForgetting(data);
  if (data === undefined) {
    return (
      <Container py="xl">
        {error ? (
          <Failure error={error} onRetry={() => void refetch()} />
        ) : (
          <Skeleton height={320} role="status" aria-label="Loading" />
        )}
      </Container>
    );
  }
  if (data.user) return children(data);
  const here = `${pathname}${search}${hash}`;
  return <Navigate to={here === '/' ? '/sign-in' : `/sign-in?${new URLSearchParams({ to: here })}`} replace />;
}

/** Where somebody else is signed in than a moment ago, or nobody, no answer to the one before is shown again. */
function useForgetting(session: Session | undefined): void {
  const queries = useQueryClient();
  const name = session?.user?.name;
  const seen = useRef(name);
  useEffect(() => {
    if (seen.current !== undefined && seen.current !== name) forgetAnswers(queries);
    seen.current = name;
  }, [name, queries]);
}
