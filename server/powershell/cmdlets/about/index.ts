import type { Cmdlet } from '../../engine/cmdlet.ts';
import { getAlias } from './get-alias.ts';
import { getCommand } from './get-command.ts';
import { getCredential } from './get-credential.ts';
import { getHelp } from './get-help.ts';
import { getCulture, getHost, getUiCulture } from './get-host.ts';
import { getHistory } from './get-history.ts';
import { getModule, importModule } from './get-module.ts';
import { getVerb } from './get-verb.ts';
import { newAlias, setAlias } from './set-alias.ts';

/** Cmdlets about the session and its commands: they need the manifest and nothing of the lab. */
export const ABOUT: readonly Cmdlet[] = [
  getAlias,
  getCommand,
  getCredential,
  getCulture,
  getHelp,
  getHistory,
  getHost,
  getModule,
  getUiCulture,
  getVerb,
  importModule,
  newAlias,
  setAlias,
];
