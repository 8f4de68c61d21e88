// Starts the web app in the page.
import '@mantine/core/styles.css';
import './styles.css';
import { MantineProvider } from '@mantine/core';
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { ApiError } from './api/request.ts';
import { routes } from './routes.tsx';
import { watchAttendance } from './session/attendance.ts';
import { sessionPath } from './session/session.ts';
import { cssVariables, theme } from './theme.ts';

const queries: QueryClient = new QueryClient({
  // Whoever is signed in no more is led to where they can be; another page of this browser may have signed in anew.
  queryCache: new QueryCache({
    onError: (error) => {
      const codes = ['SIGN_IN_REQUIRED', 'CSRF_REFUSED'];
      if (error instanceof ApiError && codes.includes(error.problem.code)) {
        void queries.invalidateQueries({ queryKey: [sessionPath] });
      }
    },
  }),
  defaultOptions: {
    queries: {
      // What a run published does not change; the shell asks again for everything when another run is published.
      staleTime: Number.POSITIVE_INFINITY,
      retry: (failures, error) => error instanceof ApiError && failures < error.retries,
    },
  },
});

/** The nonce under which the content security policy lets styles of the app through. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="style-nonce"]')?.nonce ?? '';

watchAttendance();

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element #root.');
createRoot(root).render(
  <MantineProvider
    theme={theme}
    cssVariablesResolver={cssVariables}
    defaultColorScheme="auto"
    getStyleNonce={() => nonce}
  >
    <QueryClientProvider client={queries}>
      <RouterProvider router={createBrowserRouter(routes)} />
    </QueryClientProvider>
  </MantineProvider>,
);
