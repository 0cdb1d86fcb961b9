import { manifestOf } from '../../../server/powershell/manifest/manifest.ts';
import { parse } from '../../../server/powershell/syntax/parse.ts';
import { StaticSession } from './static-session.ts';

/**
 * What the lines of one block need that Server 2012 does not have, a sentence each line; null for a line
 * that binds there, and for one that binds nowhere.
 */
export const laterThan2012 = (lines: readonly string[]): readonly (string | null)[] => {
  const [old, newest] = [
    new StaticSession(manifestOf('2012')),
    new StaticSession(manifestOf('newest')),
  ];
  return lines.map(code => {
    const errors = [old, newest].map(session => errorsOf(session, code));
    const [before = [], now = []] = errors;
    const [reason] = before;
    return reason === undefined || now.length > 0 ? null : reason;
  });
};

const errorsOf = (session: StaticSession, code: string): readonly string[] => {
  const parsed = parse(code);
  if (parsed.status !== 'complete') return [parsed.error.message];
  const before = session.findings.length;
  for (const one of parsed.script.body.statements) session.statement(one);
  return session.findings
    .slice(before)
    .flatMap(({ command, error }) => (error === null ? [] : [`${command}: ${error}`]));
};
