import { endSession, listSessions, readAccount, setPassword, signInByPassword } from './account.ts';
import { readFacts } from './facts.ts';
import { forkLab, rewindLab, viewPast } from './history.ts';
import { join, lookAtJoin } from './join.ts';
import { archiveLab, createLab, listLabs, listSamples, readLab, readLabFile } from './labs.ts';
import { createLink, listLinks, revokeLink } from './links.ts';
import { listPeople, removePerson } from './people.ts';
import type { Route } from './route.ts';
import { rename, signIn, signOut, whoAmI } from './session.ts';

/** The whole REST of the house. What is not a row here cannot be asked. */
export const ROUTES: readonly Route[] = [
  signIn,
  signInByPassword,
  signOut,
  whoAmI,
  rename,
  readAccount,
  setPassword,
  listSessions,
  endSession,
  lookAtJoin,
  join,
  listSamples,
  listLabs,
  createLab,
  readLab,
  readLabFile,
  archiveLab,
  createLink,
  listLinks,
  revokeLink,
  listPeople,
  removePerson,
  readFacts,
  viewPast,
  forkLab,
  rewindLab,
];
