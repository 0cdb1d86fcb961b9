import type { Layout } from '../layout.ts';
import { HYPER_V_VIEWS } from './hyper-v.ts';
import { SHELL_VIEWS } from './shell.ts';

/** Default views by .NET type name. */
export const VIEWS: ReadonlyMap<string, Layout> = new Map([...SHELL_VIEWS, ...HYPER_V_VIEWS]);
