// What somebody is here for. What each role may do stands in one place: src/server/auth/permissions.ts.

export const roles = ['admin', 'clinician', 'data_entry', 'analyst', 'auditor'] as const;

export type Role = (typeof roles)[number];
