import { isTest, type Source, withoutComments } from './source.ts';

// A ban names the word, where it is banned, and what to write instead. Comments are not code, unless
// the ban is of a comment.

interface Ban {
  readonly word: RegExp;
  readonly where: RegExp;
  readonly except?: RegExp;
  readonly instead: string;
  readonly inComments?: true;
}

const CODE = /\.(ts|tsx)$/;
const PURE = /^server\/(base|protocol|sim)\/(?!.*\.test\.ts$)/;
const DETERMINISTIC = /^server\/sim\/(?!.*\.test\.ts$).*\.ts$/;
/** The files that name these words in order to ban them. */
const BANS = /^test\/architecture\//;

const EVERYWHERE: readonly Ban[] = [
  { word: /\bas any\b|: any\b|<any>/, where: CODE, instead: 'a type, or unknown and a check' },
  { word: /\bas unknown as\b/, where: CODE, instead: 'a type guard' },
  { word: /@ts-(ignore|expect-error|nocheck)/, where: CODE, instead: 'a type', inComments: true },
  {
    word: /(eslint|oxlint)-disable/,
    where: CODE,
    instead: 'code that the rule accepts',
    inComments: true,
  },
  { word: /\b(TODO|FIXME|XXX|HACK)\b/, where: CODE, instead: 'the work itself', inComments: true },
  {
    word: /\b(test|it|describe)\.(skip|only|todo|skipIf)\b/,
    where: CODE,
    instead: 'a test that runs',
  },
  { word: /\bvi\.(mock|fn|spyOn)\b|\bmock\(/, where: CODE, instead: 'the real thing, or a fake' },
  {
    word: /\bexport default\b/,
    where: CODE,
    except: /(^|\/)(vitest|vite|drizzle)\.config\.ts$|\.d\.ts$/,
    instead: 'a named export',
  },
  { word: /^\s*(export )?(const )?enum\s/m, where: CODE, instead: 'a union of literals' },
  { word: /^\s*(export )?namespace\s/m, where: CODE, instead: 'a module' },
  {
    word: /(?<!\.)\bconsole\.[a-z]+\(/,
    where: /^(server|db)\/(?!.*\.test\.ts$)/,
    instead: 'the log, or a stream',
  },
];

const PURE_BANS: readonly Ban[] = [
  { word: /\bnew Date\b|\bDate\.now\b/, where: PURE, instead: 'turn.now' },
  { word: /\bMath\.random\b/, where: PURE, instead: 'turn.draw' },
  {
    word: /\bMath\.(sin|cos|tan|exp|log|log2|log10|pow|sqrt|cbrt|hypot)\b|\*\*/,
    where: DETERMINISTIC,
    instead: 'integers: the last digits of these differ by engine',
  },
  {
    word: /\b(localeCompare|toLocale\w+|Intl)\b/,
    where: PURE,
    instead: 'a comparison of code points: locales differ by machine',
  },
  {
    word: /(?<!Object\.keys\([^()]*\))\.(sort|toSorted)\(\)/,
    where: PURE,
    instead: 'a comparison: the default one turns numbers into text',
  },
  {
    word: /\b(Promise|async|await|setTimeout|setInterval|queueMicrotask)\b/,
    where: DETERMINISTIC,
    instead: 'a message to be delivered later',
  },
];

const OUR_WORDS: readonly Ban[] = [
  {
    word: /\b(vcpu|vCPU|vCpu|poweredOn|vmService|memoryManager|vmProcess)\b/,
    where: /^(server|db|client)\/.*\.tsx?$/,
    instead: "Hyper-V's own word: virtual processor, Running, Vmms, Vid, WorkerProcess",
  },
  {
    word: /\bcrypto\.(randomUUID|subtle)\b|\bnavigator\.clipboard\b/,
    where: /^client\/(?!.*\.test\.tsx?$)/,
    instead: 'something that works over plain http on a LAN, which is no secure context',
  },
  {
    word: /(?<![\w.~$}/])\/(home|Users|root|work|mnt)\/\w/,
    where: /\.(ts|tsx|mjs|md|json|yml|yaml)$|^(Dockerfile|\.ci\/run)$/,
    except: /^package-lock\.json$/,
    instead: 'a path that exists on every machine',
    inComments: true,
  },
];

export const wordViolations = (files: readonly Source[]): string[] =>
  [...EVERYWHERE, ...PURE_BANS, ...OUR_WORDS].flatMap(ban =>
    files.filter(({ path }) => isBanned(ban, path)).flatMap(file => violation(ban, file)),
  );

const isBanned = ({ where, except }: Ban, path: string): boolean =>
  where.test(path) && except?.test(path) !== true && !BANS.test(path);

const violation = ({ word, instead, inComments }: Ban, { path, text }: Source): string[] => {
  const code = inComments === true || !CODE.test(path) ? text : withoutComments(text);
  const found = word.exec(code);
  if (found === null) return [];
  const line = code.slice(0, found.index).split('\n').length;
  return [`${path}:${line} says "${found[0].trim()}": write ${instead}`];
};

/** Long files that are one thing, each with the reason why. */
const LONG: Readonly<Record<string, string>> = {
  'server/lab/lab-actor.ts':
    'One life: live, loaded again, stopped, left. Its endings meet each other, and must be read together.',
};
const LINES = 400;
/** Tests are read one by one; theirs may be longer. */
const TEST_LINES = 600;

export const nameAndLengthViolations = (files: readonly Source[]): string[] =>
  files.flatMap(({ path, text }) => {
    const problems: string[] = [];
    const lines = text.split('\n').length;
    const most = isTest(path) ? TEST_LINES : LINES;
    if (lines > most && LONG[path] === undefined)
      problems.push(`${path} has ${lines} lines: split it, or give the reason in tidy.ts`);
    if (/(^|[/-])(utils?|helpers?|manager|common|misc)[./-]/.test(path))
      problems.push(`${path}: name the file after what it exports`);
    if (/[A-Z_]/.test(path.split('/').at(-1) ?? ''))
      problems.push(`${path}: file names are kebab-case`);
    return problems;
  });
