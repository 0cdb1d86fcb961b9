import type { Cmdlet } from '../../engine/cmdlet.ts';
import { getExecutionPolicy, setExecutionPolicy } from './execution-policy.ts';
import { getAlias } from './get-alias.ts';
import { getCommand } from './get-command.ts';
import { getCredential } from './get-credential.ts';
import { getHelp } from './get-help.ts';
import { getCulture, getHost, getUiCulture } from './get-host.ts';
import { getHistory } from './get-history.ts';
import { getModule, importModule, removeModule } from './get-module.ts';
import { getVerb } from './get-verb.ts';
import { convertToSecureString } from './secure-string.ts';
import { newAlias, setAlias } from './set-alias.ts';

/** Cmdlets about the session and its commands: they need the manifest and nothing of the lab. */
export const ABOUT: readonly Cmdlet[] = [
  convertToSecureString,
  getAlias,
  getCommand,
  getCredential,
  getCulture,
  getExecutionPolicy,
  getHelp,
  getHistory,
  getHost,
  getModule,
  getUiCulture,
  getVerb,
  importModule,
  newAlias,
  removeModule,
  setAlias,
  setExecutionPolicy,
];
