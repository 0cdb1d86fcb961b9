import { STATION } from '../../protocol/management-station.ts';
import { bind } from '../binding/bind.ts';
import { CMDLETS } from '../cmdlets/index.ts';
import { complete } from '../complete/complete.ts';
import type { Catalog } from '../engine/host-port.ts';
import type { ShellLab } from '../engine/lab.ts';
import { Session } from '../engine/session.ts';
import { formatter } from '../format/formatter.ts';
import { catalogOf } from '../manifest/catalog.ts';
import { parse } from '../syntax/parse.ts';
import { completionSources } from './completion-sources.ts';
import type { OpenShell } from './shell.ts';

/** One catalog an era: what it knows does not depend on the lab. */
const catalogs = new Map<ShellLab['era'], Catalog>();

const catalogFor = (era: ShellLab['era']): Catalog => {
  const known = catalogs.get(era);
  if (known !== undefined) return known;
  const made = catalogOf(era, CMDLETS);
  catalogs.set(era, made);
  return made;
};

/** Ways to go on that are told at most. */
const MATCHES_MOST = 200;

/** Windows PowerShell on a host of the lab, put together from its parts. */
export const openShell: OpenShell = ({ lab, computer, screen, seed }) => {
  const session = new Session({
    lab,
    computer,
    computerName: lab.get('host', computer as `host:${string}`)?.name ?? STATION.name,
    domain: 'CONTOSO',
    user: 'Administrator',
    seed,
    screen,
    formatter,
    catalog: catalogFor(lab.era),
    bind,
    parse,
  });
  const sources = completionSources({
    session,
    catalog: catalogFor(lab.era),
    lab,
    get computer() {
      return session.computer;
    },
  });
  return {
    prompt: () => session.prompt,
    get isLeft() {
      return session.exited !== null;
    },
    run: text => session.run(text),
    complete: (text, cursor) => {
      const { start, end, matches } = complete(text, cursor, sources);
      const shown = matches.slice(0, MATCHES_MOST);
      return {
        start,
        end,
        matches: shown.map(match => ({ text: match.text, list: match.list, tip: match.tooltip })),
      };
    },
  };
};
