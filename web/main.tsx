// Starts the web app in the page.
import '@mantine/core/styles.css';
import './styles.css';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { ApiError } from './api/request.ts';
import { routes } from './routes.tsx';
import { cssVariables, theme } from './theme.ts';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // What a run published does not change; the shell asks again for everything when another run is published.
      staleTime: Number.POSITIVE_INFINITY,
      retry: (failures, error) => failures < 2 && error instanceof ApiError && error.mayPass,
    },
  },
});

/** The nonce under which the content security policy lets styles of the app through. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="style-nonce"]')?.nonce ?? '';

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
