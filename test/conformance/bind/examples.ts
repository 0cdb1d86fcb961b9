import { manifestOf, type Era } from '../../../server/powershell/manifest/manifest.ts';
import { parse } from '../../../server/powershell/syntax/parse.ts';
import { type Finding, StaticSession } from './static-session.ts';

/** A command of a published page; steps of one block belong together, in order. */
export interface Example {
  readonly id: string;
  readonly block: string;
  readonly code: string;
  /** `ok`, or why the page's command cannot be bound. */
  readonly binding?: string;
}

export interface Outcome {
  readonly example: Example;
  readonly passed: boolean;
  /** `Start-VM: Name`, or what went wrong. */
  readonly evidence: string;
}

const ERAS: readonly Era[] = ['newest', '2012'];

/** Binds every command that the pages have right; with the newest signatures, else with those of 2012. */
export const bindExamples = (examples: readonly Example[]): readonly Outcome[] => {
  const blocks = new Map<string, Example[]>();
  for (const example of examples)
    blocks.set(example.block, [...(blocks.get(example.block) ?? []), example]);
  return [...blocks.values()].flatMap(steps => {
    const sessions = ERAS.map(era => new StaticSession(manifestOf(era)));
    return steps
      .map(example => outcome(example, sessions))
      .filter(({ example }) => example.binding === 'ok');
  });
};

const outcome = (example: Example, sessions: readonly StaticSession[]): Outcome => {
  const parsed = parse(example.code);
  if (parsed.status !== 'complete')
    return { example, passed: false, evidence: `does not parse: ${parsed.error.message}` };
  const tries = sessions.map(session => {
    const before = session.findings.length;
    for (const one of parsed.script.body.statements) session.statement(one);
    return session.findings.slice(before);
  });
  const good = tries.find(findings => findings.every(({ error }) => error === null));
  const told = good ?? tries[0] ?? [];
  return { example, passed: good !== undefined, evidence: told.map(sentence).join('; ') };
};

const sentence = ({ command, set, error }: Finding): string =>
  `${command}: ${error ?? set ?? 'not of the manifest'}`;
