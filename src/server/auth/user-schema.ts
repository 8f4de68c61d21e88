// How users and links are shown: what others may know of them, and never a hash.
import { Type } from 'typebox';
import type { NewLink } from '../../records/directory/link.js';
import type { User } from '../../records/directory/user.js';
import { roleSchema } from './session-answer.js';

const time = Type.String({ format: 'date-time' });

export const userSchema = Type.Object({
  name: Type.String(),
  roles: Type.Array(roleSchema),
  state: Type.Enum(['active', 'invited', 'disabled'], { description: 'Invited: no password has been chosen yet.' }),
  created_at: time,
  created_by: Type.String(),
  signed_in_at: Type.Union([time, Type.Null()], { description: 'When they last signed in.' }),
});

export const userExample = {
  ...{ name: 'ann', roles: ['clinician' as const], state: 'active' as const, created_by: 'admin' },
  ...{ created_at: '2026-03-01T08:15:30.123Z', signed_in_at: '2026-03-02T08:15:30.123Z' },
};

export const shownUser = ({ name, roles, disabled, password, created_at, created_by, signed_in_at }: User) => ({
  name,
  roles,
  state: disabled ? ('disabled' as const) : password === null ? ('invited' as const) : ('active' as const),
  created_at,
  created_by,
  signed_in_at,
});

export const linkSchema = Type.Object({
  path: Type.String({ description: 'To be opened on this server, once. Whoever has it can choose the password.' }),
  expires_at: time,
});

export const linkExample = {
  path: '/welcome#0nWb3xGcQF0mYw0o0l0n3yqv1n2m3b4v5c6x7z8a9s0',
  expires_at: '2026-03-04T08:15:30.123Z',
};

/** Behind the # nothing is sent to a server, nor named to the next page. */
export const linkPath = ({ token }: NewLink): string => `/welcome#${token}`;

export const shownLink = (link: NewLink) => ({ path: linkPath(link), expires_at: link.expires_at });
