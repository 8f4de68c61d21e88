// Which address shows which page. Each page is loaded when it is first opened, while the shell is there already.
import { lazy } from 'react';
import { Navigate, type RouteObject } from 'react-router';
import { Broken } from './shell/broken.tsx';
import { Shell } from './shell/shell.tsx';

const Home = lazy(() => import('./pages/home/home.tsx'));
const Demographics = lazy(() => import('./pages/demographics/demographics.tsx'));
const Quality = lazy(() => import('./pages/quality/quality.tsx'));
const Runs = lazy(() => import('./pages/runs/runs.tsx'));
const NotFound = lazy(() => import('./pages/not-found.tsx'));

export const routes: RouteObject[] = [
  {
    path: '/',
    element: <Shell />,
    errorElement: <Broken />,
    children: [
      { index: true, element: <Home /> },
      { path: 'dashboard', element: <Navigate to="/dashboard/demographics" replace /> },
      { path: 'dashboard/demographics', element: <Demographics /> },
      { path: 'quality', element: <Quality /> },
      { path: 'runs', element: <Runs /> },
      { path: '*', element: <NotFound /> },
    ],
  },
];
