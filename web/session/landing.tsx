// Where somebody begins who names no page: at home where numbers are for them, else at the page of their work.
import type { ReactNode } from 'react';
import { Navigate } from 'react-router';
import { useMay } from './session.ts';

export function Landing({ children }: { readonly children: ReactNode }) {
  const may = useMay();
  if (may('numbers:read')) return children;
  return <Navigate to={may('audit:read') ? '/audit' : '/account'} replace />;
}
