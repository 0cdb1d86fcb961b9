import { Suspense } from 'react';
import { ErrorBoundary } from './house/error-boundary.tsx';
import { HomePage } from './house/home-page.tsx';
import { UnknownPage } from './house/unknown-page.tsx';
import type { Address } from './route/address.ts';
import { later, type Later } from './route/later.ts';
import { useAddress } from './route/navigation.tsx';
import { ThemeProvider } from './theme/theme.tsx';

const labs = later(async () => (await import('./house/labs-page.tsx')).LabsPage);
const newLab = later(async () => (await import('./house/new-lab-page.tsx')).NewLabPage);
const history = later(async () => (await import('./history/history-page.tsx')).HistoryPage);
const join = later(async () => (await import('./house/join-page.tsx')).JoinPage);
const signIn = later(async () => (await import('./house/sign-in-page.tsx')).SignInPage);
const password = later(async () => (await import('./house/password-page.tsx')).PasswordPage);
const account = later(async () => (await import('./house/account-page.tsx')).AccountPage);
const lab = later(async () => (await import('./shell/lab-page.tsx')).LabPage);

/** Pages that come by themselves, by the name of their address. */
const LATER: { readonly [page: string]: Pick<Later<never>, 'fetch'> } = {
  labs,
  'new-lab': newLab,
  history,
  join,
  'sign-in': signIn,
  password,
  account,
  lab,
};

/** Where one goes from there, and wants to be at once. */
const NEXT: { readonly [page: string]: Pick<Later<never>, 'fetch'> } = {
  home: labs,
  join: lab,
  labs: lab,
  'sign-in': labs,
  password: labs,
};

/** Fetches the page of an address, and then the one behind it; what fails is fetched when it is drawn. */
export const fetchPage = async ({ page }: Address): Promise<void> => {
  await LATER[page]?.fetch().catch(() => undefined);
  void NEXT[page]?.fetch().catch(() => undefined);
};

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
      return <labs.View />;
    case 'new-lab':
      return <newLab.View />;
    case 'sign-in':
      return <signIn.View token={address.token} />;
    case 'password':
      return <password.View />;
    case 'account':
      return <account.View />;
    case 'history':
      return <history.View lab={address.lab} />;
    case 'join':
      return <join.View token={address.token} />;
    case 'lab':
      return <lab.View place={address} />;
    case 'unknown':
      return <UnknownPage path={address.path} />;
  }
};
