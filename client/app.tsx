import { lazy, Suspense } from 'react';
import { ErrorBoundary } from './house/error-boundary.tsx';
import { HomePage } from './house/home-page.tsx';
import { UnknownPage } from './house/unknown-page.tsx';
import { useAddress } from './route/navigation.tsx';
import { ThemeProvider } from './theme/theme.tsx';

const LabsPage = lazy(() =>
  import('./house/labs-page.tsx').then(module => ({ default: module.LabsPage })),
);
const NewLabPage = lazy(() =>
  import('./house/new-lab-page.tsx').then(module => ({ default: module.NewLabPage })),
);
const HistoryPage = lazy(() =>
  import('./history/history-page.tsx').then(module => ({ default: module.HistoryPage })),
);
const JoinPage = lazy(() =>
  import('./house/join-page.tsx').then(module => ({ default: module.JoinPage })),
);
const SignInPage = lazy(() =>
  import('./house/sign-in-page.tsx').then(module => ({ default: module.SignInPage })),
);
const LabPage = lazy(() =>
  import('./shell/lab-page.tsx').then(module => ({ default: module.LabPage })),
);

export const App = () => (
  <ThemeProvider>
    <ErrorBoundary>
      <Suspense>
        <Page />
      </Suspense>
    </ErrorBoundary>
  </ThemeProvider>
);

const Page = () => {
  const address = useAddress();
  switch (address.page) {
    case 'home':
      return <HomePage />;
    case 'labs':
      return <LabsPage />;
    case 'new-lab':
      return <NewLabPage />;
    case 'sign-in':
      return <SignInPage token={address.token} />;
    case 'history':
      return <HistoryPage lab={address.lab} />;
    case 'join':
      return <JoinPage token={address.token} />;
    case 'lab':
      return <LabPage place={address} />;
    case 'unknown':
      return <UnknownPage path={address.path} />;
  }
};
