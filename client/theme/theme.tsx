import { FluentProvider, webDarkTheme, webLightTheme } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import {
  createContext,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react';

export type ThemeChoice = 'system' | 'light' | 'dark';

const KEPT_AS = 'enlighten.theme';
const FONT = "'Segoe UI', Inter, 'Open Sans', system-ui, sans-serif";
const MONO = "'Cascadia Mono', 'JetBrains Mono', Consolas, 'DejaVu Sans Mono', monospace";

const fonts = { fontFamilyBase: FONT, fontFamilyMonospace: MONO };
const LIGHT = { ...webLightTheme, ...fonts };
const DARK = { ...webDarkTheme, ...fonts };

const system = window.matchMedia('(prefers-color-scheme: dark)');

const subscribe = (listener: () => void): (() => void) => {
  system.addEventListener('change', listener);
  return () => system.removeEventListener('change', listener);
};

const kept = (): ThemeChoice => {
  try {
    const text = window.localStorage.getItem(KEPT_AS);
    return text === 'light' || text === 'dark' ? text : 'system';
  } catch {
    return 'system'; // storage may be forbidden; the theme is worth no error
  }
};

const keep = (choice: ThemeChoice): void => {
  try {
    window.localStorage.setItem(KEPT_AS, choice);
  } catch {
    // As above.
  }
};

interface Theme {
  readonly choice: ThemeChoice;
  readonly dark: boolean;
  readonly choose: (choice: ThemeChoice) => void;
}

const ThemeContext = createContext<Theme>({
  choice: 'system',
  dark: false,
  choose: () => undefined,
});

export const useTheme = (): Theme => useContext(ThemeContext);

/** Light or dark as the system has it, unless somebody chose. */
export const ThemeProvider = ({ children }: { children: ReactNode }) => {
  const [choice, setChoice] = useState(kept);
  const systemDark = useSyncExternalStore(subscribe, () => system.matches);
  const dark = choice === 'system' ? systemDark : choice === 'dark';
  useEffect(() => {
    document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
  }, [dark]);
  const theme = useMemo(
    () => ({
      choice,
      dark,
      choose: (made: ThemeChoice) => {
        keep(made);
        setChoice(made);
      },
    }),
    [choice, dark],
  );
  return (
    <ThemeContext value={theme}>
      <FluentProvider theme={dark ? DARK : LIGHT}>{children}</FluentProvider>
    </ThemeContext>
  );
};
