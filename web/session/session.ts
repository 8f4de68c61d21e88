// Who is signed in, and what they may do.
import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Role } from '../../src/records/directory/role.ts';
import type { Permission } from '../../src/server/auth/permissions.ts';
import { ask } from '../api/request.ts';
import { keepToken } from './token.ts';

export interface Session {
  readonly auth: 'on' | 'off';
  readonly user: {
    readonly name: string;
    readonly kind: 'process' | 'user' | 'key' | 'token';
    readonly roles: readonly Role[];
    readonly permissions: readonly Permission[];
  } | null;
  /** Where one may sign in by OpenID Connect. */
  readonly provider: string | null;
  readonly csrf_token: string | null;
}

export const sessionPath = '/api/auth/session';

async function readSession(signal: AbortSignal): Promise<Session> {
  const session = await ask<Session>(sessionPath, { signal });
  keepToken(session);
  return session;
}

/** Asked for again when the page is looked at again: another one may have signed out, or in as somebody else. */
export const useSession = () =>
  useQuery({
    queryKey: [sessionPath],
    queryFn: ({ signal }) => readSession(signal),
    staleTime: 0,
    refetchOnWindowFocus: 'always',
  });

export function useMay(): (permission: Permission) => boolean {
  const { data } = useSession();
  return (permission) => data?.user?.permissions.includes(permission) ?? false;
}

/** Takes up what signing in or out was answered. Nothing of whoever was there before stays in the page. */
export function useSessionChange(): (session: Session) => void {
  const queries = useQueryClient();
  return (session) => {
    keepToken(session);
    forgetAnswers(queries);
    queries.setQueryData([sessionPath], session);
  };
}

export function forgetAnswers(queries: QueryClient): void {
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionPath });
}
