// The questions of the pages about people: users, keys, sessions. Asked anew whenever such a page is opened.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Role } from '../../src/records/directory/role.ts';
import { asked } from './queries.ts';

export interface User {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly state: 'active' | 'invited' | 'disabled';
  readonly created_at: string;
  readonly created_by: string;
  readonly signed_in_at: string | null;
}

export interface NewLink {
  readonly user: User;
  readonly link: { readonly path: string; readonly expires_at: string };
}

export interface Key {
  readonly id: string;
  readonly user: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly created_at: string;
  readonly expires_at: string;
  readonly used_at: string | null;
}

export interface OpenSession {
  readonly id: string;
  readonly current: boolean;
  readonly started_at: string;
  readonly seen_at: string;
  readonly expires_at: string;
  readonly from: string;
  readonly agent: string;
}

const usersPath = '/api/users';
const keysPath = '/api/keys';
const sessionsPath = '/api/auth/sessions';

const now = { staleTime: 0 };

export const useUsers = (enabled = true) =>
  useQuery({ ...asked<{ readonly users: readonly User[] }>(usersPath), ...now, enabled });

export const useKeys = (user: string) =>
  useQuery({
    ...asked<{ readonly keys: readonly Key[] }>(`${keysPath}?user=${encodeURIComponent(user)}`),
    ...now,
    queryKey: [keysPath, user],
  });

export const useSessions = () =>
  useQuery({ ...asked<{ readonly sessions: readonly OpenSession[] }>(sessionsPath), ...now });

/** To be called after something of it was changed. */
export function useRefresh(what: 'users' | 'keys' | 'sessions'): () => void {
  const queries = useQueryClient();
  const path = { users: usersPath, keys: keysPath, sessions: sessionsPath }[what];
  return () => void queries.invalidateQueries({ queryKey: [path] });
}
