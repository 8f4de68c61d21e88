// Which address shows which page. Each page is loaded when it is first opened.
import { Navigate, type RouteObject } from 'react-router';
import { Broken } from './shell/broken.tsx';
import { Shell } from './shell/shell.tsx';

export const routes: RouteObject[] = [
  {
    path: '/',
    element: <Shell />,
    // Nothing is shown while the code of the first page comes: it takes a few milliseconds.
    hydrateFallbackElement: <></>,
    errorElement: <Broken />,
    children: [
      { index: true, lazy: async () => ({ Component: (await import('./pages/home/home.tsx')).Home }) },
      { path: 'dashboard', element: <Navigate to="/dashboard/demographics" replace /> },
      {
        path: 'dashboard/demographics',
        lazy: async () => ({ Component: (await import('./pages/demographics/demographics.tsx')).Demographics }),
      },
      { path: 'quality', lazy: async () => ({ Component: (await import('./pages/quality/quality.tsx')).Quality }) },
      { path: 'runs', lazy: async () => ({ Component: (await import('./pages/runs/runs.tsx')).Runs }) },
      { path: '*', lazy: async () => ({ Component: (await import('./pages/not-found.tsx')).NotFound }) },
    ],
  },
];
