// Which address shows which page. Each page is loaded when it is first opened, while the shell is there already.

import type { ReactNode } from 'react';
import { lazy, Suspense } from 'react';
import { Navigate, type RouteObject } from 'react-router';
import { Allowed } from './session/allowed.tsx';
import { Landing } from './session/landing.tsx';
import { Broken } from './shell/broken.tsx';
import { Shell } from './shell/shell.tsx';

const Home = lazy(() => import('./pages/home/home.tsx'));
const Demographics = lazy(() => import('./pages/demographics/demographics.tsx'));
const Quality = lazy(() => import('./pages/quality/quality.tsx'));
const Runs = lazy(() => import('./pages/runs/runs.tsx'));
const Users = lazy(() => import('./pages/users/users.tsx'));
const Audit = lazy(() => import('./pages/audit/audit.tsx'));
const Account = lazy(() => import('./pages/account/account.tsx'));
const Keys = lazy(() => import('./pages/keys/keys.tsx'));
const NotFound = lazy(() => import('./pages/not-found.tsx'));
const SignIn = lazy(() => import('./pages/sign-in/sign-in.tsx'));
const Welcome = lazy(() => import('./pages/sign-in/welcome.tsx'));

const numbers = (page: ReactNode) => <Allowed needs="numbers:read">{page}</Allowed>;

export const routes: RouteObject[] = [
  {
    path: '/sign-in',
    element: (
      <Suspense>
        <SignIn />
      </Suspense>
    ),
    errorElement: <Broken />,
  },
  {
    path: '/welcome',
    element: (
      <Suspense>
        <Welcome />
      </Suspense>
    ),
    errorElement: <Broken />,
  },
  {
    path: '/',
    element: <Shell />,
    errorElement: <Broken />,
    children: [
      {
        index: true,
        element: (
          <Landing>
            <Home />
          </Landing>
        ),
      },
      { path: 'dashboard', element: <Navigate to="/dashboard/demographics" replace /> },
      { path: 'dashboard/demographics', element: numbers(<Demographics />) },
      { path: 'quality', element: numbers(<Quality />) },
      { path: 'runs', element: numbers(<Runs />) },
      {
        path: 'users',
        element: (
          <Allowed needs="users:write" inPerson>
            <Users />
          </Allowed>
        ),
      },
      {
        path: 'audit',
        element: (
          <Allowed needs="audit:read">
            <Audit />
          </Allowed>
        ),
      },
      {
        path: 'account',
        element: (
          <Allowed needs="account:own" inPerson>
            <Account />
          </Allowed>
        ),
      },
      {
        path: 'account/keys',
        element: (
          <Allowed needs="keys:own" inPerson>
            <Keys />
          </Allowed>
        ),
      },
      { path: '*', element: <NotFound /> },
    ],
  },
];
